/** Tells other windows that this one lives, and this one which others do. */
import { join } from 'node:path';
import type { Disposable } from '../model.ts';
import { bestEffort, errorCode } from './faults.ts';
import type { Clock, Files } from './ports.ts';
import { isObject } from './journal/record.ts';

/** Where a process can be asked whether it still runs. */
export interface Host {
  readonly pid: number;
  readonly name: string;
  /** Differs after a restart of the machine: process ids are then others'. */
  readonly boot: string;
  isRunning(pid: number): boolean;
}

export interface PresenceOptions {
  readonly files: Files;
  readonly clock: Clock;
  readonly host: Host;
  readonly directory: string;
  readonly windowId: string;
}

const touchMs = 5_000;
const silentMs = 60_000;
/** A touch this late means that the machine slept; the others slept as long and get their chance to touch first. */
const sleptMs = 20_000;
const forgottenMs = 24 * 60 * 60 * 1000;

export class Presence {
  readonly #options: PresenceOptions;
  readonly #content: Buffer;
  #timer: Disposable | undefined;
  #touching: Promise<void> | undefined;
  #touchedAt: number;
  #wokeAt = Number.NEGATIVE_INFINITY;

  constructor(options: PresenceOptions) {
    this.#options = options;
    const { pid, name, boot } = options.host;
    this.#content = Buffer.from(JSON.stringify({ pid, host: name, boot }));
    this.#touchedAt = options.clock.now();
  }

  /** Also removes what windows that are long gone left. Where nothing can be written now, it tries again and again. */
  async start(): Promise<void> {
    const touch = (): void => {
      this.#touching = bestEffort(() => this.#touch());
    };
    this.#timer = this.#options.clock.every(touchMs, touch);
    touch();
    await this.#touching;
    await bestEffort(() => this.#removeForgotten());
  }

  /** True when the window cannot be working any more. */
  async isDead(windowId: string): Promise<boolean> {
    const { files, host } = this.#options;
    if (windowId === this.#options.windowId) return false;
    const path = this.#path(windowId);
    try {
      const { pid, host: name, boot } = parse(await files.readFile(path));
      if (name === host.name && boot === host.boot && typeof pid === 'number') {
        if (!host.isRunning(pid)) return true;
      }
      return await this.#isSilent(path);
    } catch (error) {
      // A window removes its file when it closes. Any other fault says nothing about the window.
      return errorCode(error) === 'ENOENT';
    }
  }

  async stop(): Promise<void> {
    this.#timer?.dispose();
    // A touch under way would make the file again.
    await this.#touching;
    await bestEffort(() => this.#options.files.remove(this.#path(this.#options.windowId)));
  }

  /** Both times are by the clock of the file system: this machine's may differ from another's. */
  async #isSilent(path: string): Promise<boolean> {
    const { clock, files, windowId } = this.#options;
    await this.#touch();
    if (clock.now() - this.#wokeAt < silentMs) return false;
    const [own, other] = await Promise.all([files.stat(this.#path(windowId)), files.stat(path)]);
    return own.modifiedAt - other.modifiedAt > silentMs;
  }

  /** Writing lets the file system set the time; in place, so that it works on a full disk too. */
  async #touch(): Promise<void> {
    const { clock, directory, files, windowId } = this.#options;
    const now = clock.now();
    if (Math.abs(now - this.#touchedAt) > sleptMs) this.#wokeAt = now;
    this.#touchedAt = now;
    await files.makeDirectory(directory);
    const file = await files.open(this.#path(windowId), 'overwrite');
    try {
      await file.write(this.#content);
    } finally {
      await file.close();
    }
  }

  async #removeForgotten(): Promise<void> {
    const { directory, files, windowId } = this.#options;
    const own = await files.stat(this.#path(windowId));
    for (const name of await files.list(directory)) {
      const { modifiedAt } = await files.stat(join(directory, name));
      if (own.modifiedAt - modifiedAt > forgottenMs) await files.remove(join(directory, name));
    }
  }

  #path(windowId: string): string {
    return join(this.#options.directory, windowId);
  }
}

/** Nothing when another window is just writing it. */
function parse(bytes: Uint8Array): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return isObject(content) ? content : {};
  } catch {
    return {};
  }
}
