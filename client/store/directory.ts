/**
 * Finds or makes the directory of a folder's store. A store's id is ours and it is found through `store.json`,
 * because VS Code's own storage moves when a folder becomes part of a multi-root workspace. The id of a new store
 * is derived from the folder, so two windows that make one at the same time make the same.
 */
import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { bestEffort } from './faults.ts';
import type { Files } from './ports.ts';
import { formatVersion, mendStoreFile, readStoreFile, writeStoreFile } from './storeFile.ts';
import type { StoreFile } from './storeFile.ts';

export interface StoreDirectory {
  readonly path: string;
  /** Greater than `formatVersion` when a newer version of the product made it. */
  readonly format: number;
}

/** How `store.json` names the store of files outside any folder. */
const noFolder = '';

/** Whether a folder, under any of its URIs, has a store already; makes nothing. `root`: the directory all stores lie in. */
export async function hasStore(
  files: Files,
  root: string,
  ...folders: readonly (string | undefined)[]
): Promise<boolean> {
  const uris = folders.map(uriOf);
  return (await listStores(files, root)).some(({ folders }) =>
    uris.some((uri) => folders.includes(uri)),
  );
}

/**
 * `root`: the directory all stores lie in; `newId`: for the name of a temporary file; `aliases`: other URIs of the
 * same folder, under which its store may be known.
 */
export async function findDirectory(
  files: Files,
  root: string,
  folder: string | undefined,
  newId: () => string,
  aliases: readonly string[] = [],
): Promise<StoreDirectory> {
  const uri = uriOf(folder);
  for (let attempt = 0; ; attempt++) {
    const path = join(root, storeId(uri, attempt));
    const own = await readStoreFile(files, path);
    if (own?.folders.includes(uri)) {
      await mendStoreFile(files, path, own, newId());
      return { path, format: own.format };
    }
    if (attempt === 0) {
      const found = await search(files, root, uri, aliases.map(uriOf), newId);
      if (found) return found;
    }
    // A sound one of other folders: this folder's store was given away, so it gets a new one.
    if (own && (own.isSound || own.format > formatVersion)) continue;
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
  aliases: readonly string[],
  newId: () => string,
): Promise<StoreDirectory | undefined> {
  const stores = await listStores(files, root);
  const found = stores.find(({ folders }) => folders.includes(uri));
  if (found) {
    await mendStoreFile(files, found.path, found, newId());
    return { path: found.path, format: found.format };
  }
  const other = stores.find(({ folders }) => folders.some((known) => aliases.includes(known)));
  // From now on it is found by both.
  if (other) await bestEffort(() => writeFolders(files, other, [...other.folders, uri], newId()));
  return other && { path: other.path, format: other.format };
}

export interface KnownStore extends StoreFile {
  readonly path: string;
}

/** Every store there is. */
export async function listStores(files: Files, root: string): Promise<KnownStore[]> {
  const names = await files.list(root).catch(() => []);
  const stores = await Promise.all(
    names.map(async (name) => {
      const path = join(root, name);
      const content = await readStoreFile(files, path).catch(() => undefined);
      return content && { path, ...content };
    }),
  );
  return stores.filter((store) => store !== undefined);
}

/** From its next opening on, a folder's history is the one at `path`, and that one is no other folder's any more. */
export async function giveStore(
  files: Files,
  root: string,
  path: string,
  folder: string,
  newId: () => string = randomUUID,
): Promise<void> {
  const uri = uriOf(folder);
  const stores = await listStores(files, root);
  const given = stores.find((store) => store.path === path);
  if (!given) throw new Error(`There is no history at ${path}.`);
  await writeFolders(files, given, [uri], newId());
  for (const store of stores) {
    if (store.path === path || !store.folders.includes(uri)) continue;
    const others = store.folders.filter((known) => known !== uri);
    await writeFolders(files, store, others, newId());
  }
}

async function writeFolders(
  files: Files,
  { format, path }: KnownStore,
  folders: readonly string[],
  id: string,
): Promise<void> {
  // It may mean more by this file than this version knows.
  if (format > formatVersion) throw new Error(`A newer version has made the history at ${path}.`);
  await writeStoreFile(files, path, { format, folders }, id);
}

function uriOf(folder: string | undefined): string {
  return folder?.replace(/\/+$/, '') ?? noFolder;
}

async function create(files: Files, path: string, uri: string, id: string): Promise<void> {
  await files.makeDirectory(path);
  await writeStoreFile(files, path, { format: formatVersion, folders: [uri] }, id);
}
