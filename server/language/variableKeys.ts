/** The keys of a variable: one half of the table in schema.ts. */
import { choices, yesNo } from './schemaTypes.ts';
import type { Choice, KeySchema } from './schemaTypes.ts';

export const typeChoices: readonly Choice[] = choices({
  string: 'one line of text',
  text: 'text of several lines',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list of values',
  object: 'a map of named members',
  any: 'any value',
});

/** What may be said of a variable; `items` and `properties` hold the same again. */
export const variableKeys: readonly KeySchema[] = [
  {
    key: 'type',
    kinds: ['string'],
    choices: typeChoices,
    description: 'What kind of value it is. Default: `string`.',
    snippet: '${1|string,text,number,integer,boolean,array,object,any|}',
  },
  {
    key: 'description',
    kinds: ['string'],
    description: 'What to fill in: shown on hover and in the run form.',
  },
  {
    key: 'default',
    kinds: ['any'],
    description: 'Used when no value is given. A variable with a default is not required.',
  },
  {
    key: 'example',
    kinds: ['any'],
    description: 'An example of a value, for hover and sample runs.',
  },
  {
    key: 'required',
    kinds: ['boolean'],
    choices: yesNo,
    description:
      'Whether a run needs a value. Default: yes, unless there is a `default`. An optional one that is not given is empty.',
  },
  { key: 'enum', kinds: ['list'], description: 'The only values allowed.', snippet: '[$1]' },
  {
    key: 'items',
    kinds: ['map', 'string'],
    description:
      'For an `array`: what each element is, as a type name or with the same keys as a variable.',
  },
  {
    key: 'properties',
    kinds: ['map'],
    description: 'For an `object`: its members by name, each like a variable.',
    snippet: '\n  $1',
  },
  {
    key: 'min',
    kinds: ['number'],
    description: 'The least value; for text and lists the least length.',
  },
  {
    key: 'max',
    kinds: ['number'],
    description: 'The greatest value; for text and lists the greatest length.',
  },
  {
    key: 'pattern',
    kinds: ['string'],
    description: 'A regular expression that a text must match.',
  },
  {
    key: 'sensitive',
    kinds: ['boolean'],
    choices: yesNo,
    description: 'The value is kept out of the store, logs and exports.',
  },
  {
    key: 'from',
    kinds: ['string'],
    description:
      'Where a value comes from by itself: `file`, `selection`, `clipboard`, `env`, `git`, …',
  },
];
