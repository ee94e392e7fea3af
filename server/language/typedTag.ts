/** Reads the beginning of a tag, up to the cursor: which part of it is being typed. */
import type { Delimiters } from './lexer.ts';

/** The part of a tag that comes next, or is half there. */
export type Step =
  | { readonly kind: 'none' }
  | { readonly kind: 'close' }
  | { readonly kind: 'partial' }
  | { readonly kind: 'partial-argument'; readonly slug: string; readonly given: readonly string[] }
  | {
      readonly kind: 'name';
      readonly place: 'value' | 'block' | 'else' | 'argument' | 'callee';
      readonly call?: { readonly name: string; readonly index: number };
    };

export interface Typed {
  readonly step: Step;
  /** What of it is there already. */
  readonly word: string;
}

const token =
  /\s+|"(?:\\"|[^"\r\n])*"|'(?:\\'|[^'\r\n])*'|[()=|]|\[[^\]\r\n]*\]?|[^\s()=|"'[]+|["']/y;
const strange = /[<>{}!#%&*+,;`\\^]/;
const sigils = /^~?(#>|#\*|!|#|\^|\/|>|&|(?:[ \t]*else(?=\s)))?(\s*)/;

/** A call being typed: its name and how many positional arguments are complete. */
interface Frame {
  name: string | undefined;
  index: number;
}

/** `before`: from the opening pair to the cursor. `undefined`: this is no tag. */
export function readTyped(before: string, marks: Delimiters): Typed | undefined {
  const [lead = '', sigil = '', space = ''] = sigils.exec(before) ?? [];
  const rest = before.slice(lead.length);
  if (sigil === '!' || sigil === '#*') return { step: { kind: 'none' }, word: '' };
  const free = sigil !== '' || marks.style === 'mustache';
  if (!free && (space !== '' || /^["'\d-]/.test(rest))) return undefined;
  const words = tokens(rest);
  if (!words) return undefined;
  if (words.includes('"') || words.includes("'")) return { step: { kind: 'none' }, word: '' };
  const last = words.at(-1) ?? '';
  const word = /^[^\s()=|"']/.test(last) ? last : '';
  const done = word === '' ? words : words.slice(0, -1);
  if (!free && /[\r\n]/.test(rest) && !done.includes('=')) return undefined;
  return { step: stepAfter(sigil.trim(), done), word };
}

/** `undefined` when there is something that no tag has. */
function tokens(text: string): string[] | undefined {
  const found: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (!match) return undefined;
    const [piece] = match;
    if (!/^["'[]/.test(piece) && strange.test(piece)) return undefined;
    found.push(piece);
  }
  return found;
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
  if (slug === '(') return nameStep(words, 'value');
  if (rest.at(-1) === '=' || rest.includes('(')) return nameStep(words, 'value');
  const given = rest.filter((_, index) => rest[index + 1] === '=');
  return { kind: 'partial-argument', slug: slug.replace(/^["']|["']$/g, ''), given };
}

function nameStep(words: readonly string[], place: 'value' | 'block' | 'else'): Step {
  const calls: Frame[] = [{ name: undefined, index: 0 }];
  let named = false;
  for (const [at, word] of words.entries()) {
    const frame = calls.at(-1);
    if (!frame) return { kind: 'none' };
    if (word === '|' || (word === 'as' && words[at + 1] === '|')) return { kind: 'none' };
    if (word === '(') calls.push({ name: undefined, index: 0 });
    else if (word === ')') {
      calls.pop();
      count(calls.at(-1), named);
      named = false;
    } else if (word === '=') named = true;
    else if (words[at + 1] === '=') continue;
    else {
      if (frame.name === undefined) frame.name = word;
      else count(frame, named);
      named = false;
    }
  }
  const frame = calls.at(-1);
  if (!frame) return { kind: 'none' };
  if (frame.name === undefined) return { kind: 'name', place: calls.length > 1 ? 'callee' : place };
  return { kind: 'name', place: 'argument', call: { name: frame.name, index: frame.index } };
}

function count(frame: Frame | undefined, named: boolean): void {
  if (frame && !named) frame.index++;
}
