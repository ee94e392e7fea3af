/** What is to be checked: files, folders and the standard input. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Files, keyOf } from '../files.ts';

/** `text`: what came on the standard input in place of the file, or why it could not be taken. */
export interface Input {
  readonly uri: string;
  readonly file: string;
  readonly given?: Content;
}

type Content = { readonly text: string } | { readonly refused: string };

export interface Inputs {
  readonly inputs: readonly Input[];
  /** URIs of the folders that partials are looked up in. */
  readonly folders: readonly string[];
}

export interface World {
  readonly cwd: string;
  readonly files: Files;
  /** All that comes on the standard input. */
  readonly stdin: () => Promise<Uint8Array>;
}

/** In order of their names, each once. @returns the first path where there is nothing, where there is one */
export async function inputsOf(
  paths: readonly string[],
  stdinFilename: string | undefined,
  world: World,
): Promise<Inputs | { readonly missing: string }> {
  const found = new Map<string, Input>();
  const folders = new Set<string>();
  for (const path of paths) {
    const isStdin = path === '-';
    const full = resolve(world.cwd, isStdin ? (stdinFilename ?? '') : path);
    const folder = isStdin ? folderOf(full, false, world.cwd) : await folderAt(full, world.cwd);
    if (folder === undefined) return { missing: path };
    folders.add(pathToFileURL(folder).toString());
    const all = isStdin ? [await stdinInput(stdinFilename, world)] : await at(full, world);
    for (const input of all)
      if (!found.get(keyOf(input.uri))?.given) found.set(keyOf(input.uri), input);
  }
  const inputs = [...found.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
  return { inputs, folders: [...folders] };
}

async function at(path: string, { cwd, files }: World): Promise<Input[]> {
  const uri = pathToFileURL(path).toString();
  if (!(await stat(path)).isDirectory()) return [{ uri, file: fileName(path, cwd) }];
  const inputs: Input[] = [];
  for await (const one of files.templates(uri)) {
    inputs.push({ uri: one, file: fileName(fileURLToPath(one), cwd) });
  }
  return inputs;
}

async function stdinInput(filename: string | undefined, { cwd, stdin }: World): Promise<Input> {
  const given = contentOf(await stdin());
  if (filename === undefined) return { uri: 'untitled:stdin.prompt', file: 'stdin', given };
  const path = resolve(cwd, filename);
  return { uri: pathToFileURL(path).toString(), file: fileName(path, cwd), given };
}

/** `undefined`: there is nothing at the path. */
async function folderAt(path: string, cwd: string): Promise<string | undefined> {
  try {
    return folderOf(path, (await stat(path)).isDirectory(), cwd);
  } catch {
    return undefined;
  }
}

function folderOf(path: string, isDirectory: boolean, cwd: string): string {
  if (isInside(path, cwd)) return cwd;
  return isDirectory ? path : dirname(path);
}

function isInside(path: string, cwd: string): boolean {
  const way = relative(cwd, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function fileName(path: string, cwd: string): string {
  return isInside(path, cwd) ? relative(cwd, path).replaceAll(sep, '/') : path;
}

/** Why a file cannot be checked; `undefined` when it can. */
export async function refusalOf(uri: string): Promise<string | undefined> {
  try {
    const content = contentOf(await readFile(fileURLToPath(uri)));
    return 'refused' in content ? content.refused : undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return `The file cannot be read${code}.`;
  }
}

function contentOf(bytes: Uint8Array): Content {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { refused: 'The file is not UTF-8. Save it in that encoding.' };
  }
}
