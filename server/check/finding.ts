import type { Problem } from '../language/problems.ts';

/** Something that is wrong at a place. Lines and columns count from 1; the end is behind the last character. */
export interface Finding {
  /** Relative to the current folder, with “/”; absolute where the file lies outside of it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: 'error' | 'warning' | 'information';
  readonly code: FindingCode;
  readonly message: string;
}

export type FindingCode = Exclude<Problem['code'], 'render-failed'> | 'unreadable-file';

/** What a check came to. */
export interface Report {
  /** In order of file and place. */
  readonly findings: readonly Finding[];
  readonly templates: number;
}

export function count(findings: readonly Finding[], severity: Finding['severity']): number {
  return findings.filter((finding) => finding.severity === severity).length;
}
