/** Every fault, in the order in which they are tried. */
import type { Fault } from './fault.ts';
import { killJobs } from './killedJobs.ts';
import { killOne, killThree } from './kills.ts';

export const faults: readonly Fault[] = [killOne, killThree, killJobs];
