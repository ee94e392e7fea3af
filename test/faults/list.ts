/** Every fault, in the order in which they are tried. */
import { clockJumps } from './clocks.ts';
import { compaction } from './compaction.ts';
import { bitFlips, tornTails } from './damage.ts';
import { diskFull, readOnly, syncFails } from './disks.ts';
import type { Fault } from './fault.ts';
import { frozen } from './frozen.ts';
import { future } from './future.ts';
import { guards } from './guards.ts';
import { indexDeleted } from './indexDeleted.ts';
import { killJobs } from './killedJobs.ts';
import { killOne, killThree } from './kills.ts';
import { claims, fourWriters, orphans, twoWriters } from './many.ts';
import { powerCut } from './powerCut.ts';
import { longLines, oddValues } from './values.ts';
import { vanished } from './vanished.ts';

export const faults: readonly Fault[] = [
  killOne,
  killThree,
  compaction,
  killJobs,
  powerCut,
  diskFull,
  readOnly,
  vanished,
  syncFails,
  tornTails,
  bitFlips,
  clockJumps,
  twoWriters,
  fourWriters,
  claims,
  orphans,
  frozen,
  indexDeleted,
  future,
  longLines,
  oddValues,
  ...guards,
];
