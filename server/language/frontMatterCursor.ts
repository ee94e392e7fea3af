/** What is being typed in the front matter: goes by lines and indentation, as half-typed YAML has no tree. */
import type { FrontMatterCursor } from './cursor.ts';
import { flowCursor, wordLength } from './flowCursor.ts';
import type { Span } from './nodes.ts';
import { keysAt } from './schema.ts';

interface Line {
  readonly start: number;
  readonly indent: number;
  /** `- ` before the key or value, counted into the indentation of what follows. */
  readonly dash: boolean;
  readonly key?: string;
  /** Where the text after indentation and dash begins. */
  readonly from: number;
  readonly text: string;
}

type Path = (string | number)[];

export function frontMatterCursor(
  text: string,
  yaml: Span,
  offset: number,
): FrontMatterCursor | { kind: 'none' } {
  const lines = linesOf(text, yaml);
  const at = lines.findLastIndex(({ start }) => start <= offset);
  const line = lines[at];
  if (!line) return { kind: 'none' };
  const typed = text.slice(line.start, offset);
  if (/^[^"']*#/.test(typed.replace(/"[^"]*"|'[^']*'/g, '')) && /(^|\s)#/.test(typed))
    return { kind: 'none' };
  const flow = inFlow(text, lines, at, offset);
  if (flow) return flow;
  const path = pathTo(lines, at);
  const after = text.slice(Math.min(line.from, offset), offset);
  const value = /^("[^"]*"|'[^']*'|[^:"'#]*?):(?:[ \t]+|$)(.*)$/.exec(after);
  if (value) {
    const written = value[2] ?? '';
    const of = [...path, unquote(value[1] ?? '')];
    return valueCursor(text, of, offset, written);
  }
  if (line.dash && !keysAt(path)) return valueCursor(text, path, offset, after);
  if (insideText(lines, at, path)) return { kind: 'none' };
  return keyCursor(text, lines, at, path, offset, after);
}

/** Inside `{ … }` or `[ … ]`, which may have begun some lines above. */
function inFlow(
  text: string,
  lines: readonly Line[],
  at: number,
  offset: number,
): FrontMatterCursor | undefined {
  for (let index = at; index >= 0 && at - index < mostFlowLines; index--) {
    const line = lines[index];
    if (!line) break;
    // In YAML a collection goes on in lines that are indented further than its key.
    if (index < at && (lines[at]?.indent ?? 0) <= dashColumn(line)) continue;
    const start = valueStart(text, line);
    const key = line.key === undefined ? [] : [line.key];
    const found =
      start < offset
        ? flowCursor(text, [...pathTo(lines, index), ...key], start, offset)
        : undefined;
    if (found) return found;
    if (line.key !== undefined && line.indent === 0) break;
  }
  return undefined;
}

/** How far up a collection may begin, in lines. */
const mostFlowLines = 50;

/** Where the value begins that a line has after its dash or key. */
function valueStart(text: string, { from, key, text: content, start }: Line): number {
  const rest = text.slice(from, start + content.length);
  const lead = key === undefined ? '' : (/^("[^"]*"|'[^']*'|[^:]*):[ \t]*/.exec(rest)?.[0] ?? '');
  return from + lead.length;
}

function valueCursor(text: string, path: Path, offset: number, prefix: string): FrontMatterCursor {
  const end = offset + wordLength(text, offset, prefix, false);
  return { kind: 'value-of', path, replace: { start: offset - prefix.length, end }, prefix };
}

function keyCursor(
  text: string,
  lines: readonly Line[],
  at: number,
  path: Path,
  offset: number,
  prefix: string,
): FrontMatterCursor {
  const rest = /^[\w-]*/.exec(text.slice(offset, offset + 200))?.[0] ?? '';
  const end = offset + rest.length;
  const indent = lines[at]?.indent ?? 0;
  return {
    kind: 'key',
    path,
    replace: { start: offset - prefix.length, end },
    prefix,
    closed: text[end] === ':',
    siblings: siblingsOf(lines, at),
    indent: ' '.repeat(indent),
    flow: false,
  };
}

function linesOf(text: string, { start, end }: Span): Line[] {
  const lines: Line[] = [];
  let from = start;
  for (const raw of text.slice(start, end).split('\n')) {
    const content = raw.replace(/\r$/, '');
    const [lead = '', , dash = ''] = /^([ \t]*)(-[ \t]+|-$)?/.exec(content) ?? [];
    const rest = content.slice(lead.length);
    const key = /^("[^"]*"|'[^']*'|[^\s:"'#[{][^:#]*?)[ \t]*:(?:[ \t]|$)/.exec(rest)?.[1];
    lines.push({
      start: from,
      indent: lead.length,
      dash: dash !== '',
      key: key === undefined ? undefined : unquote(key),
      from: from + lead.length,
      text: content,
    });
    from += raw.length + 1;
  }
  return lines;
}

/** The keys above a line, outermost first; for a list item, its number. */
function pathTo(lines: readonly Line[], at: number): Path {
  const path: Path = [];
  const own = lines[at];
  if (!own) return path;
  let column = own.indent;
  const into = (line: Line, index: number): void => {
    path.unshift(itemNumber(lines, index));
    column = dashColumn(line);
  };
  let inItem = own.dash;
  if (own.dash) into(own, at);
  for (let index = at - 1; index >= 0 && (column > 0 || inItem); index--) {
    const line = lines[index];
    if (!line || line.text.trim() === '') continue;
    if (!inItem && line.dash && line.indent === column) {
      inItem = true;
      into(line, index);
      continue;
    }
    const above = line.indent < column || (inItem && !line.dash && line.indent === column);
    if (!above || line.key === undefined) continue;
    path.unshift(line.key);
    column = line.indent;
    inItem = line.dash;
    if (line.dash) into(line, index);
  }
  return path;
}

function dashColumn({ text }: Line): number {
  return text.length - text.trimStart().length;
}

function itemNumber(lines: readonly Line[], at: number): number {
  const column = dashColumn(lines[at] ?? { start: 0, indent: 0, dash: false, from: 0, text: '' });
  let count = 0;
  for (let index = at - 1; index >= 0; index--) {
    const line = lines[index];
    if (!line || line.text.trim() === '') continue;
    if (line.dash && dashColumn(line) === column) count++;
    else if (dashColumn(line) <= column) break;
  }
  return count;
}

/** Keys of the same map, above and below. */
function siblingsOf(lines: readonly Line[], at: number): string[] {
  const indent = lines[at]?.indent ?? 0;
  const found: string[] = [];
  for (const step of [-1, 1]) {
    // A dash begins the map it stands before.
    if (step === -1 && lines[at]?.dash) continue;
    for (let index = at + step; lines[index]; index += step) {
      const line = lines[index];
      if (!line || line.text.trim() === '') continue;
      if (line.indent < indent || (step === 1 && line.dash && line.indent <= indent)) break;
      if (line.indent === indent && line.key !== undefined) found.push(line.key);
      if (step === -1 && line.dash && line.indent === indent) break;
    }
  }
  return found;
}

/** Inside the lines of a block text (`key: |`). */
function insideText(lines: readonly Line[], at: number, path: Path): boolean {
  const parent = path.at(-1);
  const line = lines.slice(0, at).findLast(({ key }) => key !== undefined && key === parent);
  return line !== undefined && /:[ \t]*[|>][-+0-9]*[ \t]*$/.test(line.text);
}

function unquote(key: string): string {
  return key.trim().replace(/^(["'])(.*)\1$/, '$2');
}
