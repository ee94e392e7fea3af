/** How times, durations and numbers read. Pure: the language and the present moment are given. */

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['year', 365 * 24 * 3_600_000],
  ['month', 30 * 24 * 3_600_000],
  ['week', 7 * 24 * 3_600_000],
  ['day', 24 * 3_600_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/**
 * e.g. `2 min. ago`, `now`, `in 5 min.`, `in 12 sec.`; whole units, never rounded up. The last minute is `now`: a
 * list that counts seconds never rests. What is ahead is counted to the second.
 */
export function relativeTime(at: number, now: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  const distance = at - now;
  const seconds: (typeof steps)[number] = ['second', distance > 0 ? 1000 : Infinity];
  const [unit, ms] = steps.find(([, ms]) => Math.abs(distance) >= ms) ?? seconds;
  return format.format(Math.trunc(distance / ms), unit);
}

/** e.g. `Nov 22, 2026, 7:05:12 PM`. */
export function exactTime(at: number, language: string): string {
  return new Date(at).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** e.g. `840 ms`, `12.4 s`, `3 min 05 s`. */
export function duration(ms: number, language: string): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) {
    const seconds = new Intl.NumberFormat(language, {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
    return `${seconds.format(Math.trunc(ms / 100) / 10)} s`;
  }
  const seconds = Math.trunc(ms / 1000);
  return `${Math.trunc(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

export function count(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value);
}

/** US dollars, with as many places as it takes to tell cheap from free. */
export function money(amount: number, language: string): string {
  const digits = amount >= 1 || amount === 0 ? 2 : amount >= 0.01 ? 3 : 5;
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  }).format(amount);
}
