/**
 * `npm start [-- --port N] [--no-open]`: builds the extension, packs it, and opens samples/ in a VS Code of its own:
 * the desktop one when `code` is on PATH, else VS Code in the browser. Ctrl+C stops everything.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findDesktop, hasDisplay, runDesktop } from './desktop.ts';
import { build, pack } from './package.ts';
import { downloads, samples } from './paths.ts';
import { onInterrupt } from './processes.ts';
import {
  createProfile,
  installExtension,
  installServer,
  type Profile,
  startCodeServer,
} from './vscodeServer.ts';

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '8137' },
    'no-open': { type: 'boolean', default: false },
    browser: { type: 'boolean', default: false },
  },
});

const say = (line: string) => console.log(line);

/** What a first look should not be covered by; people change it like any setting. */
const settings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'security.workspace.trust.enabled': false,
  // samples/ lies in this checkout.
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
};

/** A profile that survives, so that answers and ratings are still there next time. */
const profile = (kind: string) => createProfile(join(downloads, 'start', kind), { settings });

async function startDesktop(command: string, vsix: string): Promise<void> {
  const { userData, extensions } = await profile('desktop');
  const where = ['--user-data-dir', userData, '--extensions-dir', extensions];
  const lines: string[] = [];
  const args = [...where, '--install-extension', vsix, '--force'];
  if ((await runDesktop(command, args, (line) => lines.push(line))) !== 0) {
    throw new Error(`VS Code refused the extension:\n${lines.join('\n')}`);
  }
  say('VS Code is open on samples/. Close its window or press Ctrl+C to stop.');
  const forget = onInterrupt(() => stopDesktop(userData));
  await runDesktop(command, [...where, '--new-window', '--wait', samples], () => undefined);
  forget();
}

/** `code` detaches the editor from itself; the editor leaves its process id in its profile. */
function stopDesktop(userData: string): void {
  try {
    process.kill(Number(readFileSync(join(userData, 'code.lock'), 'utf8')));
  } catch {
    // Closed already.
  }
}

async function startBrowser(vsix: string): Promise<void> {
  await installServer(say);
  const own: Profile = await profile('browser');
  await installExtension(own, vsix);
  const server = await startCodeServer({
    profile: own,
    port: wantedPort(),
    onLine: () => undefined,
  });
  const url = `${server.url}/?folder=${encodeURIComponent(samples)}`;
  say(`\n  VS Code with Prompt Workbench:  ${url}\n\nPress Ctrl+C to stop.`);
  if (!options['no-open']) openInBrowser(url);
  await new Promise((resolve) => {
    server.process.once('exit', resolve);
  });
}

function wantedPort(): number {
  const port = Number(options.port);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`--port must be a number from 1 to 65535, not ${options.port}.`);
}

/** Only where somebody sits at this machine's screen; the URL is printed anyway. */
function openInBrowser(url: string): void {
  if (!hasDisplay() || process.env['SSH_CONNECTION'] || process.env['CI']) return;
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

try {
  wantedPort();
  say('Building the extension …');
  await build();
  const vsix = await pack();
  const desktop = options.browser ? { missing: '--browser was given' } : await findDesktop();
  if ('command' in desktop) {
    say(`Opening desktop VS Code ${desktop.version} …`);
    await startDesktop(desktop.command, vsix);
  } else {
    say(`VS Code in the browser (${desktop.missing}) …`);
    await startBrowser(vsix);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
