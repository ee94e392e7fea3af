/** What the front matter of a template says, with ranges; tolerant of half-typed YAML. */
import type { Span } from './nodes.ts';
import type { Problem } from './problems.ts';

/** JSON data, the only kind of value a context may hold. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };
export type Context = Record<string, Value>;

export type VariableType =
  | 'string'
  | 'text'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'array'
  | 'object'
  | 'any';

/** What is known of a value: a declared variable, a property of one, or the items of one. */
export interface Shape {
  readonly type: VariableType;
  readonly description?: string;
  readonly default?: Value;
  readonly example?: Value;
  readonly enum?: readonly Value[];
  readonly required: boolean;
  readonly sensitive?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly from?: string;
  readonly items?: Shape;
  /** Absent: any member may exist. */
  readonly properties?: readonly Declaration[];
}

/** A named shape, and where the front matter says so. */
export interface Declaration extends Shape {
  readonly name: string;
  readonly nameSpan: Span;
  /** The whole entry, from the key to the end of its value. */
  readonly span: Span;
}

/** A named context: an entry of `samples` (or of `tests`, when it brings values). */
export interface Sample {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly values: Context;
  /** The key of each value given. */
  readonly keys: ReadonlyMap<string, Span>;
}

/** One top-level key. */
export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  /** Empty, after the colon, when no value is written. */
  readonly valueSpan: Span;
  readonly value: Value;
}

export type OutputFormat = 'text' | 'markdown' | 'json' | 'html' | 'yaml' | 'xml';

/** Normalised: aliases resolved, values of a wrong type left out, defaults applied. */
export interface Settings {
  readonly name?: string;
  readonly slug?: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly active: boolean;
  readonly format: OutputFormat;
  readonly schema?: Value;
  readonly provider?: string;
  readonly model?: string;
  readonly credential?: string;
  readonly priority: 'high' | 'default' | 'low';
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly stop?: readonly string[];
  readonly system?: string;
  readonly syntax: 'angle' | 'mustache';
  readonly missing: 'error' | 'empty' | 'keep';
}

export interface FrontMatter {
  /** From the first `---` to the end of the closing line; to where the YAML ends when it is not closed. */
  readonly span: Span;
  /** What lies between the two fences. */
  readonly yaml: Span;
  readonly closed: boolean;
  readonly entries: readonly Entry[];
  readonly settings: Settings;
  readonly variables: readonly Declaration[];
  readonly samples: readonly Sample[];
  /** Syntax errors and what the schema does not allow. */
  readonly problems: readonly Problem[];
}
