import type { Redactor } from '../providers/redact.ts';

/** Turns any thrown value into a redacted sentence fit to show. */
export type DescribeError = (error: unknown) => string;

export function describeErrorWith(redactor: Redactor): DescribeError {
  return (error) => {
    const text = error instanceof Error ? error.message : String(error);
    return redactor.redact(text);
  };
}
