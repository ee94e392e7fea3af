/** What can be said of a helper. */
import type { VariableType } from './values.ts';

export interface HelperParam {
  readonly name: string;
  readonly description: string;
  /** Absent: any value. */
  readonly accepts?: readonly VariableType[];
  readonly optional?: boolean;
  /** The last one may be repeated. */
  readonly repeats?: boolean;
}

export interface Helper {
  readonly name: string;
  /** `block`: only as `<<#name>>`; `value`: `<<name …>>`, `(name …)`, or `<<#name …>>` as a condition. */
  readonly kind: 'value' | 'block' | 'role';
  readonly params: readonly HelperParam[];
  /** One or two sentences of Markdown. */
  readonly description: string;
  readonly example: string;
  readonly returns?: VariableType;
  /** Its arguments are asked whether they are there: one that is not given is not missing. */
  readonly asks?: boolean;
}
