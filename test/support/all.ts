/**
 * `npm test`: every suite, one after the other, with what is at hand on this machine; it gets what it needs by
 * itself. The last line says how many tests passed and failed in all.
 */
import { add, closingLine, type Counts } from './counts.ts';
import { runOnDesktop, runOnServer } from './extensionHost.ts';
import { runFaults, runMocha } from './suites.ts';
import { build, pack } from './package.ts';
import { installServer } from './vscodeServer.ts';

const say = (line: string) => console.log(line);
const started = Date.now();

function heading(text: string): void {
  const seconds = Math.round((Date.now() - started) / 1000);
  say(`\n━━ ${text} ${'━'.repeat(Math.max(3, 90 - text.length))} ${seconds} s\n`);
}

/** A suite that breaks down counts as one failure; the others still run. */
async function attempt(name: string, suite: () => Promise<Counts>): Promise<Counts> {
  heading(name);
  try {
    return await suite();
  } catch (error) {
    console.error(error);
    return { passes: 0, failures: 1, pending: 0 };
  }
}

async function extensionHost(): Promise<Counts> {
  const outcome = await runOnDesktop(say);
  if (!('missing' in outcome)) return outcome;
  say(`In VS Code's server with a headless browser: ${outcome.missing}.`);
  return runOnServer(say);
}

async function endToEnd(): Promise<Counts> {
  await installServer(say);
  return runMocha({ name: 'e2e', config: 'test/e2e/.mocharc.json', reporter: 'spec' });
}

/** Nothing after a failed build would tell anything new. */
async function prepare(): Promise<boolean> {
  heading('Build and package');
  try {
    await build();
    say(`Packed ${await pack()}`);
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

async function runSuites(): Promise<Counts> {
  const unit = await attempt('Unit tests, language server over streams', () =>
    runMocha({ name: 'unit', config: '.mocharc.json', reporter: 'dot' }),
  );
  const faults = await attempt('Faults, the short form', runFaults);
  const editors = await attempt('Other editors: the built server as a process, neovim', () =>
    runMocha({ name: 'editors', config: 'test/editors/.mocharc.json', reporter: 'spec' }),
  );
  const host = await attempt('Inside the extension host', extensionHost);
  const walk = await attempt('End to end', endToEnd);
  return add([unit, faults, editors, host, walk]);
}

const counts = (await prepare()) ? await runSuites() : { passes: 0, failures: 1, pending: 0 };
heading('All suites');
say(closingLine(counts));
process.exitCode = counts.failures > 0 || counts.passes === 0 ? 1 : 0;
