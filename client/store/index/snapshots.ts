/**
 * Images of the index, so that opening does not read the whole journal. They are disposable: each has its position
 * and checksum in its name, is never replaced, and is checked against the journal before it is used.
 */
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { breathe } from '../breathe.ts';
import { writeWhole } from '../durably.ts';
import { bestEffort } from '../faults.ts';
import { migrate } from './migrations.ts';
import type { Files } from '../ports.ts';
import { startOf } from '../journal/position.ts';
import type { Position } from '../journal/position.ts';
import { checksumText } from '../journal/record.ts';
import type { Segments } from '../journal/segments.ts';
import type { OpenSqlIndex, SqlIndex } from './sqlIndex.ts';

const pattern = /^(\d{8})-(\d+)-([\da-f]{8})\.sqlite$/;
const temporaryPattern = /\.tmp$/;
/** A temporary file this old belongs to nobody any more. */
const abandonedMs = 60 * 60 * 1000;
const kept = 2;
const checksumSlice = 8 * 1024 * 1024;

interface Found {
  readonly name: string;
  readonly segment: number;
  readonly offset: number;
  readonly checksum: string;
}

export interface Loaded {
  readonly index: SqlIndex;
  readonly position: Position;
  /** Bytes of the image. */
  readonly size: number;
  /** Sealed segments that were compacted since; segment → generation. */
  readonly compacted: ReadonlyMap<number, number>;
}

export interface SnapshotOptions {
  readonly files: Files;
  readonly segments: Segments;
  readonly directory: string;
  readonly openIndex: OpenSqlIndex;
}

export class Snapshots {
  readonly #options: SnapshotOptions;

  constructor(options: SnapshotOptions) {
    this.#options = options;
  }

  /** The newest image that is intact and fits the journal; `undefined` when there is none. */
  async load(): Promise<Loaded | undefined> {
    const generations = await this.#options.segments.list();
    for (const found of await this.#list()) {
      const image = await this.#read(found);
      const loaded = image && (await this.#open(image, found, generations));
      if (loaded) return loaded;
    }
    return undefined;
  }

  /** The place of the newest image anybody has written. */
  async newest(): Promise<Pick<Position, 'segment' | 'offset'> | undefined> {
    return (await this.#list())[0];
  }

  /** Answers the size of the image in bytes. The index is exported before anything is awaited. */
  async write(index: SqlIndex, position: Position, temporaryId: string): Promise<number> {
    const { directory, files } = this.#options;
    const { segment, generation, offset, anchor } = position;
    index.run('INSERT OR REPLACE INTO place VALUES (1, ?, ?, ?, ?)', [
      segment,
      generation,
      offset,
      Buffer.from(anchor).toString('hex'),
    ]);
    const image = index.export();
    const number = String(segment).padStart(8, '0');
    const name = `${number}-${offset}-${await checksum(image)}.sqlite`;
    const temporary = join(directory, `${temporaryId}.tmp`);
    await files.makeDirectory(directory);
    await writeWhole(files, temporary, image, () => files.rename(temporary, join(directory, name)));
    await bestEffort(() => this.#prune(name));
    return image.length;
  }

  /** Newest first. */
  async #list(): Promise<Found[]> {
    const { directory, files } = this.#options;
    const names = await files.list(directory).catch(() => []);
    return names.map(parseName).filter(isFound).sort(newestFirst);
  }

  async #read({ name, checksum: expected }: Found): Promise<Uint8Array | undefined> {
    const { directory, files } = this.#options;
    try {
      const image = await files.readFile(join(directory, name));
      return (await checksum(image)) === expected ? image : undefined;
    } catch {
      // Another window has just removed it, or it cannot be read: there is the next one, or the journal.
      return undefined;
    }
  }

  async #open(
    image: Uint8Array,
    found: Found,
    generations: ReadonlyMap<number, number>,
  ): Promise<Loaded | undefined> {
    let index: SqlIndex | undefined;
    try {
      index = await this.#options.openIndex(image);
      if (migrate(index)) {
        const position = positionIn(index, found, generations);
        const compacted = position && (await this.#compacted(index, generations));
        if (compacted) return { index, position, size: image.length, compacted };
      }
    } catch {
      // Whatever is wrong with it, the journal has everything.
    }
    index?.close();
    return undefined;
  }

  async #compacted(
    index: SqlIndex,
    generations: ReadonlyMap<number, number>,
  ): Promise<Map<number, number> | undefined> {
    const { files, segments } = this.#options;
    const compacted = new Map<number, number>();
    for (const row of index.query('SELECT segment, generation, bytes FROM segments')) {
      const [segment, generation, bytes] = row.map(Number) as [number, number, number];
      const newest = generations.get(segment);
      if (newest === undefined) return undefined;
      if (newest > generation) compacted.set(segment, newest);
      else if ((await files.stat(segments.path(segment, newest))).size < bytes) return undefined;
    }
    return compacted;
  }

  /** Removes the images from before a position, also half-written ones. */
  async removeBefore({ offset, segment }: Pick<Position, 'segment' | 'offset'>): Promise<void> {
    const { directory, files } = this.#options;
    for (const name of await files.list(directory).catch(() => [])) {
      const found = parseName(name);
      const isOlder = found && newestFirst(found, { ...found, segment, offset }) > 0;
      if (isOlder || temporaryPattern.test(name)) await files.remove(join(directory, name));
    }
    await bestEffort(() => files.syncDirectory(directory));
  }

  async #prune(justWritten: string): Promise<void> {
    const { directory, files } = this.#options;
    const old = (await this.#list()).slice(kept).filter(({ name }) => name !== justWritten);
    for (const { name } of old) await bestEffort(() => files.remove(join(directory, name)));
    const now = (await files.stat(join(directory, justWritten))).modifiedAt;
    for (const name of await files.list(directory)) {
      if (!temporaryPattern.test(name)) continue;
      const path = join(directory, name);
      const { modifiedAt } = await files.stat(path);
      if (now - modifiedAt > abandonedMs) await files.remove(path);
    }
  }
}

/** In slices, as tens of megabytes would hold up everything else. */
async function checksum(bytes: Uint8Array): Promise<string> {
  let value = 0;
  for (let offset = 0; offset < bytes.length; offset += checksumSlice) {
    value = crc32(bytes.subarray(offset, offset + checksumSlice), value);
    await breathe();
  }
  return checksumText(value);
}

/** Where to read on: whether the journal is the one this image was made from shows when it is read. */
function positionIn(
  index: SqlIndex,
  { segment, offset }: Found,
  generations: ReadonlyMap<number, number>,
): Position | undefined {
  const [place] = index.query('SELECT segment, generation, offset, anchor FROM place');
  if (!place || place[0] !== segment || place[2] !== offset) return undefined;
  const generation = Number(place[1]);
  const newest = generations.get(segment) ?? 0;
  // Sealed and compacted since: the offset means nothing there, but folding all of it again does no harm.
  if (newest > generation) return startOf(segment, newest);
  return { segment, generation, offset, anchor: Buffer.from(String(place[3]), 'hex') };
}

function parseName(name: string): Found | undefined {
  const match = pattern.exec(name);
  if (!match) return undefined;
  return { name, segment: Number(match[1]), offset: Number(match[2]), checksum: match[3]! };
}

function isFound(found: Found | undefined): found is Found {
  return found !== undefined;
}

function newestFirst(a: Found, b: Found): number {
  return b.segment - a.segment || b.offset - a.offset;
}
