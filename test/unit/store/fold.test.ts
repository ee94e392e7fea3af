import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Op } from '../../../client/store/store.ts';
import { note, textOf, Windows } from './fixtures.ts';

const ids = ['a', 'b', 'c'];

/** What one of two windows puts; ops of one put may concern the same row. */
const put = fc.record({
  window: fc.nat(1),
  ops: fc.array(
    fc.record({
      id: fc.constantFrom(...ids),
      rev: fc.integer({ min: 1, max: 5 }),
      deletes: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  /** Waits for its acknowledgement before the next put. */
  waits: fc.boolean(),
});

/** The newest rev of each id, in the order of the file; the first of equals. */
function model(lines: Iterable<string>): Map<string, { rev: number; text: string | undefined }> {
  const rows = new Map<string, { rev: number; text: string | undefined }>();
  for (const line of lines) {
    const { ops } = JSON.parse(line.slice(9)) as {
      ops?: [string, string, number, { values: { text: string } } | null][];
    };
    for (const [, id, rev, value] of ops ?? []) {
      if (rev > (rows.get(id)?.rev ?? 0)) rows.set(id, { rev, text: value?.values.text });
    }
  }
  return rows;
}

describe('fold', () => {
  it('gives every window the same rows, and each put the truth, whatever two windows write', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(put, { minLength: 1, maxLength: 25 }),
        fc.constantFrom(200, 1000, 1_000_000),
        async (puts, segmentBytes) => {
          const windows = new Windows();
          const stores = [
            await windows.open({ segmentBytes }),
            await windows.open({ segmentBytes }),
          ];
          const promises: Promise<boolean[]>[] = [];
          const written = puts.map(({ ops }, i) =>
            ops.map(({ id, rev, deletes }, k): Op =>
              deletes ? ['contexts', id, rev, null] : note(id, rev, `${i} ${k}`),
            ),
          );
          for (const [i, { window, waits }] of puts.entries()) {
            const promise = stores[window]!.put(written[i]!);
            promises.push(promise);
            if (waits) await promise;
          }
          const applied = await Promise.all(promises);
          // Both look once more, so that each has read what the other wrote last.
          await Promise.all(stores.map((store, i) => store.put([note(`end ${i}`, 1)])));
          await Promise.all(stores.map((store, i) => store.put([note(`end ${i}`, 2)])));
          const disk = windows.disk.copy();
          const rebuilt = new Windows(disk);
          const expected = model(
            [...windows.journal.values()].flatMap((bytes) => unsealed(bytes.toString())),
          );
          for (const store of [...stores, await rebuilt.open()]) {
            for (const id of ids) {
              assert.equal(await textOf(store, id), expected.get(id)?.text);
              const rev = (await store.contexts.get(id))?.rev;
              if (rev !== undefined) assert.equal(rev, expected.get(id)?.rev);
            }
          }
          // Of all puts of one rev of a row, one at most was told that it was first.
          const firsts = applied.flatMap((flags, i) =>
            flags.flatMap((flag, k) =>
              flag ? [`${written[i]![k]![1]} ${written[i]![k]![2]}`] : [],
            ),
          );
          assert.equal(new Set(firsts).size, firsts.length);
          await windows.close();
          await rebuilt.close();
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** The lines that count: those before the seal. */
function unsealed(text: string): string[] {
  const lines = text.split('\n').filter(Boolean);
  const seal = lines.findIndex((line) => line.includes('{"seal":'));
  return seal === -1 ? lines : lines.slice(0, seal);
}
