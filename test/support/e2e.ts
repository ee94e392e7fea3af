/** `npm run test:e2e [-- mocha's arguments]`: the walk through the packed extension in a real VS Code. */
import { closingLine } from './counts.ts';
import { runMocha } from './suites.ts';
import { build, pack } from './package.ts';
import { installServer } from './vscodeServer.ts';

await build();
await pack();
await installServer((line) => console.log(line));
const counts = await runMocha({
  name: 'e2e',
  config: 'test/e2e/.mocharc.json',
  reporter: 'spec',
  args: process.argv.slice(2),
});
console.log(`\n${closingLine(counts)}`);
process.exitCode = counts.failures > 0 || counts.passes === 0 ? 1 : 0;
