/**
 * The real VS Code server, from the npm package code-server: two ways to start it.
 * `startCodeServer` is what a user gets; `startTestServer` is the bare server that runs a mocha suite in the
 * extension host. Neither touches anything of the user's.
 */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from './npm.ts';
import { downloads } from './paths.ts';
import type { User } from './permissions.ts';
import { freePort } from './ports.ts';
import { childEnvironment, kill, ready, run, stop } from './processes.ts';

const version = '4.139.1';
const home = join(downloads, 'server');
const codeServer = join(home, 'node_modules/code-server');
const vscode = join(codeServer, 'lib/vscode');
/** VS Code's own extensions. */
export const vscodeExtensions = join(vscode, 'extensions');

/** A VS Code user that exists only in `directory`. */
export interface Profile {
  readonly directory: string;
  readonly userData: string;
  readonly extensions: string;
  /** The user's own home is out of sight: nothing there can make a test pass or fail. */
  readonly ownHome: boolean;
}

export interface Server {
  /** e.g. `http://127.0.0.1:8123`. */
  readonly url: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
  /** Without a chance to tidy up. */
  kill(): Promise<void>;
}

/** npm writes this file last: it is there exactly when an install has ended well. */
const installed = (directory: string) =>
  existsSync(join(directory, 'node_modules/.package-lock.json'));

function codeServerVersion(): string | undefined {
  try {
    const text = readFileSync(join(codeServer, 'package.json'), 'utf8');
    return (JSON.parse(text) as { version: string }).version;
  } catch {
    return undefined;
  }
}

/** Downloads the server unless it is there. Native modules stay unbuilt: nothing here needs a compiler. */
export async function installServer(say: (line: string) => void): Promise<void> {
  if (codeServerVersion() !== version || !installed(home)) {
    say(`Installing VS Code's server (code-server ${version}; once, 600 MB on disk) …`);
    await rm(home, { recursive: true, force: true });
    await mkdir(home, { recursive: true });
    await writeFile(join(home, 'package.json'), '{ "private": true }\n');
    const options = ['--ignore-scripts', '--save-exact', '--no-audit', '--no-fund'];
    await npm(['install', `code-server@${version}`, ...options], { cwd: home });
  }
  if (!installed(vscode)) {
    say("Installing the server's own modules (once, under a minute) …");
    const options = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
    await npm(['install', ...options], { cwd: vscode });
  }
}

export interface ProfileOptions {
  readonly ownHome?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Makes the directories of a profile and writes its settings when it has none. */
export async function createProfile(
  directory: string,
  { ownHome = false, settings = {} }: ProfileOptions = {},
): Promise<Profile> {
  const profile = {
    directory,
    userData: join(directory, 'user-data'),
    extensions: join(directory, 'extensions'),
    ownHome,
  };
  const file = join(profile.userData, 'User/settings.json');
  await mkdir(join(profile.userData, 'User'), { recursive: true });
  await mkdir(profile.extensions, { recursive: true });
  if (!existsSync(file)) await writeFile(file, JSON.stringify(settings, undefined, 2));
  const config = join(directory, 'code-server.yaml');
  if (!existsSync(config)) await writeFile(config, 'auth: none\ncert: false\n');
  return profile;
}

/** Everything code-server would otherwise write to the user's home goes below the profile. */
function codeServerArguments({ directory, userData, extensions }: Profile): string[] {
  return [
    join(codeServer, 'out/node/entry.js'),
    `--config=${join(directory, 'code-server.yaml')}`,
    `--user-data-dir=${userData}`,
    `--extensions-dir=${extensions}`,
  ];
}

const environment = ({ directory, ownHome }: Profile) =>
  childEnvironment({
    XDG_DATA_HOME: join(directory, 'data'),
    ...(ownHome && { HOME: directory, USERPROFILE: directory }),
  });

/** @throws with the server's own words when VS Code refuses the package. */
export async function installExtension(profile: Profile, vsix: string): Promise<void> {
  const lines: string[] = [];
  const code = await run(
    process.execPath,
    [...codeServerArguments(profile), '--install-extension', vsix, '--force'],
    { env: environment(profile), onLine: (line) => lines.push(line) },
  );
  if (code !== 0) throw new Error(`VS Code refused ${vsix}:\n${lines.join('\n')}`);
}

export interface CodeServerOptions {
  readonly profile: Profile;
  /** Wanted port; another one when it is taken. */
  readonly port?: number;
  /** Ask whether the folder's authors are trusted, as VS Code does by default. */
  readonly askForTrust?: boolean;
  /** Who the server runs as; only root can choose. */
  readonly user?: User;
  readonly onLine?: (line: string) => void;
}

export async function startCodeServer(options: CodeServerOptions): Promise<Server> {
  const { profile, askForTrust, onLine, user } = options;
  const port = await freePort(options.port);
  const args = [
    ...codeServerArguments(profile),
    '--auth=none',
    `--bind-addr=127.0.0.1:${port}`,
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    // Not in the profile: the path of a socket may have 107 bytes.
    `--session-socket=${join(tmpdir(), `prompt-workbench-${port}.sock`)}`,
    ...(askForTrust ? [] : ['--disable-workspace-trust']),
  ];
  const child = await ready(process.execPath, args, /listening on/, {
    env: environment(profile),
    onLine,
    user,
  });
  return handle(child, port);
}

/** The bare server, whose test driver lets a page name a suite for the extension host to run. */
export async function startTestServer(
  profile: Profile,
  env: NodeJS.ProcessEnv = {},
): Promise<Server> {
  const port = await freePort();
  const args = [
    join(vscode, 'out/server-main.js'),
    '--host=127.0.0.1',
    `--port=${port}`,
    '--without-connection-token',
    '--accept-server-license-terms',
    '--enable-smoke-test-driver',
    '--disable-workspace-trust',
    `--user-data-dir=${profile.userData}`,
    `--extensions-dir=${profile.extensions}`,
    `--server-data-dir=${join(profile.directory, 'server-data')}`,
  ];
  const child = await ready(process.execPath, args, /Web UI available/, {
    env: { ...environment(profile), ...env },
    onLine: () => undefined,
  });
  return handle(child, port);
}

function handle(child: ChildProcess, port: number): Server {
  return {
    url: `http://127.0.0.1:${port}`,
    process: child,
    stop: () => stop(child),
    kill: () => kill(child),
  };
}
