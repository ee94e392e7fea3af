/** The packed extension in a real VS Code in a browser, as a user would have it; for any number of windows. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { extensionId, vsix } from './paths.ts';
import { giveTo, type User } from './permissions.ts';
import {
  createProfile,
  installExtension,
  installServer,
  type Profile,
  type Server,
  startCodeServer,
} from './vscodeServer.ts';
import { copySamples, remove, temporaryDirectory } from './workspaces.ts';
import { Workbench } from './workbench.ts';

/** Settings that keep VS Code itself out of the pictures. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'files.autoSave': 'off',
  'window.dialogStyle': 'custom',
};

export interface SessionOptions {
  /** Leave workspace trust on, so that an unknown folder opens in Restricted Mode. */
  readonly askForTrust?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Who runs the server; root only. */
  readonly user?: User | 'ourselves';
  /** Default: wide enough for a list and its detail beside an editor. */
  readonly viewport?: { readonly width: number; readonly height: number };
}

export class EditorSession {
  /** Everything of this session lies below it, workspaces included. */
  readonly directory: string;
  readonly profile: Profile;
  readonly browser: Browser;
  readonly #options: SessionOptions;
  #server: Server;
  readonly #context: BrowserContext;

  private constructor(
    profile: Profile,
    browser: Browser,
    server: Server,
    context: BrowserContext,
    options: SessionOptions,
  ) {
    this.directory = profile.directory;
    this.profile = profile;
    this.browser = browser;
    this.#server = server;
    this.#context = context;
    this.#options = options;
  }

  static async start(options: SessionOptions = {}): Promise<EditorSession> {
    await installServer((line) => console.log(line));
    const directory = await temporaryDirectory();
    const profile = await createProfile(directory, {
      settings: { ...quietSettings, ...options.settings },
      ownHome: true,
    });
    await installExtension(profile, vsix);
    const browser = await launchBrowser((line) => console.log(line));
    const server = await startServer(profile, options);
    const context = await newContext(browser, options);
    return new EditorSession(profile, browser, server, context, options);
  }

  get url(): string {
    return this.#server.url;
  }

  /** A window on a folder or a `.code-workspace` file. Windows of one session share keys like windows of one user. */
  async open(path: string): Promise<Workbench> {
    const kind = path.endsWith('.code-workspace') ? 'workspace' : 'folder';
    const page = await this.#context.newPage();
    const workbench = new Workbench(page);
    await page.goto(`${this.url}/?${kind}=${encodeURIComponent(path)}`);
    await workbench.ready();
    return workbench;
  }

  /** A copy of samples/ below the session's directory. @returns its path */
  async addSamples(): Promise<string> {
    const copy = await copySamples(this.directory);
    const { user } = this.#options;
    if (typeof user === 'object') giveTo(user, copy);
    return copy;
  }

  /** Merges settings into the user's; VS Code picks them up by itself. */
  async configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const file = join(this.profile.userData, 'User/settings.json');
    const old = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    await writeFile(file, JSON.stringify({ ...old, ...settings }, undefined, 2));
  }

  /** All that the extension's store has on disk. */
  async journal(): Promise<string> {
    const storage = join(this.profile.userData, 'User/globalStorage', extensionId);
    const files = await readdir(storage, { recursive: true });
    const journals = files.filter((file) => file.endsWith('.jsonl'));
    return (await Promise.all(journals.map((file) => readFile(join(storage, file), 'utf8')))).join(
      '',
    );
  }

  /** Kills the server with its extension hosts, as a power cut would, and starts it at the same address. */
  async crash(): Promise<void> {
    const port = Number(new URL(this.url).port);
    await this.#server.kill();
    this.#server = await startServer(this.profile, this.#options, port);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.#server.stop();
    await remove(this.directory);
  }
}

async function startServer(
  profile: Profile,
  { askForTrust, user }: SessionOptions,
  port?: number,
): Promise<Server> {
  const other = typeof user === 'object' ? user : undefined;
  if (other) giveTo(other, profile.directory);
  // The server's chatter is nobody's concern unless it does not start.
  return startCodeServer({ profile, port, askForTrust, user: other, onLine: () => undefined });
}

async function newContext(browser: Browser, options: SessionOptions): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1800, height: 1000 },
    locale: 'en-US',
    reducedMotion: 'reduce',
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  return context;
}
