/** The values a template is filled with, and what is declared of them. */
import type { Span } from './nodes.ts';
import type { YamlNode } from './yamlTree.ts';

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

/** A sample that a test names. */
export interface SampleUse {
  readonly name: string;
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
  /** The map of values. */
  readonly node: YamlNode;
  /** From `tests`, not offered as a sample. */
  readonly test: boolean;
  /** Of a test: the sample whose values it uses, with its own over them. */
  readonly base?: { readonly name: string; readonly span: Span };
}
