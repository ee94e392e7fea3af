/** The extension-host suite: the built extension and `dist/test/index.cjs` inside a real VS Code. */
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { type Counts, countsFile, readCounts } from './counts.ts';
import { hasDisplay } from './desktop.ts';
import { downloads, extensionId, results, root } from './paths.ts';
import { run } from './processes.ts';
import { createProfile, installServer, startTestServer } from './vscodeServer.ts';
import { copySamples, remove, temporaryDirectory } from './workspaces.ts';

const suite = join(root, 'dist/test/index.cjs');
const broken: Counts = { passes: 0, failures: 1, pending: 0 };
/** Longer than any suite takes; a hang ends here. */
const limitMs = 5 * 60_000;

export type Say = (line: string) => void;

/** In desktop VS Code. @returns the counts, or why desktop VS Code cannot be had here. */
export async function runOnDesktop(say: Say): Promise<Counts | { readonly missing: string }> {
  if (!hasDisplay()) return underVirtualDisplay(say);
  let vscodeExecutablePath: string;
  try {
    const cachePath = join(downloads, 'desktop');
    vscodeExecutablePath = await downloadAndUnzipVSCode({ cachePath, timeout: 20_000 });
  } catch (error) {
    return { missing: `desktop VS Code cannot be downloaded (${reason(error)})` };
  }
  const directory = await temporaryDirectory();
  const userData = join(directory, 'user-data');
  const file = countsFile('extension-host');
  try {
    const code = await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: root,
      extensionTestsPath: suite,
      extensionTestsEnv: { PROMPT_WORKBENCH_COUNTS: file, ...globalStorage(userData) },
      launchArgs: [
        await copySamples(directory),
        '--disable-extensions',
        '--disable-workspace-trust',
        '--skip-welcome',
        // No keyring of the person's, and none missing.
        '--use-inmemory-secretstorage',
        `--user-data-dir=${userData}`,
      ],
    }).catch(reason);
    return readCounts(file) ?? { missing: `desktop VS Code does not run here (${code})` };
  } finally {
    await remove(directory);
  }
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Again, inside an X server that nobody sees. */
async function underVirtualDisplay(say: Say): Promise<Counts | { readonly missing: string }> {
  const xvfb = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((directory) => join(directory, 'xvfb-run'))
    .find((path) => existsSync(path));
  if (!xvfb) return { missing: 'there is no display' };
  say('No display; using xvfb-run.');
  const file = countsFile('extension-host');
  await run(xvfb, [
    '-a',
    process.execPath,
    join(root, 'test/support/electron.ts'),
    '--built',
    '--inner',
  ]);
  return readCounts(file) ?? { missing: 'desktop VS Code does not run under xvfb-run' };
}

/** In VS Code's server, with a headless browser as its window. */
export async function runOnServer(say: Say): Promise<Counts> {
  const file = countsFile('extension-host');
  await onServer({ entry: suite, env: { PROMPT_WORKBENCH_COUNTS: file }, say });
  return readCounts(file) ?? broken;
}

export interface HostRun {
  /** A CommonJS file whose `run()` VS Code calls inside the extension host. */
  readonly entry: string;
  readonly env: NodeJS.ProcessEnv;
  readonly say: Say;
}

/** Starts a server, runs `entry` in its extension host on a copy of the samples, and stops it. */
export async function onServer({ entry, env, say }: HostRun): Promise<void> {
  await installServer(say);
  const directory = await temporaryDirectory();
  const profile = await createProfile(directory, { ownHome: true });
  const storage = globalStorage(profile.userData);
  const server = await startTestServer(profile, { ...env, ...storage });
  const browser = await launchBrowser(say);
  try {
    const page = await browser.newPage();
    const ended = suiteEnd(page, say);
    await page.goto(suiteAddress(server.url, await copySamples(directory), entry));
    await ended;
  } finally {
    await browser.close();
    await server.stop();
    await remove(directory);
  }
}

/** Tells the suite where the extension keeps its store. */
function globalStorage(userData: string): NodeJS.ProcessEnv {
  return { PROMPT_WORKBENCH_STORAGE: join(userData, 'User/globalStorage', extensionId) };
}

/** The page that makes VS Code load the extension from the checkout and run the suite. */
function suiteAddress(url: string, folder: string, entry: string): string {
  const remote = (path: string) => `vscode-remote://${new URL(url).host}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(root.replace(/\/$/, ''))],
    ['extensionTestsPath', remote(entry)],
  ];
  return `${url}/?${new URLSearchParams({ folder, payload: JSON.stringify(payload) })}`;
}

/** Our lines begin with this; all that VS Code itself writes to the console goes to a file. */
const mark = '│ ';

async function suiteEnd(page: Page, say: Say): Promise<void> {
  const ended = Promise.withResolvers<void>();
  const log = join(results, 'extension-host.log');
  writeFileSync(log, '');
  await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
    const line = args.map(String).join(' ');
    appendFileSync(log, `${line}\n`);
    if (line.startsWith(mark)) say(line.slice(mark.length));
  });
  await page.exposeFunction('codeAutomationExit', () => ended.resolve());
  page.once('crash', () => ended.reject(new Error('The page crashed.')));
  const limit = setTimeout(() => ended.reject(new Error('The suite does not end.')), limitMs);
  return ended.promise.finally(() => clearTimeout(limit));
}
