/** Writes rows as fast as it can and says which revisions were acknowledged. */
import { openStore } from '../../../client/store/open.ts';
import type { Op, Store } from '../../../client/store/store.ts';
import { entry } from '../entries.ts';
import { clockOf, dyingAt, type ClockName, filesOf, type DiskName, hasty } from './outside.ts';

export interface WriteOptions {
  readonly directory: string;
  /** Of this writer: its rows are its own. */
  readonly name: string;
  /** Rows written; endless without it. */
  readonly count?: number;
  /** How many different rows; the same ones are written again and again. Without it each is new. */
  readonly rows?: number;
  /** Rows that every writer writes, to see that no revision is given to two. */
  readonly contested?: number;
  /** Of each value, at most. */
  readonly bytes?: number;
  /** All values are of that size. */
  readonly exact?: boolean;
  /** Puts at a time. */
  readonly atOnce?: number;
  readonly segmentBytes?: number;
  readonly snapshotBytes?: number;
  readonly clock?: ClockName;
  readonly disk?: DiskName;
  /** Acknowledges before anything is written, to see that the suite notices. */
  readonly hasty?: boolean;
  /** Compacts the history again and again, too. */
  readonly compacting?: boolean;
  /** Kills itself just before this step of a compaction, counted from 1. */
  readonly dieAt?: number;
  /** Goes on after a put was refused, after this many milliseconds. */
  readonly patience?: number;
}

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

export async function write(options: WriteOptions): Promise<void> {
  const {
    clock,
    directory,
    disk,
    segmentBytes = 64 * 2 ** 20,
    snapshotBytes = 8 * 2 ** 20,
  } = options;
  const opened = await openStore({
    directory,
    folder: 'file:///faults',
    segmentBytes,
    snapshotBytes,
    clock: clockOf(clock),
    files: options.dieAt ? dyingAt(options.dieAt) : filesOf(disk, `${directory}.room`),
  });
  say('open');
  const store = options.hasty ? hasty(opened) : opened;
  let compacting: Promise<void> | undefined;
  const { atOnce = 4, count = Number.POSITIVE_INFINITY } = options;
  for (let i = 0; i < count; i += atOnce) {
    const puts = Array.from({ length: Math.min(atOnce, count - i) }, (_, k) =>
      put(store, options, i + k),
    );
    if (options.compacting) {
      compacting ??= compact(opened).finally(() => {
        compacting = undefined;
      });
    }
    await Promise.all([...puts, ...(options.contested ? [contend(store, options, i)] : [])]);
  }
  await compacting;
  await opened.close();
  say('closed');
}

async function compact(store: Store): Promise<void> {
  try {
    const { segments } = await store.maintenance.compact();
    if (segments > 0) say(`compacted ${segments}`);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'busy') say(`compaction failed ${String(error)}`);
  }
}

/** Says when a put began, too: what is acknowledged after the journal is gone was not stored. */
async function put(store: Store, options: WriteOptions, i: number): Promise<void> {
  const { bytes = 400, exact, name, rows = Number.POSITIVE_INFINITY } = options;
  const id = `${name}.${i % rows}`;
  const rev = Number.isFinite(rows) ? Math.floor(i / rows) + 1 : 1;
  const op = entry(id, rev, exact ? bytes : (i * 7919) % bytes);
  const { applied, at, refused } = await patiently(store, op, options);
  // What was refused may be there all the same.
  const sign = applied ? '+' : refused ? '?' : '-';
  say(`${sign} ${id} ${rev} ${at}`);
}

async function contend(store: Store, options: WriteOptions, i: number): Promise<void> {
  const id = `contested.${i % options.contested!}`;
  const rev = ((await store.contexts.get(id))?.rev ?? 0) + 1;
  const { applied, at } = await patiently(store, entry(id, rev), options);
  if (applied) say(`= ${id} ${rev} ${at}`);
}

interface Outcome {
  readonly applied: boolean;
  /** When the put began that was acknowledged. */
  readonly at: number;
  readonly refused: boolean;
}

async function patiently(store: Store, op: Op, { patience }: WriteOptions): Promise<Outcome> {
  for (let refused = false; ; refused = true) {
    const at = Date.now();
    try {
      const [applied = false] = await store.put([op]);
      return { applied, at, refused };
    } catch (error) {
      say(`refused ${String((error as { code?: unknown }).code)} ${at}`);
      if (patience === undefined) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, patience);
      });
    }
  }
}
