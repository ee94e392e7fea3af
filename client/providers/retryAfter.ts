/** Milliseconds to wait as the headers say: `retry-after-ms`, or `retry-after` in seconds or as a date. */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const milliseconds = positive(headers.get('retry-after-ms'));
  if (milliseconds !== undefined) return milliseconds;
  const value = headers.get('retry-after');
  const seconds = positive(value);
  if (seconds !== undefined) return seconds * 1000;
  const at = Date.parse(value ?? '');
  if (Number.isNaN(at)) return undefined;
  // By the server's own clock where it tells the time: ours may be wrong.
  const theirs = Date.parse(headers.get('date') ?? '');
  return Math.max(0, at - (Number.isNaN(theirs) ? now : theirs));
}

function positive(value: string | null): number | undefined {
  if (value === null || !/^\s*\d+(\.\d+)?\s*$/.test(value)) return undefined;
  return Number(value);
}
