import type { Credential } from '../model.ts';

/** Which credential a command is about: one, one of several, or none, and why. */
export type Meant =
  | { readonly kind: 'one'; readonly credential: Credential }
  | { readonly kind: 'several'; readonly among: readonly Credential[] }
  | { readonly kind: 'removed' }
  | { readonly kind: 'none' };

/**
 * A command for one credential never falls back to another: the key entered for it would go elsewhere.
 * @param named credential id and provider slug, as far as the caller says
 */
export function meantCredential(
  all: readonly Credential[],
  named: { readonly credential?: string; readonly provider?: string } = {},
): Meant {
  if (named.credential !== undefined) {
    const credential = all.find(({ id }) => id === named.credential);
    return credential ? { kind: 'one', credential } : { kind: 'removed' };
  }
  const among = all.filter(
    ({ provider }) => named.provider === undefined || provider === named.provider,
  );
  const [first, second] = among;
  if (first === undefined) return { kind: 'none' };
  return second === undefined ? { kind: 'one', credential: first } : { kind: 'several', among };
}
