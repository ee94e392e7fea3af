/** Which credential is meant when nobody names one. Pure. */
import type { Credential } from '../model.ts';

/** A job tries no more than these. */
const longestChain = 5;

/** The default, else the only one. Also when it is disabled: a broken default is reported, never skipped silently. */
export function defaultOf(credentials: readonly Credential[]): Credential | undefined {
  // Two windows may each have made one the default.
  const marked = ranked(credentials).find(({ isDefault }) => isDefault);
  return marked ?? (credentials.length === 1 ? credentials[0] : undefined);
}

/** The order in which usable credentials of one provider are tried. */
export function ranked(credentials: readonly Credential[]): Credential[] {
  return [...credentials].sort(
    (a, b) =>
      Number(b.isDefault) - Number(a.isDefault) ||
      a.priority - b.priority ||
      a.createdAt - b.createdAt ||
      a.id.localeCompare(b.id),
  );
}

/** First the one that was named (or the default), then the others as backups, none twice. */
export function chainOf(
  first: Credential | undefined,
  usable: readonly Credential[],
): Credential[] {
  const backups = ranked(usable).filter(({ id }) => id !== first?.id);
  return [...(first === undefined ? [] : [first]), ...backups].slice(0, longestChain);
}
