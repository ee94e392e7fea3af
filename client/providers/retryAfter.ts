/** Milliseconds to wait as the headers say: `retry-after-ms`, or `retry-after` in seconds or as a date. */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const milliseconds = positive(headers.get('retry-after-ms'));
  if (milliseconds !== undefined) return milliseconds;
  const value = headers.get('retry-after');
  const seconds = positive(value);
  if (seconds !== undefined) return seconds * 1000;
  const at = date(value);
  if (at === undefined) return undefined;
  // By the server's own clock where it tells the time: ours may be wrong.
  return Math.max(0, at - (date(headers.get('date')) ?? now));
}

/** As HTTP writes dates: beginning with a weekday. `Date.parse` alone takes far more for one. */
function date(value: string | null): number | undefined {
  const at = value !== null && /^\s*[A-Z][a-z]{2}/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

function positive(value: string | null): number | undefined {
  if (value === null || !/^\s*\d+(\.\d+)?\s*$/.test(value)) return undefined;
  return Number(value);
}
