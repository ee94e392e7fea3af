/** Finds a Chromium for the tests, or gets one, or says what to do. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { install, mayUseApt } from './apt.ts';
import { root } from './paths.ts';
import { run } from './processes.ts';

const names = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'chrome',
];

const fixedPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

function* installedBrowsers(): Generator<string> {
  for (const directory of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of names) {
      const path = join(directory, name);
      if (existsSync(path)) yield path;
    }
  }
  yield* fixedPlaces.filter((path) => existsSync(path));
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

async function tryLaunch(executablePath: string | undefined): Promise<Browser | undefined> {
  try {
    return await chromium.launch({ executablePath, args: flags, timeout: 30_000 });
  } catch {
    return undefined;
  }
}

/** Playwright's own build; with the system libraries it needs where we may install them. */
async function playwrightDownload(): Promise<Browser | undefined> {
  const cli = join(root, 'node_modules/playwright-core/cli.js');
  await run(process.execPath, [cli, 'install', 'chromium', '--only-shell']);
  const browser = await tryLaunch(undefined);
  if (browser ?? !mayUseApt()) return browser;
  await run(process.execPath, [cli, 'install-deps', 'chromium']);
  return tryLaunch(undefined);
}

async function debianPackage(): Promise<Browser | undefined> {
  return (await install('chromium')) ? tryLaunch('/usr/bin/chromium') : undefined;
}

/**
 * Launches a headless browser: the one named by PROMPT_WORKBENCH_BROWSER or CHROME_PATH, an installed one,
 * Playwright's download, Debian's package.
 * @throws with what to do when there is none to be had.
 */
export async function launchBrowser(say: (line: string) => void): Promise<Browser> {
  const named = process.env['PROMPT_WORKBENCH_BROWSER'] ?? process.env['CHROME_PATH'];
  if (named) {
    const browser = await tryLaunch(named);
    if (browser) return browser;
    throw new Error(`The browser named by the environment does not start: ${named}`);
  }
  for (const path of installedBrowsers()) {
    const browser = await tryLaunch(path);
    if (browser) return browser;
  }
  const cached = await tryLaunch(undefined);
  if (cached) return cached;
  say('No Chrome or Chromium found; getting one (once) …');
  const browser = (await playwrightDownload()) ?? (await debianPackage());
  if (browser) return browser;
  throw new Error(
    'These tests need Chrome or Chromium, and none could be found or downloaded. ' +
      'Install one, or set PROMPT_WORKBENCH_BROWSER to its path.',
  );
}
