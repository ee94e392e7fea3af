/** Reads whole entities back from the journal, by the place the index knows. */
import { basename } from 'node:path';
import { errorCode } from '../faults.ts';
import type { Place } from '../index/fold.ts';
import type { Files, OpenFile } from '../ports.ts';
import type { Damage } from './position.ts';
import { decode } from './record.ts';
import type { Segments } from './segments.ts';
import { StoreError } from '../store.ts';

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
  /** Places that the index points at and that cannot be read; each is told once. */
  readonly damaged: (damages: readonly Damage[]) => void;
}

interface Found {
  readonly refs: readonly BodyRef[];
  /** One for each of `refs`; `undefined` for what cannot be read. */
  readonly bodies: readonly (Body | undefined)[];
}

export class Bodies {
  readonly #options: BodyOptions;
  readonly #told = new Set<string>();

  constructor(options: BodyOptions) {
    this.#options = options;
  }

  /** The bodies that `find` points at, in its order. What cannot be read, also after looking again, is left out. */
  async read(table: string, find: () => BodyRef[]): Promise<Body[]> {
    const { bodies } = await this.#readTwice(table, find);
    return bodies.filter((body) => body !== undefined);
  }

  /**
   * The first body that `find` points at; `undefined` when it points at none.
   * @throws StoreError `damaged` when it cannot be read, also after looking again
   */
  async readFirst(table: string, find: () => BodyRef[]): Promise<Body | undefined> {
    const { bodies, refs } = await this.#readTwice(table, find);
    if (refs[0] !== undefined && bodies[0] === undefined) throw unreadable(table, refs[0]);
    return bodies[0];
  }

  /** One for each that `find` points at; `undefined` for what cannot be read. */
  async readEach(table: string, find: () => BodyRef[]): Promise<readonly (Body | undefined)[]> {
    return (await this.#readTwice(table, find)).bodies;
  }

  async #readTwice(table: string, find: () => BodyRef[]): Promise<Found> {
    let refs = find();
    let bodies = await this.#readAll(table, refs);
    if (bodies.includes(undefined)) {
      // Another window may have moved it.
      await this.#options.catchUp();
      refs = find();
      bodies = await this.#readAll(table, refs);
      this.#tell(refs.filter((_, index) => bodies[index] === undefined));
    }
    return { refs, bodies };
  }

  #tell(refs: readonly BodyRef[]): void {
    const { generation, segments } = this.#options;
    const damages = refs.flatMap(({ place: { offset, segment } }): Damage[] => {
      const file = basename(segments.path(segment, generation(segment)));
      const where = `${file} ${offset}`;
      if (this.#told.has(where)) return [];
      this.#told.add(where);
      return [{ file, offset, reason: 'damaged' }];
    });
    if (damages.length > 0) this.#options.damaged(damages);
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

/** `undefined` when another record lies there, or a damaged one, or the row was deleted. */
export async function readBody(
  file: OpenFile,
  table: string,
  ref: BodyRef,
): Promise<Body | undefined> {
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
  return new StoreError(
    'damaged',
    `A record of the history is damaged (${table} ${id}, ${where}).`,
  );
}
