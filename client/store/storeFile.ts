/**
 * `store.json`: which folders a store belongs to. A flipped bit in it must not make a window begin a new history, so
 * it says its own checksum and has a twin; the one that is sound counts, and mends the other. A later format of the
 * journal raises `format` here and keeps to that.
 */
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { writeWhole } from './durably.ts';
import { bestEffort, isMissing } from './faults.ts';
import { checksumText, isObject } from './journal/record.ts';
import type { Files } from './ports.ts';

/** The version of the journal's format that this code writes. */
export const formatVersion = 1;

export interface StoreFile {
  readonly format: number;
  /** URIs; an empty one stands for files outside any folder. */
  readonly folders: readonly string[];
}

interface Read extends StoreFile {
  /** Its checksum holds, or it is as a person or an earlier version writes it. */
  readonly isSound: boolean;
}

const mainName = 'store.json';
const twinName = 'store.backup.json';

/**
 * `undefined` when there is neither file, or neither can be understood.
 * @throws the file system's error when it cannot be told
 */
export async function readStoreFile(files: Files, path: string): Promise<Read | undefined> {
  const main = await readOne(files, join(path, mainName));
  if (main?.isSound) return main;
  const twin = await readOne(files, join(path, twinName));
  return twin?.isSound ? twin : (main ?? twin);
}

/** Where it fails in between, the first of the two is whole and counts. `id`: for the name of a temporary file. */
export async function writeStoreFile(
  files: Files,
  path: string,
  content: StoreFile,
  id: string,
): Promise<void> {
  const bytes = encode(content);
  for (const name of [mainName, twinName]) await writeOne(files, path, name, bytes, id);
}

/** Makes both say what counts. What a newer version wrote is left as it is. */
export async function mendStoreFile(
  files: Files,
  path: string,
  content: StoreFile,
  id: string,
): Promise<void> {
  if (content.format > formatVersion) return;
  const bytes = encode(content);
  for (const name of [mainName, twinName]) {
    const found = await files.readFile(join(path, name)).catch(() => undefined);
    if (found && bytes.equals(found)) continue;
    await bestEffort(() => writeOne(files, path, name, bytes, id));
  }
}

function encode({ folders, format }: StoreFile): Buffer {
  const content = { format, folders, checksum: checksumOf({ format, folders }) };
  return Buffer.from(`${JSON.stringify(content, undefined, 2)}\n`);
}

function checksumOf({ folders, format }: StoreFile): string {
  return checksumText(crc32(JSON.stringify([format, folders])));
}

/** Two windows doing this at once write the same content, so it does not matter which one is left. */
async function writeOne(
  files: Files,
  path: string,
  name: string,
  bytes: Uint8Array,
  id: string,
): Promise<void> {
  const temporary = join(path, `${id}.tmp`);
  await writeWhole(files, temporary, bytes, () => files.rename(temporary, join(path, name)));
}

async function readOne(files: Files, path: string): Promise<Read | undefined> {
  try {
    const bytes = await files.readFile(path);
    const content: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (!isObject(content) || !Array.isArray(content.folders)) return undefined;
    if (typeof content.format !== 'number') return undefined;
    const { checksum, folders, format, ...more } = content;
    const file = { format, folders: folders.map(String) };
    const isPlain = checksum === undefined && Object.keys(more).length === 0;
    return { ...file, isSound: isPlain || checksum === checksumOf(file) };
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
