/** What a fault is to the suite, and what it comes to. */
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';
import type { Tally } from './tally.ts';

export interface Fault {
  /** As in `--only`. */
  readonly name: string;
  /** What must hold whatever happens; one sentence. */
  readonly promise: string;
  /** Part of the short form. */
  readonly short?: boolean;
  /** Why it cannot be had on this machine, if so. */
  readonly missing?: () => string | undefined;
  run(trial: Trial): Promise<void>;
}

/** One fault being tried. */
export interface Trial {
  readonly stage: Stage;
  readonly tally: Tally;
  readonly random: Random;
  /** How often: the figure of the full form or of the short one. */
  readonly times: (full: number, short: number) => number;
}

/** One line of the table, and of the file that `--json` writes. */
export interface Row {
  readonly fault: string;
  readonly promise: string;
  /** How often the fault was brought about. */
  readonly runs: number;
  /** What the store or the queue said it has: writes, claims, jobs. */
  readonly acknowledged: number;
  /** Acknowledged and then not there, not as acknowledged, or never brought to an end. */
  readonly lost: number;
  /** Done or granted twice: jobs sent, rows claimed, revisions given away. */
  readonly doubled: number;
  /** Whatever else was promised and not kept, in words. Empty when all is well. */
  readonly broken: readonly string[];
  /** Anything worth knowing beside the figures. */
  readonly note?: string;
  /** Why it was not tried. */
  readonly skipped?: string;
  readonly seconds: number;
}

export function holds({ broken, doubled, lost }: Row): boolean {
  return lost === 0 && doubled === 0 && broken.length === 0;
}
