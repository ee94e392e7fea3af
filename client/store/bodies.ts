/** Reads whole entities back from the journal, by the place the index knows. */
import { errorCode } from './faults.ts';
import type { Place } from './fold.ts';
import type { Files, OpenFile } from './ports.ts';
import { decode } from './record.ts';
import type { Segments } from './segments.ts';
import { StoreError } from './store.ts';

export interface BodyRef {
  readonly id: string;
  readonly rev: number;
  readonly place: Place;
}

export interface Body {
  readonly rev: number;
  readonly value: unknown;
}

export interface BodyOptions {
  readonly files: Files;
  readonly segments: Segments;
  /** The generation of a segment that the index's places are of. */
  readonly generation: (segment: number) => number;
  /** Folds what other windows have written, for when a segment was compacted meanwhile. */
  readonly catchUp: () => Promise<void>;
}

export class Bodies {
  readonly #options: BodyOptions;

  constructor(options: BodyOptions) {
    this.#options = options;
  }

  /**
   * The bodies that `find` points at, in its order.
   * @throws StoreError when one of them cannot be read, also after looking again
   */
  async read(table: string, find: () => BodyRef[]): Promise<Body[]> {
    const first = await this.#readAll(table, find());
    if (first.every((body) => body !== undefined)) return first;
    await this.#options.catchUp();
    const refs = find();
    const second = await this.#readAll(table, refs);
    return second.map((body, index) => {
      if (!body) throw unreadable(table, refs[index]!);
      return body;
    });
  }

  async #readAll(table: string, refs: readonly BodyRef[]): Promise<(Body | undefined)[]> {
    const files = new Map<number, Promise<OpenFile | undefined>>();
    for (const { place } of refs) {
      if (!files.has(place.segment)) files.set(place.segment, this.#open(place.segment));
    }
    try {
      return await Promise.all(
        refs.map(async (ref) => {
          const file = await files.get(ref.place.segment);
          return file && readBody(file, table, ref);
        }),
      );
    } finally {
      await Promise.allSettled([...files.values()].map(async (file) => (await file)?.close()));
    }
  }

  async #open(segment: number): Promise<OpenFile | undefined> {
    const { files, segments, generation } = this.#options;
    try {
      return await files.open(segments.path(segment, generation(segment)), 'read');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }
}

/** `undefined` when another record lies there, or a damaged one. */
async function readBody(file: OpenFile, table: string, ref: BodyRef): Promise<Body | undefined> {
  const { offset, length } = ref.place;
  const bytes = Buffer.allocUnsafe(length);
  for (let filled = 0; filled < length;) {
    const read = await file.read(bytes.subarray(filled), offset + filled);
    if (read === 0) return undefined;
    filled += read;
  }
  const line = decode(bytes);
  if (line?.kind !== 'put') return undefined;
  const op = line.ops.find((op) => op.table === table && op.id === ref.id && op.rev === ref.rev);
  return op?.value && { rev: op.rev, value: op.value };
}

function unreadable(table: string, { id, place }: BodyRef): StoreError {
  const where = `segment ${place.segment}, byte ${place.offset}`;
  return new StoreError('io', `A record of the history is damaged (${table} ${id}, ${where}).`);
}
