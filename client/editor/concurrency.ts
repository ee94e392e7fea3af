/** How many jobs may run at a time, from two settings a person can write anything into. Pure. */

const most = 64;
const usual = 4;

/** @param byProvider slug → number; what is no number there does not count */
export function concurrencyOf(provider: string, everywhere: unknown, byProvider: unknown): number {
  const own =
    typeof byProvider === 'object' && byProvider !== null && Object.hasOwn(byProvider, provider)
      ? (byProvider as Record<string, unknown>)[provider]
      : undefined;
  return places(own) ?? places(everywhere) ?? usual;
}

function places(value: unknown): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return Math.min(most, Math.max(1, Math.floor(value)));
}
