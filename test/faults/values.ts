/** Lines and texts that are unusual. */
import type { Fault, Trial } from './fault.ts';
import { folder, Ledger } from './ledger.ts';
import { startWindow } from './windows.ts';

export const longLines: Fault = {
  name: 'long-lines',
  promise: 'Lines of 4 KB, 200 KB and 4 MB that windows append at the same moment never mix.',
  short: true,
  run: async (trial) => {
    const { stage, tally } = trial;
    const directory = stage.directory();
    const ledger = new Ledger(tally);
    const many = trial.times(10, 1);
    const sizes = [
      { bytes: 4000, count: 200 * many },
      { bytes: 200_000, count: 30 * many },
      { bytes: 4_000_000, count: 4 * many },
    ];
    const windows = sizes.map(({ bytes, count }) => {
      const options = { directory, name: `w${bytes}`, bytes, exact: true, count, atOnce: 2 };
      return startWindow(stage, 'write', options, { onLine: ledger.note });
    });
    for (const window of windows) await window.end();
    tally.runs = sizes.reduce((sum, { count }) => sum + count, 0);
    await ledger.checkAt(stage, directory);
  },
};

const odd: Readonly<Record<string, string>> = {
  'ten megabytes': 'Ten megabytes. '.repeat(700_000),
  'lone surrogates': 'a \ud83d b \udc00\ud83d c \ud800',
  NUL: 'before\0after\0\0',
  'line breaks': '\n\r\n\u2028\u2029\u0085\v\f',
  'what looks like a record': '\n00000000 {"w":"x","n":1,"at":1,"ops":[["contexts","x",9,null]]}\n',
  'every character': Array.from({ length: 0x2_00 }, (_, code) => String.fromCharCode(code)).join(
    '',
  ),
  emoji: '👩‍👩‍👧‍👦'.repeat(1000),
};

export const oddValues: Fault = {
  name: 'odd-values',
  promise: 'Texts of 10 MB, with lone surrogates, NUL and whatever else come back as they were.',
  short: true,
  run: async ({ stage, tally }: Trial) => {
    const options = { directory: stage.directory(), folder };
    const store = await stage.product.openStore(options);
    for (const [id, text] of Object.entries(odd)) {
      const value = { id, values: { text, [text.slice(0, 100)]: [text.slice(0, 50)] }, at: 1 };
      const [applied] = await store.put([['contexts', id, 1, value]]);
      if (applied) tally.acknowledged += 1;
      tally.runs += 1;
    }
    await store.close();
    const again = await stage.product.openStore(options);
    for (const [id, text] of Object.entries(odd)) {
      const values = (await again.contexts.get(id))?.value.values;
      const whole =
        values?.['text'] === text &&
        JSON.stringify(values[text.slice(0, 100)]) === JSON.stringify([text.slice(0, 50)]);
      if (!whole) tally.lose(id);
    }
    await again.close();
  },
};
