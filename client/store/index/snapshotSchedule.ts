/** When to write a snapshot: opening is to stay fast, and writing one is not to cost more than it saves. */
import { bestEffort } from '../faults.ts';
import type { Snapshots } from './snapshots.ts';
import type { SqlIndex } from './sqlIndex.ts';
import type { Tail } from '../journal/tail.ts';

export interface ScheduleOptions {
  readonly snapshots: Snapshots;
  readonly index: SqlIndex;
  readonly tail: Tail;
  /** For the name of a temporary file. */
  readonly newId: () => string;
  /** Bytes of journal not yet in a snapshot. */
  readonly behind: number;
  /** Bytes of the last image. */
  readonly imageSize: number;
  /** At once when the tail passes this, or a quarter of the image. */
  readonly dueBytes: number;
}

/** When nothing happens or the window closes, this part of what is due (or a sixteenth of the image) is worth one. */
const worthwhile = 1 / 8;
const quietTicks = 30;

export class SnapshotSchedule {
  readonly #options: ScheduleOptions;
  #behind: number;
  #imageSize: number;
  #ticks = 0;
  #stopped = false;
  #writing: Promise<void> | undefined;

  constructor(options: ScheduleOptions) {
    this.#options = options;
    this.#behind = options.behind;
    this.#imageSize = options.imageSize;
  }

  /** That many bytes more were folded. */
  folded(bytes: number): void {
    this.#behind += bytes;
    this.#ticks = 0;
  }

  /** Nothing is being written at the moment. */
  idle(): void {
    const { dueBytes } = this.#options;
    if (this.#behind > Math.max(dueBytes, this.#imageSize / 4)) this.#begin();
  }

  /** About every second. */
  tick(): void {
    this.#ticks += 1;
    this.idle();
    if (this.#ticks >= quietTicks && this.#isWorthwhile()) this.#begin();
  }

  /** Writes one of where the index stands now. @throws when it cannot */
  async writeNow(): Promise<void> {
    await this.#writing;
    const { index, newId, snapshots, tail } = this.#options;
    this.#behind = 0;
    this.#imageSize = await snapshots.write(index, tail.position, newId());
  }

  /** None is written any more, so that the next opening reads the whole journal. */
  stop(): void {
    this.#stopped = true;
  }

  async close(): Promise<void> {
    if (this.#isWorthwhile()) this.#begin();
    await this.#writing;
  }

  #isWorthwhile(): boolean {
    const { dueBytes } = this.#options;
    return this.#behind > Math.max(dueBytes * worthwhile, this.#imageSize / 16);
  }

  #begin(): void {
    if (this.#stopped) return;
    this.#writing ??= bestEffort(() => this.#write()).finally(() => {
      this.#writing = undefined;
    });
  }

  async #write(): Promise<void> {
    const { index, newId, snapshots, tail } = this.#options;
    // Should it fail, the next attempt is due after as much again, not at the next put.
    const behind = this.#behind;
    this.#behind = 0;
    const newest = await snapshots.newest();
    const position = tail.position;
    // Another window with the same journal has just done it.
    if (
      newest &&
      newest.segment === position.segment &&
      newest.offset + behind / 2 > position.offset
    ) {
      return;
    }
    this.#imageSize = await snapshots.write(index, position, newId());
  }
}
