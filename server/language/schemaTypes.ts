/** What can be said of a key of the front matter. */

export type ValueKind = 'string' | 'number' | 'integer' | 'boolean' | 'list' | 'map' | 'any';

/** A value a key may have, when only certain ones are allowed. */
export interface Choice {
  readonly value: string | boolean;
  readonly description: string;
}

export interface KeySchema {
  readonly key: string;
  /** One of these. */
  readonly kinds: readonly ValueKind[];
  readonly description: string;
  readonly required?: boolean;
  readonly choices?: readonly Choice[];
  /** What a string must match, and how to say so. */
  readonly pattern?: { readonly matches: RegExp; readonly says: string };
  readonly min?: number;
  readonly max?: number;
  /** Another spelling of this key. */
  readonly aliasOf?: string;
  /** The kind of each element, for a list. */
  readonly items?: readonly ValueKind[];
  /** The keys of a map, or of each map in a list. */
  readonly keys?: readonly KeySchema[];
  /** The value is a map from names the author chooses; each value has these keys when it is a map itself. */
  readonly named?: readonly KeySchema[];
  /** What completion inserts after the colon, in snippet syntax; without it, nothing. */
  readonly snippet?: string;
}

export const choices = (values: Record<string, string>): Choice[] =>
  Object.entries(values).map(([value, description]) => ({ value, description }));

export const yesNo: readonly Choice[] = [
  { value: true, description: 'yes' },
  { value: false, description: 'no' },
];
