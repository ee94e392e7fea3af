/** When a job will probably have ended. Pure. All times in milliseconds. */

export interface Outlook {
  readonly now: number;
  /** How long jobs like this one take. */
  readonly typical: number;
  /** When those that run with the same provider were sent; others count as just begun. */
  readonly running: readonly number[];
  /** How many may run at a time. */
  readonly places: number;
  /** How many wait whose turn comes before. */
  readonly before: number;
  /** A retry or a limit lets it begin no earlier. */
  readonly notBefore: number;
}

/** Of a job that waits. */
export function endOfWaiting(outlook: Outlook): number {
  const { before, notBefore, now, places, running, typical } = outlook;
  const left = running.map((since) => Math.max(0, typical - (now - since)));
  const free = places - running.length;
  // With free places those before it begin at once, and it does too as long as there is one left.
  const work = left.reduce((sum, one) => sum + one, 0) + before * typical;
  const start = before < free ? now : now + work / Math.max(1, places);
  return Math.round(Math.max(start, notBefore) + typical);
}

/** Of one that runs: what takes longer than usual ends any moment. */
export function endOfRunning({
  now,
  since,
  typical,
}: {
  now: number;
  since: number;
  typical: number;
}): number {
  return Math.round(Math.max(now, since + typical));
}

/** @param durations milliseconds */
export function median(durations: readonly number[]): number | undefined {
  const sorted = [...durations].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[middle - 1], sorted[middle]];
  if (high === undefined) return undefined;
  return sorted.length % 2 === 1 || low === undefined ? high : (low + high) / 2;
}
