import type { Fault } from './fault.ts';

/** What `fetch` and its body streams throw when there is no connection or it breaks, as a fault. */
export function networkFault(error: unknown): Fault {
  const links = [...chain(error)];
  const code = links.map(codeOf).find((found) => found !== undefined);
  const message = links.at(-1)?.message ?? String(error);
  return code === undefined ? { on: 'network', message } : { on: 'network', code, message };
}

/** An error and its causes, outermost first; a cycle would end it. */
export function* chain(error: unknown): Generator<Error> {
  const seen = new Set<unknown>();
  for (let link = error; link instanceof Error && !seen.has(link); link = link.cause) {
    seen.add(link);
    yield link;
  }
}

function codeOf(error: Error): string | undefined {
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
