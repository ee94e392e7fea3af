/**
 * A process for tests to kill: puts rows as fast as it can and prints the id of each that was acknowledged.
 * `node storeWriter.ts <directory> <name>`
 */
import { openStore } from '../../client/store/open.ts';

const [directory, name] = process.argv.slice(2) as [string, string];
const store = await openStore({ directory, folder: 'file:///p', segmentBytes: 100_000 });

for (let i = 0; ; i++) {
  const ids = [`${name} ${i} a`, `${name} ${i} b`];
  const puts = ids.map((id) =>
    store.put([['contexts', id, 1, { id, values: { text: id.repeat((i % 40) + 1) }, at: i }]]),
  );
  await Promise.all(puts);
  process.stdout.write(`${ids.join('\n')}\n`);
}
