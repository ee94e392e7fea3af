/** The journal taken away under an open window. */
import { copyFileSync, readdirSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault, Trial } from './fault.ts';
import { pause, startWindow, until } from './windows.ts';

/** What is done, with the store's directory and the path of the segment being written. */
const losses: Readonly<Record<string, (store: string, head: string) => void>> = {
  'the store is deleted': (store) => rmSync(store, { recursive: true, maxRetries: 5 }),
  'the journal is deleted': (store) =>
    rmSync(join(store, 'journal'), { recursive: true, maxRetries: 5 }),
  'the segment is deleted': (_, head) => rmSync(head),
  'the segment is cut in half': (_, head) =>
    truncateSync(head, Math.floor(statSync(head).size / 2)),
  'the segment is emptied': (_, head) => truncateSync(head, 0),
  'the segment is replaced by a copy': (_, head) => {
    copyFileSync(head, `${head}.copy`);
    renameSync(`${head}.copy`, head);
  },
};

export const vanished: Fault = {
  name: 'vanished',
  promise:
    'Once its journal was deleted, cut or replaced, a window acknowledges nothing more and says so; a window opened anew works.',
  short: true,
  run: async (trial) => {
    for (let i = 0; i < trial.times(20, 1); i++) {
      for (const [what, lose] of Object.entries(losses)) {
        await once(trial, what, lose);
        trial.tally.runs += 1;
      }
    }
  },
};

async function once(
  { random, stage, tally }: Trial,
  what: string,
  lose: (store: string, head: string) => void,
): Promise<void> {
  const directory = stage.directory();
  const said: string[] = [];
  const options = { directory, name: 'w', patience: 5 };
  const window = startWindow(stage, 'write', options, { onLine: (line) => said.push(line) });
  // Enough that half of the segment is more than what may be on its way.
  await until('rows', () => said.length > 80);
  await pause(random.below(60));
  const store = join(directory, readdirSync(directory)[0]!);
  const head = join(store, 'journal', readdirSync(join(store, 'journal')).at(-1)!);
  lose(store, head);
  const lostAt = Date.now();
  const refusals = (): string[] => said.filter((line) => line.startsWith('refused'));
  await until(`refusals after ${what}`, () => refusals().length > 5, 10_000).catch(
    (error: unknown) => tally.break(String(error)),
  );
  await window.kill();
  const acknowledged = said.filter((line) => line.startsWith('+'));
  tally.acknowledged += acknowledged.length;
  const late = acknowledged.filter((line) => Number(line.split(' ')[3]) > lostAt);
  if (late.length > 0)
    tally.lose(`${late.length} rows were acknowledged after ${what}, e.g. ${late[0]}`);
  const others = refusals().filter((line) => !line.startsWith('refused journal-lost'));
  if (others.length > 0) tally.break(`after ${what}: ${others[0]}`);
  const again = startWindow(stage, 'write', { directory, name: 'again', count: 20 });
  await again.end();
}
