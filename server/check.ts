import { stat } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Files, isWithin, keyOf } from './files.ts';
import type { TemplateFile } from './folderIndex.ts';
import { WorkspaceIndex } from './workspaceIndex.ts';

const usage = 'Usage: check [file or folder …]   (default: the current folder)';

/** The exit code: 0 when a run would refuse none of the templates, 1 otherwise, 2 when a path is wrong. */
type ExitCode = 0 | 1 | 2;

/**
 * Prints the problems of every template at or below the paths, one line each, as `path:line:column: severity code:
 * message`. Partials are looked up in the current folder, for paths outside it in theirs.
 */
export async function check(
  paths: readonly string[],
  cwd: string,
  files: Files,
  print: (line: string) => void,
): Promise<ExitCode> {
  const wanted: string[] = [];
  const folders = new Set<string>();
  for (const path of paths.length === 0 ? ['.'] : paths) {
    const full = resolve(cwd, path);
    const folder = await folderFor(full, cwd);
    if (folder === undefined) {
      print(`There is no file or folder ${path}. ${usage}`);
      return 2;
    }
    folders.add(pathToFileURL(folder).toString());
    wanted.push(pathToFileURL(full).toString());
  }
  const templates = await templatesAt(wanted, [...folders], files);
  const failures = templates.filter((template) => report(template, cwd, print) > 0).length;
  const noun = templates.length === 1 ? 'template' : 'templates';
  print(`${templates.length} ${noun}, ${failures} with errors.`);
  return failures > 0 ? 1 : 0;
}

/** `undefined`: there is nothing at the path. */
async function folderFor(path: string, cwd: string): Promise<string | undefined> {
  try {
    const found = await stat(path);
    if (!relative(cwd, path).startsWith('..')) return cwd;
    return found.isDirectory() ? path : dirname(path);
  } catch {
    return undefined;
  }
}

async function templatesAt(
  wanted: readonly string[],
  folders: readonly string[],
  files: Files,
): Promise<TemplateFile[]> {
  const index = new WorkspaceIndex(files, {
    changed: () => {},
    failed: (error) => {
      throw error;
    },
  });
  index.setFolders(folders);
  await index.allScanned();
  return [...index.all()]
    .filter(({ uri }) => wanted.some((at) => keyOf(at) === keyOf(uri) || isWithin(at, uri)))
    .sort((a, b) => (a.uri < b.uri ? -1 : 1));
}

/** How many errors there are. */
function report(template: TemplateFile, cwd: string, print: (line: string) => void): number {
  const { analysis, textDocument, uri } = template;
  const path = relative(cwd, fileURLToPath(uri));
  for (const { severity, code, message, span } of analysis.problems) {
    if (severity === 'hint') continue;
    const { line, character } = textDocument.positionAt(span.start);
    print(`${path}:${line + 1}:${character + 1}: ${severity} ${code}: ${message}`);
  }
  return analysis.problems.filter(({ severity }) => severity === 'error').length;
}
