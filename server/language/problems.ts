/**
 * Everything that can be wrong with a template, as data: a union keyed by `code`, each member with what its quick
 * fixes need. `span` is live (see nodes.ts). There is a problem of severity `error` exactly when rendering refuses.
 */
import type { Block, Span } from './nodes.ts';
import type { Sample, VariableType } from './values.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

interface Base<C extends string> {
  readonly code: C;
  readonly severity: Severity;
  readonly span: Span;
  /** One or two sentences: the cause, and what to do. */
  readonly message: string;
}

/** A block that a close tag is missing for, or that the wrong one closes. */
interface BlockProblem<C extends string> extends Base<C> {
  readonly name: string;
  readonly block?: Block;
}

/** A name nothing knows. `suggestions`: near names, best first, at most three. */
interface NameProblem<C extends string> extends Base<C> {
  readonly name: string;
  readonly suggestions: readonly string[];
}

export type Problem =
  | BlockProblem<'unclosed-block'>
  /** `<</x>>` without an open block; `<<else>>` outside one. */
  | BlockProblem<'stray-close'>
  | Base<'stray-else'>
  /** `<<else>>` after a final `<<else>>`. */
  | Base<'double-else'>
  /** `<</x>>` where another block is open: `expected` is its name. */
  | (BlockProblem<'mismatch'> & { readonly expected: string })
  /** `insert`: text that would mend it, at offset `span.start + insertAt`. */
  | (Base<'malformed-tag'> & { readonly insert?: string; readonly insertAt?: number })
  | Base<'too-deep'>
  | NameProblem<'unknown-helper'>
  | NameProblem<'unknown-partial'>
  /** The partial exists but has errors of its own (`partial` is its slug). */
  | (Base<'broken-partial'> & { readonly name: string })
  /** `cycle`: slugs from this template round to itself. */
  | (Base<'partial-cycle'> & { readonly name: string; readonly cycle: readonly string[] })
  | (Base<'reserved-name'> & { readonly name: string })
  /** `others`: URIs of the templates with the same slug. */
  | (Base<'duplicate-slug'> & { readonly name: string; readonly others: readonly string[] })
  /** `type`: guessed from how the variable is used. */
  | (NameProblem<'undeclared-variable'> & { readonly type: VariableType })
  /**
   * `sample`: the name of the sample or test the span lies in (`of`). `path`: from its values to what is wrong; for
   * `lacking` to what is not there. `name` is the path, dotted.
   */
  | (NameProblem<'missing-variable'> & {
      readonly sample: string;
      readonly of: Sample;
      readonly path: readonly (string | number)[];
      readonly slip: 'lacking' | 'unknown' | 'wrong-type' | 'wrong-value';
    })
  /** The value of the last run would not be accepted any more. */
  | (Base<'last-value'> & { readonly name: string })
  /** `name` is the property; `owner` the dotted path before it. `up`: the root variable meant by `../name`. */
  | (NameProblem<'unknown-property'> & { readonly owner: string; readonly up?: boolean })
  | (Base<'type-mismatch'> & { readonly name: string; readonly expected: string })
  | (Base<'shadowed-by-helper'> & { readonly name: string })
  /** `entry`: the whole declaration, line break included, to delete. */
  | (Base<'unused-variable'> & { readonly name: string; readonly entry: Span })
  /** `replacement`: the tag that was meant. */
  | (Base<'maybe-tag' | 'padded-tag' | 'triple'> & {
      readonly name: string;
      readonly replacement: string;
    })
  | (Base<'mustache-in-angle'> & { readonly name: string })
  | Base<'yaml-syntax'>
  /** Front matter that the schema does not allow: an unknown key, a wrong type, a missing `name`. */
  | (NameProblem<'schema'> & {
      readonly slip: 'unknown-key' | 'missing-key' | 'wrong-type' | 'wrong-value' | 'read-only';
    })
  | NameProblem<'unknown-model'>
  /** The model cannot do what the key `name` asks for; `better`: a value it would take. */
  | (Base<'model-conflict'> & { readonly name: string; readonly better?: number })
  /** Rendering was given up although nothing is wrong to see; only in answers to a render. */
  | Base<'render-failed'>
  /** The file belongs to another tool that uses `.prompt`. Nothing else is reported for it. */
  | (Base<'other-dialect'> & { readonly tool: string });

type ProblemCode = Problem['code'];

export type ProblemOf<C extends ProblemCode> = Extract<Problem, { code: C }>;
