import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The outside world of the language server: template files of a workspace folder, read only. */
export interface Files {
  /**
   * Text of the file; `undefined` when there is no such file, it is larger than a template can be, or it does not lie
   * within the folder (links followed).
   */
  read(folder: string, uri: string): Promise<string | undefined>;
  /** URIs of the templates within the folder, in no order; nothing when it cannot be read. */
  templates(folder: string): AsyncIterable<string>;
}

export const extension = '.prompt';

/** Larger files are not prompts; they would only fill the memory. */
const maximumBytes = 4 * 1024 * 1024;

/** Packages and build results: templates there are copies, or somebody else's. */
const foreign = /^(?:node_modules|bower_components|vendor|dist|out|build|target|venv|__pycache__)$/;
/** Hidden folders are a tool's own, with these exceptions. */
const hidden = /^\.(?!github$|prompts$)/;

function isSkipped(folderName: string): boolean {
  return foreign.test(folderName) || hidden.test(folderName);
}

/** Two URIs of the same file have the same key, however they are encoded. */
export function keyOf(uri: string): string {
  const path = pathOf(uri);
  return path === undefined ? uri : path.replace(/^[A-Z]:/, (drive) => drive.toLowerCase());
}

/** The folder itself is not within it. */
export function isWithin(folder: string, uri: string): boolean {
  const [outer, inner] = [keyOf(folder).replace(/[/\\]$/, ''), keyOf(uri)];
  return inner.startsWith(outer) && /^[/\\]/.test(inner.slice(outer.length));
}

/** Within the folder, and not among its packages, build results or hidden folders. */
export function isOwn(folder: string, uri: string): boolean {
  if (!isWithin(folder, uri)) return false;
  const names = keyOf(uri).slice(keyOf(folder).length).split(/[/\\]/);
  return !names.slice(0, -1).some(isSkipped);
}

/** Judging by the URI alone: not a file with an ending, and not in a folder whose templates do not count. */
export function mayBeFolder(uri: string): boolean {
  const names = keyOf(uri).split(/[/\\]/);
  const ending = /[^.]\.[A-Za-z][A-Za-z0-9]{0,7}$/.test(names.at(-1) ?? '');
  return !ending && !names.includes('node_modules') && !names.includes('.git');
}

function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

export class NodeFiles implements Files {
  async read(folder: string, uri: string): Promise<string | undefined> {
    const [root, path] = [pathOf(folder), pathOf(uri)];
    if (root === undefined || path === undefined) return undefined;
    try {
      const [realRoot, realFile] = await Promise.all([realpath(root), realpath(path)]);
      const inside = relative(realRoot, realFile);
      if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return undefined;
      const { size } = await stat(realFile);
      return size > maximumBytes ? undefined : await readFile(realFile, 'utf8');
    } catch {
      return undefined;
    }
  }

  async *templates(folder: string): AsyncIterable<string> {
    const root = pathOf(folder);
    const waiting = root === undefined ? [] : [root];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      for (const entry of await entriesOf(path)) {
        if (entry.isDirectory()) {
          if (!isSkipped(entry.name)) waiting.push(join(path, entry.name));
        } else if (entry.name.endsWith(extension)) {
          yield pathToFileURL(join(path, entry.name)).toString();
        }
      }
    }
  }
}

async function entriesOf(path: string) {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch {
    return [];
  }
}
