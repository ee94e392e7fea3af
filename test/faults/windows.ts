/** Windows as processes of their own: started, listened to, killed, stopped and let go on. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { ClaimOptions } from './children/claim.ts';
import type { WorkOptions } from './children/work.ts';
import type { WriteOptions } from './children/write.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';

interface Roles {
  readonly write: WriteOptions;
  readonly work: WorkOptions;
  readonly claim: ClaimOptions;
}

export interface WindowOptions {
  /** Everything it says. */
  readonly onLine?: (line: string) => void;
  /** Who it runs as; only root can choose. */
  readonly uid?: number;
}

const living = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

export class Window {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #gone: Promise<void>;
  #ended = false;
  #complaint = '';

  constructor(child: ChildProcess, onLine: (line: string) => void = () => undefined) {
    this.#child = child;
    living.add(child);
    const reader = createInterface({ input: child.stdout! });
    reader.on('line', (line) => {
      this.#lines.push(line);
      onLine(line);
      for (const look of this.#waiting) look();
    });
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#complaint += text;
    });
    this.#gone = Promise.all([once(child, 'close'), once(reader, 'close')]).then(() => {
      living.delete(child);
      this.#ended = true;
      for (const look of this.#waiting) look();
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** What it wrote to standard error. */
  get complaint(): string {
    return this.#complaint;
  }

  /** Resolves at the first line that begins so, also when it was said before. @throws when the window ends first */
  said(start: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const line = this.#lines.find((line) => line.startsWith(start));
        if (line === undefined && !this.#ended) return;
        this.#waiting.delete(look);
        if (line !== undefined) resolve(line);
        else reject(new Error(`A window ended without saying '${start}'. ${this.#complaint}`));
      };
      this.#waiting.add(look);
      look();
    });
  }

  tell(line: string): void {
    this.#child.stdin!.write(`${line}\n`);
  }

  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  /** `kill -9`; resolves when everything it had said was heard. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#gone;
  }

  /** Its own end. @throws when that was a failure */
  async end(): Promise<void> {
    await this.#gone;
    const { exitCode, signalCode } = this.#child;
    if (exitCode === 0) return;
    throw new Error(`A window ended with ${exitCode ?? signalCode}: ${this.#complaint}`);
  }
}

export function startWindow<Role extends keyof Roles>(
  stage: Stage,
  role: Role,
  options: Roles[Role],
  { onLine, uid }: WindowOptions = {},
): Window {
  const args = [stage.window, role, JSON.stringify(options)];
  return new Window(spawn(process.execPath, args, { stdio: 'pipe', uid, gid: uid }), onLine);
}

/** Lets a window live for a moment that nobody can foresee: mostly while it works, sometimes while it opens. */
export async function moment(window: Window, random: Random, longestMs: number): Promise<void> {
  if (random.below(6) > 0) await window.said('open');
  await pause(random.next() * longestMs);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Polls. @throws when `timeoutMs` have passed */
export async function until(what: string, holds: () => boolean, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`);
    await pause(5);
  }
}

/** Works through numbers 0 … `count` - 1, two at a time: as many as there are cores. */
export async function inLanes(count: number, work: (i: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all([lane(), lane()]);
}
