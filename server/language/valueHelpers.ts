/** The helpers that yield a value. What they do is in helperFunctions.ts. */
import type { Helper, HelperParam } from './helperTypes.ts';
import type { VariableType } from './values.ts';

const texts: readonly VariableType[] = ['string', 'text', 'number', 'integer', 'any'];
const numbers: readonly VariableType[] = ['number', 'integer', 'any'];
const lists: readonly VariableType[] = ['array', 'any'];
const containers: readonly VariableType[] = ['array', 'object', 'any'];

const text = (description: string): HelperParam => ({ name: 'text', description, accepts: texts });
const value = (description: string): HelperParam => ({ name: 'value', description });
const pair: readonly HelperParam[] = [
  { name: 'a', description: 'one value' },
  { name: 'b', description: 'the other' },
];
const several: readonly HelperParam[] = [
  { name: 'value', description: 'a condition', repeats: true },
];

export const values: readonly Helper[] = [
  {
    name: 'lookup',
    kind: 'value',
    params: [
      { name: 'container', description: 'a list or a map', accepts: containers },
      { name: 'key', description: 'an index or a member’s name' },
    ],
    description: 'The element of a list or map under an index or name that is itself a value.',
    example: '<<lookup prices item>>',
    returns: 'any',
  },
  {
    name: 'json',
    kind: 'value',
    params: [
      value('what to write'),
      { name: 'indent', description: 'spaces per level', accepts: numbers, optional: true },
    ],
    description: 'The value as JSON; with `indent`, over several lines.',
    example: '<<json order 2>>',
    returns: 'text',
  },
  {
    name: 'upper',
    kind: 'value',
    params: [text('what to change')],
    description: 'The text in upper case.',
    example: '<<upper name>>',
    returns: 'string',
  },
  {
    name: 'lower',
    kind: 'value',
    params: [text('what to change')],
    description: 'The text in lower case.',
    example: '<<lower name>>',
    returns: 'string',
  },
  {
    name: 'trim',
    kind: 'value',
    params: [text('what to change')],
    description: 'The text without white space around it.',
    example: '<<trim answer>>',
    returns: 'string',
  },
  {
    name: 'truncate',
    kind: 'value',
    params: [
      text('what to shorten'),
      { name: 'length', description: 'characters to keep', accepts: numbers },
      { name: 'end', description: 'put after a text that was cut; default `…`', optional: true },
    ],
    description: 'The text cut to a number of characters, the end mark included.',
    example: '<<truncate article 500>>',
    returns: 'text',
  },
  {
    name: 'join',
    kind: 'value',
    params: [
      { name: 'list', description: 'what to join', accepts: lists },
      { name: 'separator', description: 'put between; default `, `', optional: true },
    ],
    description: 'The elements of a list as one text.',
    example: '<<join tags ", ">>',
    returns: 'string',
  },
  {
    name: 'default',
    kind: 'value',
    params: [value('what is wanted'), { name: 'fallback', description: 'used when there is none' }],
    description: 'The value, or the fallback when it is absent or empty.',
    example: '<<default nickname "friend">>',
    returns: 'any',
    asks: true,
  },
  {
    name: 'eq',
    kind: 'value',
    params: pair,
    description: 'Whether two values are the same.',
    example: '<<#if (eq tone "formal")>>…<</if>>',
    returns: 'boolean',
  },
  {
    name: 'ne',
    kind: 'value',
    params: pair,
    description: 'Whether two values differ.',
    example: '<<#if (ne tone "formal")>>…<</if>>',
    returns: 'boolean',
  },
  {
    name: 'and',
    kind: 'value',
    params: several,
    description: 'Whether all values are true.',
    example: '<<#if (and vip paid)>>…<</if>>',
    returns: 'boolean',
    asks: true,
  },
  {
    name: 'or',
    kind: 'value',
    params: several,
    description: 'Whether any value is true.',
    example: '<<#if (or vip paid)>>…<</if>>',
    returns: 'boolean',
    asks: true,
  },
  {
    name: 'not',
    kind: 'value',
    params: [value('what is asked')],
    description: 'Whether the value is false, empty, 0 or absent.',
    example: '<<#if (not vip)>>…<</if>>',
    returns: 'boolean',
    asks: true,
  },
  {
    name: 'contains',
    kind: 'value',
    params: [
      { name: 'whole', description: 'a list, a text or a map' },
      { name: 'part', description: 'an element, a piece of the text or a member’s name' },
    ],
    description: 'Whether a list has an element, a text a piece, or a map a member.',
    example: '<<#if (contains tags "urgent")>>…<</if>>',
    returns: 'boolean',
  },
  {
    name: 'date',
    kind: 'value',
    params: [
      { name: 'time', description: 'an ISO date, or milliseconds since 1970' },
      {
        name: 'format',
        description: 'of YYYY MM DD HH mm ss; default `YYYY-MM-DD`',
        optional: true,
      },
    ],
    description: 'A date as text, in UTC.',
    example: '<<date @timestamp "DD.MM.YYYY">>',
    returns: 'string',
  },
  {
    name: 'number',
    kind: 'value',
    params: [
      { name: 'value', description: 'a number' },
      { name: 'digits', description: 'after the point', accepts: numbers, optional: true },
    ],
    description: 'A number as text, with thousands apart and a fixed number of digits.',
    example: '<<number price 2>>',
    returns: 'string',
  },
  {
    name: 'indent',
    kind: 'value',
    params: [
      text('what to move'),
      { name: 'width', description: 'spaces; default 2', accepts: numbers, optional: true },
    ],
    description: 'The text with every line moved to the right.',
    example: '<<indent code 4>>',
    returns: 'text',
  },
  {
    name: 'lines',
    kind: 'value',
    params: [text('what to split')],
    description: 'The lines of a text as a list.',
    example: '<<#each (lines log)>>- <<this>>\n<</each>>',
    returns: 'array',
  },
  {
    name: 'count',
    kind: 'value',
    params: [value('a list, a map or a text')],
    description: 'How many elements a list has, members a map, characters a text.',
    example: '<<count items>>',
    returns: 'integer',
  },
];
