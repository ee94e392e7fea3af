/**
 * Child processes with their descendants: whatever is started here is stopped with its whole tree, also when this
 * process ends by Ctrl+C or an exception.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';
import { createInterface } from 'node:readline';

export interface StartOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Every line of stdout and stderr. Without it both go to our own. */
  readonly onLine?: (line: string) => void;
  /** Who it runs as; only root can choose. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Through the shell: needed for `.cmd` files on Windows. */
  readonly shell?: boolean;
}

const windows = process.platform === 'win32';
const running = new Set<ChildProcess>();

/** Variables by which an editor's terminal, code-server or a shell would change what we start. */
const foreign =
  /^(VSCODE_|CODE_SERVER_|CS_DISABLE_|ELECTRON_|NODE_OPTIONS$|NODE_PATH$|PASSWORD$|HASHED_PASSWORD$|PORT$|GITHUB_TOKEN$|EXTENSIONS_GALLERY$|LOG_LEVEL$)/;

/** Our environment for a child: this very Node first on PATH, nothing that redirects an editor. */
export function childEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  return { ...Object.fromEntries(own), PATH: path, ...extra };
}

/** Starts a program in a process group of its own. */
export function start(command: string, args: readonly string[], options: StartOptions = {}) {
  const { onLine, cwd, env, shell, user } = options;
  const child = spawn(command, args, {
    cwd,
    env: env ?? childEnvironment(),
    shell,
    ...user,
    detached: !windows,
    windowsHide: true,
    stdio: ['ignore', onLine ? 'pipe' : 'inherit', onLine ? 'pipe' : 'inherit'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  for (const stream of [child.stdout, child.stderr]) {
    if (stream && onLine) createInterface({ input: stream }).on('line', onLine);
  }
  return child;
}

/** Runs a program to its end. @returns its exit code; 127 when it cannot be started, 128 when a signal ended it. */
export async function run(
  command: string,
  args: readonly string[],
  options: StartOptions = {},
): Promise<number> {
  const child = start(command, args, options);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      options.onLine?.(String(error));
      resolve(127);
    });
    child.once('close', (code) => resolve(code ?? 128));
  });
}

function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (windows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

function groupLives(child: ChildProcess): boolean {
  if (windows || child.pid === undefined) return false;
  try {
    process.kill(-child.pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Ends a program and all its descendants: asks first, forces after `patienceMs`. */
export async function stop(child: ChildProcess, patienceMs = 5000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  signalTree(child, 'SIGTERM');
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const timer = setTimeout(() => signalTree(child, 'SIGKILL'), patienceMs);
    await once(child, 'exit').finally(() => clearTimeout(timer));
  }
  // The leader may leave before its children have.
  while (groupLives(child) && Date.now() < deadline) await pause(20);
  signalTree(child, 'SIGKILL');
}

/** At once and without asking, as a power cut would. */
export async function kill(child: ChildProcess): Promise<void> {
  const gone =
    child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
  signalTree(child, 'SIGKILL');
  await gone;
  while (groupLives(child)) await pause(20);
}

/** The grain of polling for things that cannot be listened to. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Polls until `probe` gives something. @throws when `timeoutMs` have passed; `what` names it. */
export async function until<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.`);
    await pause(50);
  }
}

/** Resolves when a line of a starting program matches; rejects with its last lines when it ends before that. */
export function ready(
  command: string,
  args: readonly string[],
  pattern: RegExp,
  options: StartOptions & { readonly timeoutMs?: number } = {},
): Promise<ChildProcess> {
  const seen: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`${command} ${why}. Its last lines:\n${seen.slice(-20).join('\n')}`));
    };
    const child = start(command, args, {
      ...options,
      onLine: (line) => {
        seen.push(line);
        options.onLine?.(line);
        if (!pattern.test(line)) return;
        clearTimeout(timer);
        resolve(child);
      },
    });
    const timer = setTimeout(() => {
      signalTree(child, 'SIGKILL');
      fail('was not ready in time');
    }, options.timeoutMs ?? 60_000);
    child.once('error', (error) => fail(`cannot be started: ${error.message}`));
    child.once('exit', (code, signal) => fail(`ended early (${code ?? signal})`));
  });
}

const farewells = new Set<() => void>();

/** Something to do on Ctrl+C for what lives outside our process groups. @returns the undoing */
export function onInterrupt(farewell: () => void): () => void {
  farewells.add(farewell);
  return () => farewells.delete(farewell);
}

process.once('exit', () => {
  for (const child of running) signalTree(child, 'SIGKILL');
});

let leaving = false;
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => {
    // An impatient second Ctrl+C must not leave anything behind either.
    if (leaving) return;
    leaving = true;
    for (const farewell of farewells) farewell();
    void Promise.all([...running].map((child) => stop(child, 3000))).finally(() =>
      process.exit(code),
    );
  });
}
