/** What is being typed inside `{ key: value }` and `[one, two]` of the front matter, however little of it is there. */
import type { FrontMatterCursor } from './cursor.ts';

interface Frame {
  readonly map: boolean;
  /** Keys with a colon, in order. */
  readonly keys: string[];
  /** The key whose value is being read. */
  key: string | undefined;
  index: number;
}

interface Reading {
  readonly stack: readonly Frame[];
  /** Where the word begins that the end of the text is in. */
  readonly from: number;
}

type Path = readonly (string | number)[];

/**
 * `start`: where the collection may begin, `path`: the keys above it. `undefined` when the offset is not within a
 * collection that begins there.
 */
export function flowCursor(
  text: string,
  path: Path,
  start: number,
  offset: number,
): FrontMatterCursor | undefined {
  if (!/[{[]/.test(text[start] ?? '')) return undefined;
  const { stack, from } = read(text, start, offset);
  const top = stack.at(-1);
  if (top === undefined) return undefined;
  const lead = /^\s*/.exec(text.slice(from, offset))?.[0].length ?? 0;
  const prefix = text.slice(from + lead, offset);
  const begin = offset - prefix.length;
  if (/^\s*#|\s#/.test(prefix)) return undefined;
  if (top.map && top.key === undefined) {
    return keyCursor(text, [...path, ...pathOf(stack.slice(0, -1))], begin, offset, {
      prefix,
      siblings: [...top.keys, ...keysAhead(text, offset)],
    });
  }
  const end = offset + wordLength(text, offset, prefix);
  const replace = { start: begin, end };
  return { kind: 'value-of', path: [...path, ...pathOf(stack)], replace, prefix };
}

function keyCursor(
  text: string,
  path: Path,
  start: number,
  offset: number,
  { prefix, siblings }: { readonly prefix: string; readonly siblings: readonly string[] },
): FrontMatterCursor {
  const end = offset + (/^[\w-]*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0);
  const closed = text[end] === ':';
  const own = text.slice(start, end);
  const others = closed ? siblings.filter((key) => key !== own) : siblings;
  return {
    kind: 'key',
    path,
    replace: { start, end },
    prefix,
    closed,
    siblings: others,
    indent: '',
    flow: true,
  };
}

/** How much of a value is behind the cursor: a quoted one with its closing quote. */
export function wordLength(text: string, offset: number, prefix: string, flow = true): number {
  const rest = text.slice(offset, offset + 200);
  const quote = /^["']/.exec(prefix)?.[0];
  if (quote !== undefined) {
    const line = /^[^\r\n]*/.exec(rest)?.[0] ?? '';
    return line.indexOf(quote) + 1;
  }
  const word = flow ? /^[^\r\n#,\]}]*/ : /^[^\r\n#]*/;
  return (word.exec(rest)?.[0] ?? '').trimEnd().length;
}

function pathOf(stack: readonly Frame[]): (string | number)[] {
  return stack.map(({ map, key, index }) => (map ? (key ?? '') : index));
}

function read(text: string, start: number, end: number): Reading {
  const stack: Frame[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    const top = stack.at(-1);
    const char = text[at] ?? '';
    if (/["']/.test(char) && text.slice(from, at).trim() === '') {
      const close = text.indexOf(char, at + 1);
      if (close < 0 || close >= end) break;
      at = close;
    } else if (char === '{' || char === '[') {
      stack.push({ map: char === '{', keys: [], key: undefined, index: 0 });
      from = at + 1;
    } else if (char === '}' || char === ']') {
      stack.pop();
      if (stack.length === 0) break;
      from = at + 1;
    } else if (char === ',' && top !== undefined) {
      top.index++;
      top.key = undefined;
      from = at + 1;
    } else if (char === ':' && top?.map === true && /[\s{["']|^$/.test(text[at + 1] ?? '')) {
      top.key = text
        .slice(from, at)
        .trim()
        .replace(/^(["'])(.*)\1$/, '$2');
      top.keys.push(top.key);
      from = at + 1;
    }
  }
  return { stack, from };
}

/** Keys of the same map that follow on this line. */
function keysAhead(text: string, offset: number): string[] {
  const line = /^[^\r\n]*/.exec(text.slice(offset, offset + 1000))?.[0] ?? '';
  const flat = line.replaceAll(/\{[^{}]*\}|\[[^[\]]*\]/g, '').replace(/[}\]].*$/, '');
  return [...flat.matchAll(/(?:^|[,\s])([\w-]+)[ \t]*:(?=[\s]|$)/g)].map((match) => match[1] ?? '');
}
