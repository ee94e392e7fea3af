/** What must hold for every template, to be tried a few hundred times in the unit suite and a hundred thousand here. */
import * as fc from 'fast-check';

/** One property, ready to run. */
export interface Trial {
  readonly property: fc.IRawProperty<unknown, false>;
  /** Cases that said something: rendered, compared … Others were no fair question. */
  readonly telling: () => number;
}

export interface LanguageProperty {
  readonly name: string;
  /** Cases in the unit suite. */
  readonly runs: number;
  /** At least this share of all cases must say something. */
  readonly least: number;
  readonly begin: () => Trial;
}

export interface Tally {
  readonly cases: number;
  readonly telling: number;
  readonly seed: number;
  /** The shrunk counterexample and how to see it again. */
  readonly failure: string | undefined;
}

export function tryOut({ begin, least }: LanguageProperty, numRuns: number, seed: number): Tally {
  const { property, telling } = begin();
  const details = fc.check(property, { numRuns, seed });
  const { failed, numRuns: cases } = details;
  const few =
    telling() < cases * least ? `Only ${telling()} of ${cases} cases said anything.` : undefined;
  return {
    cases,
    telling: telling(),
    seed: details.seed,
    failure: failed ? fc.defaultReportMessage(details) : few,
  };
}
