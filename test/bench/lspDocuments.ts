import type { Position } from 'vscode-languageserver-protocol';

/** A document of a given length with the places where the bench types. */
export interface BenchDocument {
  readonly text: string;
  /** In prose or in a string value: a keystroke that an author makes most often. */
  readonly typing: Position;
  /** Inside a tag or a key, where completion has something to offer. */
  readonly completing: Position;
}

const header = `---
name: Bench
variables:
  name: { type: string, description: Who is written to. }
  tone: { type: string, default: warm }
  items: { type: array, items: { type: object, properties: { title: string, price: number } } }
  user: { type: object, properties: { name: string, city: string } }
---`.split('\n');

/** Eleven lines: a tag on every second one, prose between them, a block and a loop among them. */
const section = [
  'Please write to <<name>> in a <<tone>> tone, and keep in mind what was said before.',
  'Nothing of the following may be left out, however long the text becomes.',
  '<<#if user.city>>',
  'The reader lives where the letter goes: use words that are **common** there.',
  '<<else>>',
  '- a list item that says what to do when nothing is known',
  '<</if>>',
  'What has been ordered so far, with prices:',
  '<<#each items as |item|>>',
  '1. one line for each of them, the price last: <<item.title>> costs <<item.price>>',
  '<</each>>',
];

/** A prompt of `lines` lines without any problem in it. */
export function promptDocument(lines: number): BenchDocument {
  const body = header.slice();
  while (body.length + section.length < lines) body.push(...section);
  while (body.length < lines) body.push('A last line of prose.');
  const middle =
    header.length + Math.floor((lines - header.length) / 2 / section.length) * section.length;
  return {
    text: body.join('\n'),
    typing: { line: middle + 1, character: 20 },
    completing: { line: middle, character: 'Please write to <<na'.length },
  };
}

const record = [
  '  {',
  '    "name": "A name that is as long as a line of prose would be here",',
  '    "tone": "warm",',
  '    "user": { "name": "Ada", "city": "London" },',
  '    "items": [',
  '      { "title": "Tea", "price": 4.5 },',
  '      { "title": "Cups", "price": 12 }',
  '    ],',
  '    "sent": false,',
  '    "notes": null',
  '  },',
];

/** A JSON array of `lines` lines without any problem in it. */
export function jsonDocument(lines: number): BenchDocument {
  const body = ['['];
  while (body.length + record.length + 1 < lines) body.push(...record);
  while (body.length + 2 < lines) body.push('  {},');
  body.push('  {}', ']');
  const middle = 1 + Math.floor((lines - 2) / 2 / record.length) * record.length;
  return {
    text: body.join('\n'),
    typing: { line: middle + 1, character: 20 },
    completing: { line: middle + 2, character: '    "to'.length },
  };
}
