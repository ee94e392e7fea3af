import { agreement, mutatedAgreement } from './agreement.ts';
import { anyText, places, plainText, ranges, values } from './analysis.ts';
import { incremental, incrementalInLong } from './incremental.ts';
import { outputOfHandlebars } from './output.ts';
import type { LanguageProperty } from './property.ts';
import { naming } from './naming.ts';
import { runs, runsOfMade } from './traced.ts';
import { treeOfHandlebars } from './tree.ts';

/** Everything that must hold for every template. */
export const properties: readonly LanguageProperty[] = [
  treeOfHandlebars('mustache'),
  treeOfHandlebars('angle'),
  outputOfHandlebars,
  runs,
  runsOfMade,
  agreement,
  mutatedAgreement,
  incremental,
  incrementalInLong,
  naming,
  ranges,
  places,
  anyText,
  plainText,
  values,
];
