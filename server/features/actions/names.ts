/** Names that are free and say what they are for. */
import { helperNamed, reservedNames } from '../../language/helpers.ts';
import type { Scope } from '../../language/scopes.ts';
import type { Place } from './action.ts';

/** What has a meaning of its own in a tag. */
const meaningful = ['true', 'false', 'null', 'undefined', 'this', 'else', 'as'];

const longestName = 30;
const mostWords = 4;

/** The name, with a number when it is taken. */
export function freeName(wanted: string, { file }: Place, scope: Scope): string {
  const taken = new Set([
    ...file.analysis.variables.map(({ name }) => name),
    ...scope.params.map(({ param }) => param.name),
    ...reservedNames,
    ...meaningful,
  ]);
  const isFree = (name: string) => !taken.has(name) && helperNamed(name) === undefined;
  if (isFree(wanted)) return wanted;
  let count = 2;
  while (!isFree(`${wanted}_${count}`)) count++;
  return `${wanted}_${count}`;
}

/**
 * What a text could be called: by the label before it (`Tone: …`), by what it says, or just `text`.
 * @param before what stands before the text in its line
 */
export function nameFor(text: string, before: string): string {
  const label = /([\p{L}][\p{L}\p{N} _-]{0,40}?)[*_`"]*[:=][*_`"]*[ \t]*["'“„]?$/u.exec(
    before,
  )?.[1];
  return words(label ?? '', '_') || words(text, '_') || 'text';
}

/** `be-kind-to-users`, for a file. */
export function slugFor(text: string): string {
  const heading = /^#{1,6}[ \t]+(.+)$/m.exec(text)?.[1];
  return words(heading ?? text, '-') || 'part';
}

function words(text: string, glue: string): string {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/\p{Mark}+/gu, '')
    .toLowerCase();
  const found = plain.split(/[^a-z0-9]+/).filter(Boolean);
  const first = found.findIndex((word) => /^[a-z]/.test(word));
  let made = '';
  for (const word of first < 0 ? [] : found.slice(first, first + mostWords)) {
    const longer = made === '' ? word : `${made}${glue}${word}`;
    if (longer.length > longestName) break;
    made = longer;
  }
  return made;
}
