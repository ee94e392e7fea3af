/** `check`: names what is wrong with the templates of a folder, for a terminal or a build. */
import { OpenDocument } from '../documents.ts';
import type { TemplateFile } from '../folderIndex.ts';
import { LiveDocument } from '../liveDocument.ts';
import { languageId } from '../protocol.ts';
import { WorkspaceIndex } from '../workspaceIndex.ts';
import { argumentsOf, help, type Wanted } from './arguments.ts';
import { count, type Finding, type Report } from './finding.ts';
import { formatted } from './formats.ts';
import { type Input, inputsOf, refusalOf, type World } from './inputs.ts';

export interface CheckWorld extends World {
  readonly version: string;
  readonly print: (text: string) => void;
  /** For what is not part of the report. */
  readonly complain: (line: string) => void;
}

/** The exit code: 0 when all is well, 1 when there are errors or too many warnings, 2 when it was called wrongly. */
export type ExitCode = 0 | 1 | 2;

/** `args`: what stands behind `check`. Described in `help`. */
export async function check(args: readonly string[], world: CheckWorld): Promise<ExitCode> {
  const parsed = argumentsOf(args);
  if (parsed.kind === 'usage') return misused(parsed.message, world);
  if (parsed.kind !== 'check') {
    world.print(parsed.kind === 'help' ? help : `${world.version}\n`);
    return 0;
  }
  const { wanted } = parsed;
  const report = await reportOf(wanted, world);
  if ('missing' in report) return misused(`There is no file or folder ${report.missing}.`, world);
  const { findings } = report;
  const shown = wanted.quiet ? findings.filter(({ severity }) => severity === 'error') : findings;
  world.print(formatted(wanted.format, report, shown, world.version));
  return exitCode(report, wanted, world);
}

function misused(message: string, { complain }: CheckWorld): ExitCode {
  complain(`${message}\nTry: check --help`);
  return 2;
}

function exitCode({ findings }: Report, { maxWarnings }: Wanted, world: CheckWorld): ExitCode {
  const warnings = count(findings, 'warning');
  const tooMany = maxWarnings !== undefined && warnings > maxWarnings;
  if (tooMany) world.complain(`${warnings} warnings: --max-warnings allows ${maxWarnings}.`);
  return tooMany || count(findings, 'error') > 0 ? 1 : 0;
}

async function reportOf(
  { paths, stdinFilename }: Wanted,
  world: CheckWorld,
): Promise<Report | { readonly missing: string }> {
  const found = await inputsOf(paths, stdinFilename, world);
  if ('missing' in found) return found;
  const index = new WorkspaceIndex(world.files, {
    changed: () => {},
    failed: (error) => {
      throw error;
    },
  });
  index.setFolders(found.folders);
  await index.allScanned();
  const sources: (readonly [Input, TemplateFile | string])[] = [];
  for (const input of found.inputs) sources.push([input, await load(input, index)]);
  // When all have been read: what is wrong with one may lie in another.
  const findings = sources.flatMap(([{ file }, source]) =>
    typeof source === 'string' ? [unreadable(file, source)] : findingsIn(source, file),
  );
  return { findings, templates: found.inputs.length };
}

/** @returns why it cannot be checked, where it cannot */
async function load({ uri, given }: Input, index: WorkspaceIndex): Promise<TemplateFile | string> {
  if (given !== undefined) {
    if ('refused' in given) return given.refused;
    const live = new LiveDocument(uri, languageId, 0, given.text);
    const template = new OpenDocument(live, index.neighboursOf(uri));
    index.opened(template);
    return template;
  }
  const why = await refusalOf(uri);
  if (why !== undefined) return why;
  const template = await index.load(uri);
  return (
    template ?? 'The file is larger than a template can be, or a link leads out of the folder.'
  );
}

function findingsIn({ analysis, textDocument }: TemplateFile, file: string): Finding[] {
  return analysis.problems.flatMap(({ severity, code, message, span }) => {
    if (severity === 'hint' || code === 'render-failed') return [];
    const [start, end] = [textDocument.positionAt(span.start), textDocument.positionAt(span.end)];
    const [line, column] = [start.line + 1, start.character + 1];
    const [endLine, endColumn] = [end.line + 1, end.character + 1];
    return [{ file, line, column, endLine, endColumn, severity, code, message }];
  });
}

function unreadable(file: string, message: string): Finding {
  const place = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  return { file, ...place, severity: 'error', code: 'unreadable-file', message };
}
