/** Journals and snapshots that are not what was written. On a disk in memory, with the built code. */
import type { Damage } from '../../client/store/journal/position.ts';
import type { Store } from '../../client/store/store.ts';
import { StoreClock, StoreDisk } from '../support/storeDisk.ts';
import { entry, revisionOf } from './entries.ts';
import type { Fault, Trial } from './fault.ts';
import { folder } from './ledger.ts';
import type { Stage } from './stage.ts';

const host = { pid: 1, name: 'here', boot: 'now', isRunning: () => true };

interface Opened {
  readonly store: Store;
  readonly damages: Damage[];
}

async function openOn(stage: Stage, disk: StoreDisk, settings: object = {}): Promise<Opened> {
  const damages: Damage[] = [];
  const store = await stage.product.openStore({
    directory: '/stores',
    folder,
    files: disk,
    clock: new StoreClock(),
    host,
    onDamage: (more) => damages.push(...more),
    ...settings,
  });
  return { store, damages };
}

/** Of the newest or of all of them. */
function segments(disk: StoreDisk): string[] {
  return disk.paths().filter((path) => path.endsWith('.jsonl'));
}

export const tornTails: Fault = {
  name: 'torn-tail',
  promise:
    'A last record torn at any length takes no other along, is there only when it is whole, and the store goes on behind it.',
  short: true,
  run: async (trial) => {
    for (const bytes of [0, 300, 2000].slice(0, trial.times(3, 1))) await tear(trial, bytes);
  },
};

async function tear({ stage, tally }: Trial, bytes: number): Promise<void> {
  const whole = new StoreDisk();
  const { store } = await openOn(stage, whole);
  for (let i = 0; i < 5; i++) await store.put([entry(`before.${i}`, 1, 100)]);
  const [path] = segments(whole) as [string];
  const start = whole.bytes(path).length;
  await store.put([entry('last', 1, bytes)]);
  await store.close();
  const line = whole.bytes(path);
  const next = stage.product.encode({ w: 'other', n: 1, at: 1, ops: [entry('next', 1, 50)] });
  for (let end = start; end <= line.length; end++) {
    for (const more of [Buffer.alloc(0), next]) {
      const disk = whole.copy();
      disk.put(path, Buffer.concat([line.subarray(0, end), more]));
      // Without its last newline the line is still whole: the next record brings one.
      const complete = end >= line.length - (more.length > 0 ? 1 : 0);
      await check(disk, complete, more.length > 0, `torn after ${end - start} bytes`);
      tally.runs += 1;
    }
  }

  async function check(
    disk: StoreDisk,
    complete: boolean,
    followed: boolean,
    how: string,
  ): Promise<void> {
    const { store } = await openOn(stage, disk);
    const [applied] = await store.put([entry('after', 1)]);
    tally.expect(applied === true, `nothing can be written behind a record ${how}`);
    const expected = [0, 1, 2, 3, 4].map((i) => `before.${i}`);
    if (followed) expected.push('next');
    if (complete) expected.push('last');
    await same(store, [...expected, 'after'], how);
    const last = await revisionOf(store, 'last');
    tally.expect(last !== -1, `a value that was never written, ${how}`);
    await store.close();
    const again = await openOn(stage, disk);
    await same(again.store, [...expected, 'after'], `${how}, opened again`);
    await again.store.close();
  }

  async function same(store: Store, ids: readonly string[], how: string): Promise<void> {
    for (const id of ids) {
      tally.acknowledged += 1;
      if ((await revisionOf(store, id)) !== 1) tally.lose(`${id}, ${how}`);
    }
  }
}

const rows = 24;

export const bitFlips: Fault = {
  name: 'bit-flips',
  promise:
    'A flipped bit anywhere in journal or snapshot never shows a false value, costs at most the record it hit, and is told: when it is read, or with the next record.',
  short: true,
  run: async (trial) => {
    const { random, stage, tally } = trial;
    const disk = await history(stage);
    const journal = segments(disk);
    const images = disk.paths().filter((path) => path.endsWith('.sqlite'));
    const places = [...journal, ...images].map((path) => ({
      path,
      bits: disk.bytes(path).length * 8,
    }));
    tally.note = `${places.reduce((sum, { bits }) => sum + bits, 0).toLocaleString('en-US')} bits in ${places.length} files`;
    for (let i = 0; i < trial.times(12_000, 300); i++) {
      // Half with the snapshots, half from the journal alone; of the flips a third in snapshots.
      const alone = i % 2 === 1;
      const { bits, path } = random.pick(
        i % 6 === 0 ? places.slice(journal.length) : places.slice(0, journal.length),
      );
      await flip(trial, disk, { path, bit: random.below(bits), alone });
    }
  },
};

/** Several segments and two snapshots; every row has been written more than once. */
async function history(stage: Stage): Promise<StoreDisk> {
  const disk = new StoreDisk();
  for (let round = 1; round <= 4; round++) {
    const { store } = await openOn(stage, disk, { segmentBytes: 4000, snapshotBytes: 2000 });
    for (let i = 0; i < rows; i++) await store.put([entry(`row.${i}`, round, (i * 37) % 300)]);
    await store.close();
  }
  return disk;
}

interface Flip {
  readonly path: string;
  readonly bit: number;
  readonly alone: boolean;
}

async function flip(
  { stage, tally }: Trial,
  whole: StoreDisk,
  { alone, bit, path }: Flip,
): Promise<void> {
  const disk = whole.copy();
  disk.bytes(path)[bit >> 3]! ^= 1 << (bit & 7);
  if (alone)
    for (const image of disk.paths().filter((path) => path.endsWith('.sqlite'))) disk.delete(image);
  const how = `bit ${bit} of ${path}${alone ? ' without snapshots' : ''}`;
  const { damages, store } = await openOn(stage, disk);
  const hit: string[] = [];
  let told = false;
  for (let i = 0; i < rows; i++) {
    const id = `row.${i}`;
    const rev = await revisionOf(store, id).catch(() => {
      told = true;
      return 0;
    });
    tally.acknowledged += 1;
    if (rev === -1) tally.lose(`${id} shows a value that was never written, ${how}`);
    if (rev !== 4) hit.push(`${id} at revision ${rev}`);
  }
  const [applied] = await store.put([entry('after', 1)]);
  tally.expect(applied === true, `nothing can be written after a flip, ${how}`);
  told ||= damages.length > 0;
  if (hit.length > 0 && !told) tally.lose(`${hit[0]} and nobody says so, ${how}`);
  if (hit.length > 1) tally.lose(`${hit.join(', ')} by one bit, ${how}`);
  if (path.endsWith('.sqlite') && hit.length > 0) tally.lose(`a row by a snapshot, ${how}`);
  await store.close();
  tally.runs += 1;
}
