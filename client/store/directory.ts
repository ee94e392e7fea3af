/**
 * Finds or makes the directory of a folder's store. A store's id is ours and it is found through `store.json`,
 * because VS Code's own storage moves when a folder becomes part of a multi-root workspace. The id of a new store
 * is derived from the folder, so two windows that make one at the same time make the same.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { writeWhole } from './durably.ts';
import { bestEffort, errorCode } from './faults.ts';
import type { Files } from './ports.ts';
import { isObject } from './journal/record.ts';

/** The version of the journal's format that this code writes. */
export const formatVersion = 1;

export interface StoreDirectory {
  readonly path: string;
  /** Greater than `formatVersion` when a newer version of the product made it. */
  readonly format: number;
}

interface StoreFile {
  readonly format: number;
  readonly folders: readonly string[];
}

/** How `store.json` names the store of files outside any folder. */
const noFolder = '';

/** Whether a folder has a store already; makes nothing. `root`: the directory all stores lie in. */
export async function hasStore(
  files: Files,
  root: string,
  folder: string | undefined,
): Promise<boolean> {
  return (await search(files, root, uriOf(folder))) !== undefined;
}

/** `root`: the directory all stores lie in; `newId`: for the name of a temporary file. */
export async function findDirectory(
  files: Files,
  root: string,
  folder: string | undefined,
  newId: () => string,
): Promise<StoreDirectory> {
  const uri = uriOf(folder);
  for (let attempt = 0; ; attempt++) {
    const path = join(root, storeId(uri, attempt));
    const own = await readStoreFile(files, path);
    if (own?.folders.includes(uri)) return { path, format: own.format };
    if (attempt === 0) {
      const found = await search(files, root, uri);
      if (found) return found;
    }
    // A readable one of other folders: this folder's store was given away, so it gets a new one.
    if (own) continue;
    // Where that fails now, everything is readable, puts say why they cannot be, and the next open tries again.
    await bestEffort(() => create(files, path, uri, newId()));
    return { path, format: (await readStoreFile(files, path))?.format ?? formatVersion };
  }
}

/** A store that was copied back from a backup, or made under another umask, is for its owner alone again. */
export async function protectDirectory(files: Files, path: string): Promise<void> {
  const below = ['journal', 'index', 'windows'].map((name) => join(path, name));
  for (const directory of [path, ...below]) {
    await bestEffort(() => files.protect(directory));
    for (const name of await files.list(directory).catch(() => [])) {
      await bestEffort(() => files.protect(join(directory, name)));
    }
  }
}

function storeId(uri: string, attempt: number): string {
  return createHash('sha256').update(`${uri}\n${attempt}`).digest('hex').slice(0, 24);
}

async function search(
  files: Files,
  root: string,
  uri: string,
): Promise<StoreDirectory | undefined> {
  const names = await files.list(root).catch(() => []);
  const stores = await Promise.all(
    names.map(async (name) => {
      const path = join(root, name);
      return { path, content: await readStoreFile(files, path).catch(() => undefined) };
    }),
  );
  const found = stores.find(({ content }) => content?.folders.includes(uri));
  return found?.content && { path: found.path, format: found.content.format };
}

function uriOf(folder: string | undefined): string {
  return folder?.replace(/\/+$/, '') ?? noFolder;
}

/** `undefined` when it does not exist or cannot be understood; then it is written anew. */
async function readStoreFile(files: Files, path: string): Promise<StoreFile | undefined> {
  try {
    const bytes = await files.readFile(join(path, 'store.json'));
    const content: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (!isObject(content) || !Array.isArray(content.folders)) return undefined;
    if (typeof content.format !== 'number') return undefined;
    return { format: content.format, folders: content.folders.map(String) };
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Two windows doing this at once write the same content, so it does not matter which one is left. */
async function create(files: Files, path: string, uri: string, id: string): Promise<void> {
  const content: StoreFile = { format: formatVersion, folders: [uri] };
  const bytes = Buffer.from(`${JSON.stringify(content, undefined, 2)}\n`);
  const temporary = join(path, `${id}.tmp`);
  await files.makeDirectory(path);
  await writeWhole(files, temporary, bytes, () =>
    files.rename(temporary, join(path, 'store.json')),
  );
}
