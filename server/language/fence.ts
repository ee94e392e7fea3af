/** Where the front matter of a file is: between two lines of `---`, the first of which is the first of the file. */
import type { Span } from './nodes.ts';
import { keySchema } from './schema.ts';

export interface Fence {
  /** With both fences and the line break after the second. */
  readonly span: Span;
  readonly yaml: Span;
  /** False: the closing fence is missing. The YAML then ends with its last line that looks like YAML. */
  readonly closed: boolean;
}

const opening = /^\uFEFF?---[ \t]*(?:\r\n|\n|\r)/;
const closing = /^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|$(?![\s\S]))/gm;
const firstKey = /^(?:[ \t]*(?:#.*)?(?:\r\n|\n|\r))*([A-Za-z_-]+)[ \t]*:/;
const yamlLine =
  /(?:[ \t]+\S.*|[ \t]*#.*|-(?:[ \t].*)?|[A-Za-z_][\w-]*[ \t]*:.*|[A-Za-z_][\w-]*[ \t]*)(?:\r\n|\n|\r|$)/y;

/** Lines that are taken for front matter when nothing closes it. */
const mostLines = 500;

/** `undefined`: the file has none. */
export function findFence(text: string): Fence | undefined {
  const open = opening.exec(text);
  if (!open) return undefined;
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const from = open[0].length;
  closing.lastIndex = from;
  const close = closing.exec(text);
  if (close) {
    const end = close.index + close[0].length;
    return { span: { start, end }, yaml: { start: from, end: close.index }, closed: true };
  }
  return openFence(text, start, from);
}

/** Without a closing fence it is front matter only when it begins with one of our keys; else `---` is just a rule. */
function openFence(text: string, start: number, from: number): Fence | undefined {
  const key = firstKey.exec(text.slice(from, from + 2000))?.[1];
  if (key === undefined || !keySchema(key)) return undefined;
  let end = from;
  yamlLine.lastIndex = end;
  for (let count = 0; count < mostLines && end < text.length && yamlLine.test(text); count++) {
    end = yamlLine.lastIndex;
  }
  return { span: { start, end }, yaml: { start: from, end }, closed: false };
}

/** Where the body begins. `first`: the first character of the text. */
export function bodyStart(first: string, fence: Fence | undefined): number {
  return fence?.span.end ?? (first === '\uFEFF' ? 1 : 0);
}
