/** Reads the beginning of a tag, up to the cursor: which part of it is being typed. */
import type { StringPlace, TypedCall } from './cursor.ts';
import type { Delimiters } from './lexer.ts';

/** The part of a tag that comes next, or is half there. */
export type Step =
  | { readonly kind: 'none' }
  | { readonly kind: 'close' }
  | { readonly kind: 'partial' }
  | { readonly kind: 'inline' }
  | {
      readonly kind: 'partial-argument';
      readonly slug: string;
      readonly given: readonly string[];
      readonly value?: string;
    }
  | { readonly kind: 'string'; readonly quote: '"' | "'"; readonly place: StringPlace }
  | {
      readonly kind: 'name';
      readonly place: 'value' | 'block' | 'else' | 'argument' | 'callee' | 'as' | 'param';
      readonly call?: TypedCall;
    };

export interface Typed {
  readonly step: Step;
  /** What of it is there already. */
  readonly word: string;
}

const token =
  /\s+|"(?:\\"|[^"\r\n])*"|'(?:\\'|[^'\r\n])*'|[()=|]|(?:[^\s()=|"'[]|\[[^\]\r\n]*(?:\]|$))+/y;
const openString = /(["'])((?:\\.|[^\\\r\n])*)$/y;
const strange = /[<>{}!#%&*+,;`\\^]/;
const sigils = /^~?(#>|#\*|!|#|\^|\/|>|&|(?:[ \t]*else(?=\s)))?(\s*)/;

/** A call being typed. */
interface Frame {
  name: string | undefined;
  index: number;
  first: string | undefined;
}

/** `before`: from the opening pair to the cursor. `undefined`: this is no tag. */
export function readTyped(before: string, marks: Delimiters): Typed | undefined {
  const [lead = '', sigil = '', space = ''] = sigils.exec(before) ?? [];
  const rest = before.slice(lead.length);
  if (sigil === '!') return { step: { kind: 'none' }, word: '' };
  if (sigil === '#*') {
    return { step: { kind: /^[a-z]*$/.test(rest) ? 'inline' : 'none' }, word: rest };
  }
  const free = sigil !== '' || marks.style === 'mustache';
  if (!free && (space !== '' || /^["'\d-]/.test(rest))) return undefined;
  const read = tokens(rest);
  if (!read) return undefined;
  const { words, string } = read;
  if (string) {
    return { step: stringStep(stepAfter(sigil.trim(), words), string.quote), word: string.text };
  }
  const last = words.at(-1) ?? '';
  const word = /^[^\s()=|"']/.test(last) ? last : '';
  const done = word === '' ? words : words.slice(0, -1);
  if (!free && /[\r\n]/.test(rest) && !done.includes('=')) return undefined;
  return { step: stepAfter(sigil.trim(), done), word };
}

interface Tokens {
  readonly words: readonly string[];
  /** One that is not closed yet. */
  readonly string?: { readonly quote: '"' | "'"; readonly text: string };
}

/** `undefined` when there is something that no tag has. */
function tokens(text: string): Tokens | undefined {
  const words: string[] = [];
  for (let at = 0; at < text.length;) {
    token.lastIndex = at;
    const piece = token.exec(text)?.[0];
    if (piece === undefined) {
      openString.lastIndex = at;
      const [, quote, open = ''] = openString.exec(text) ?? [];
      return quote === '"' || quote === "'" ? { words, string: { quote, text: open } } : undefined;
    }
    if (!/^["']/.test(piece) && strange.test(piece.replaceAll(/\[[^\]]*\]?/g, ''))) {
      return undefined;
    }
    words.push(piece);
    at = token.lastIndex;
  }
  return { words };
}

/** What the text between quotes is for, from what would be typed in place of it. */
function stringStep(step: Step, quote: '"' | "'"): Step {
  if (step.kind === 'partial') return { kind: 'string', quote, place: { kind: 'partial' } };
  if (step.kind === 'partial-argument' && step.value !== undefined) {
    const { kind, slug, value } = step;
    return { kind: 'string', quote, place: { kind, slug, value } };
  }
  if (step.kind === 'name' && step.call !== undefined) {
    return { kind: 'string', quote, place: { kind: 'argument', call: step.call } };
  }
  return { kind: 'none' };
}

function stepAfter(sigil: string, done: readonly string[]): Step {
  const words = done.filter((one) => one.trim() !== '');
  switch (sigil) {
    case '/':
      return words.length === 0 ? { kind: 'close' } : { kind: 'none' };
    case '>':
    case '#>':
      return partialStep(words);
    case '#':
    case '^':
      return nameStep(words, 'block');
    case 'else':
      return nameStep(words, 'else');
    default:
      return nameStep(words, 'value');
  }
}

function partialStep(words: readonly string[]): Step {
  const [slug, ...rest] = words;
  if (slug === undefined) return { kind: 'partial' };
  let depth = 0;
  const given: string[] = [];
  for (const [index, word] of words.entries()) {
    if (word === '(') depth++;
    else if (word === ')') depth--;
    else if (depth === 0 && words[index + 1] === '=') given.push(word);
  }
  if (depth !== 0) return nameStep(words, 'value');
  const value = rest.at(-1) === '=' ? rest.at(-2) : undefined;
  const argument = {
    kind: 'partial-argument',
    slug: slug.replace(/^["']|["']$/g, ''),
    given,
  } as const;
  return value === undefined ? argument : { ...argument, value };
}

function nameStep(words: readonly string[], place: 'value' | 'block' | 'else'): Step {
  const opens = place !== 'value';
  const calls: Frame[] = [newFrame()];
  let named: string | undefined;
  for (const [at, word] of words.entries()) {
    const frame = calls.at(-1);
    if (!frame || word === '|') return { kind: 'none' };
    if (word === 'as' && opens && calls.length === 1 && frame.name !== undefined) {
      return paramStep(frame.name, frame.first, words.slice(at + 1));
    }
    if (word === '(') calls.push(newFrame());
    else if (word === ')') {
      calls.pop();
      count(calls.at(-1), words[matching(words, at) - 1] === '=', undefined);
      named = undefined;
    } else if (word === '=') named = words[at - 1];
    else if (words[at + 1] === '=') continue;
    else {
      if (frame.name === undefined) frame.name = word;
      else count(frame, named !== undefined, word);
      named = undefined;
    }
  }
  const frame = calls.at(-1);
  if (!frame) return { kind: 'none' };
  if (frame.name === undefined) return { kind: 'name', place: calls.length > 1 ? 'callee' : place };
  const { name, index, first } = frame;
  const call = { name, index, opens: opens && calls.length === 1, first, named };
  return { kind: 'name', place: 'argument', call };
}

/** `words`: what follows the `as`. */
function paramStep(name: string, first: string | undefined, [bar, ...names]: string[]): Step {
  const call = { name, first, index: names.length, opens: true };
  if (bar === undefined) return { kind: 'name', place: 'as', call };
  if (bar !== '|' || names.includes('|')) return { kind: 'none' };
  return { kind: 'name', place: 'param', call };
}

const newFrame = (): Frame => ({ name: undefined, index: 0, first: undefined });

/** Where the parenthesis opens that closes at a place. */
function matching(words: readonly string[], close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    if (words[at] === ')') depth++;
    else if (words[at] === '(' && --depth === 0) return at;
  }
  return 0;
}

function count(frame: Frame | undefined, named: boolean, word: string | undefined): void {
  if (!frame || named) return;
  if (frame.index === 0) frame.first = word;
  frame.index++;
}
