/**
 * Rewrites sealed segments without what nothing points at any more. Every step leaves a journal that says the
 * same: the next generation is whole before it has its name, and the old one goes after all windows were told.
 */
import { bestEffort, errorCode } from '../faults.ts';
import type { SqlIndex } from '../index/sqlIndex.ts';
import type { Segments } from '../journal/segments.ts';
import type { Tail } from '../journal/tail.ts';
import type { Writer } from '../journal/writer.ts';
import { encode } from '../journal/record.ts';
import type { Files } from '../ports.ts';
import type { CompactReport, Wishes } from '../store.ts';
import { deadBytes, writeNextGeneration } from './compactSegment.ts';
import type { SegmentOptions } from './compactSegment.ts';
import type { Lease } from './lease.ts';
import { liveBytes } from './liveBytes.ts';

export interface CompactionOptions {
  readonly files: Files;
  readonly segments: Segments;
  readonly index: () => SqlIndex;
  readonly tail: Tail;
  readonly writer: Writer;
  readonly lease: Lease;
  readonly newId: () => string;
}

interface CompactWishes extends Wishes {
  /** Deleting for good: whatever is dead goes, however little it is, and abandoned files with it. */
  readonly forGood?: boolean;
}

/** A segment less dead than this is left alone. */
const deadShare = 0.5;

export class Compaction {
  readonly #options: CompactionOptions;

  constructor(options: CompactionOptions) {
    this.#options = options;
  }

  /** The lease is held by whoever calls this. @throws StoreError, or the file system's error; both leave all as it was */
  async run({ forGood = false, onProgress, signal }: CompactWishes): Promise<CompactReport> {
    const { tail } = this.#options;
    await tail.run(true);
    await this.#finishLeftovers(forGood);
    const before = await this.#size();
    const worth = await this.#worthwhile(forGood, signal);
    const total = worth.reduce((sum, { size }) => sum + size, 0);
    let done = 0;
    let segments = 0;
    for (const { segment } of worth) {
      const rewritten = await this.#rewrite(segment, forGood, (bytes) => {
        signal?.throwIfAborted();
        onProgress?.(Math.min((done += bytes), total), total);
      });
      if (rewritten) segments += 1;
    }
    return { segments, before, after: await this.#size() };
  }

  /** Whether rewriting is likely to be worth it. Looks at the index alone. */
  async isDue(): Promise<boolean> {
    return (await this.#worthwhile(false)).length > 0;
  }

  async #worthwhile(
    forGood: boolean,
    signal?: AbortSignal,
  ): Promise<{ readonly segment: number; readonly size: number }[]> {
    const { files, index, segments, tail } = this.#options;
    const sealed = [...(await segments.list())].filter(([n]) => n < tail.position.segment);
    if (sealed.length === 0) return [];
    const live = forGood ? undefined : await liveBytes(index);
    const worth = [];
    for (const [segment, generation] of sealed) {
      signal?.throwIfAborted();
      const { size } = await files.stat(segments.path(segment, generation));
      const dead = live
        ? size - (live.get(segment) ?? 0) > size * deadShare
        : (await deadBytes(this.#segmentOptions(segment, generation, true, check(signal)))) > 0;
      if (dead) worth.push({ segment, size });
    }
    return worth;
  }

  /** `false` when another window was faster. */
  async #rewrite(
    segment: number,
    forGood: boolean,
    onProgress: (bytes: number) => void,
  ): Promise<boolean> {
    const generation = this.#generation(segment);
    // Another window's generation that is not folded yet: the index's places are of the one before.
    if ((await this.#options.segments.list()).get(segment) !== generation) return false;
    const options = this.#segmentOptions(segment, generation, forGood, onProgress);
    if (!(await writeNextGeneration(options))) return false;
    await this.#announce([[segment, generation + 1]]);
    await this.#removeOlder(segment, generation + 1);
    return true;
  }

  #segmentOptions(
    segment: number,
    generation: number,
    forGood: boolean,
    onProgress: (bytes: number) => void,
  ): SegmentOptions {
    const { files, index, newId, segments } = this.#options;
    return { files, segments, index: index(), newId, segment, generation, forGood, onProgress };
  }

  #generation(segment: number): number {
    const sql = 'SELECT generation FROM segments WHERE segment = ?';
    return Number(this.#options.index().query(sql, [segment])[0]?.[0] ?? 0);
  }

  /** Durable, and followed by this window, when it resolves. */
  async #announce(compacted: readonly (readonly [number, number])[]): Promise<void> {
    const { lease, writer } = this.#options;
    const lines = compacted.map((compact) => encode({ compact }));
    await writer.put([lease.renewal()], Buffer.concat(lines));
  }

  /** What a compaction that was broken off has left: an unannounced generation, or the one it replaces. */
  async #finishLeftovers(forGood: boolean): Promise<void> {
    const { files, segments } = this.#options;
    if (forGood) {
      for (const path of await segments.temporaries()) await bestEffort(() => files.remove(path));
    }
    const old = await segments.outdated();
    const newest = await segments.list();
    const compacted = [...new Set(old.map(({ segment }) => segment))].map(
      (segment) => [segment, newest.get(segment)!] as const,
    );
    if (compacted.length === 0) return;
    await this.#announce(compacted);
    for (const [segment, generation] of compacted) await this.#removeOlder(segment, generation);
  }

  async #removeOlder(segment: number, newest: number): Promise<void> {
    const { files, segments } = this.#options;
    for (const old of await segments.outdated()) {
      if (old.segment !== segment || old.generation >= newest) continue;
      try {
        await files.remove(segments.path(segment, old.generation));
      } catch (error) {
        // On Windows a file that somebody reads stays until the next time.
        if (!removableLater.has(errorCode(error) ?? '')) throw error;
      }
    }
    await bestEffort(() => files.syncDirectory(segments.directory));
  }

  async #size(): Promise<number> {
    const { files, segments } = this.#options;
    let total = 0;
    for (const [segment, generation] of await segments.list()) {
      total += (await files.stat(segments.path(segment, generation))).size;
    }
    return total;
  }
}

const removableLater = new Set(['ENOENT', 'EBUSY', 'EPERM', 'EACCES']);

function check(signal: AbortSignal | undefined): () => void {
  return () => signal?.throwIfAborted();
}
