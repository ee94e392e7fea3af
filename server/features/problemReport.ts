import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
} from 'vscode-languageserver/node';
import type { Client } from '../client.ts';
import type { TemplateFile } from '../folderIndex.ts';
import type { Problem, Severity } from '../language/problems.ts';
import { rangeOf } from './feature.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** More than anybody reads; a client slows down when it has to draw tens of thousands. */
const most = 1000;

/** The problems of a template as a client shows them. Errors come through however many problems there are. */
export function diagnosticsOf(template: TemplateFile, client: Client): Diagnostic[] {
  let problems = template.analysis.problems;
  if (problems.length > most) {
    const errors = problems.filter(({ severity }) => severity === 'error');
    const others = problems.filter(({ severity }) => severity !== 'error');
    problems = [...errors, ...others].slice(0, most);
  }
  return problems.map((problem) => diagnosticOf(problem, template, client));
}

export function diagnosticOf(problem: Problem, template: TemplateFile, client: Client): Diagnostic {
  const related = client.relatedDiagnostics ? relatedOf(problem, template) : [];
  const unnecessary = client.diagnosticTags && problem.code === 'unused-variable';
  return {
    range: rangeOf(template.textDocument, problem.span),
    severity: severities[problem.severity],
    code: problem.code,
    source: 'prompt',
    message: problem.message,
    ...(unnecessary ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(related.length > 0 ? { relatedInformation: related } : {}),
  };
}

function relatedOf(problem: Problem, template: TemplateFile): DiagnosticRelatedInformation[] {
  if (problem.code === 'mismatch' && problem.block !== undefined) {
    const range = rangeOf(template.textDocument, problem.block.open);
    return [
      { location: { uri: template.uri, range }, message: `“${problem.expected}” is opened here.` },
    ];
  }
  if (problem.code === 'duplicate-slug') {
    const start = { line: 0, character: 0 };
    return problem.others.map((uri) => ({
      location: { uri, range: { start, end: start } },
      message: `Has the slug “${problem.name}” too.`,
    }));
  }
  return [];
}
