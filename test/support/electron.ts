/**
 * `npm run test:electron [-- --built]`: the extension-host suite in desktop VS Code. `--built` takes dist/ as it is;
 * `--inner` leaves the counting to the caller.
 */
import { closingLine } from './counts.ts';
import { runOnDesktop } from './extensionHost.ts';
import { build } from './package.ts';

if (!process.argv.includes('--built')) await build();
const outcome = await runOnDesktop((line) => console.log(line));
if ('missing' in outcome) {
  console.error(
    `The suite did not run: ${outcome.missing}. ` +
      '`npm test` runs the same suite in VS Code in a browser where that is so.',
  );
  process.exitCode = 1;
} else {
  if (!process.argv.includes('--inner')) console.log(`\n${closingLine(outcome)}`);
  process.exitCode = outcome.failures > 0 || outcome.passes === 0 ? 1 : 0;
}
