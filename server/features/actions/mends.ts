/** The smallest changes that make a complete tag of one that is not. */
import type { TemplateFile } from '../../folderIndex.ts';
import type { Span } from '../../language/nodes.ts';
import { TagReader } from '../../language/tagReader.ts';
import { closing } from '../candidates.ts';
import type { Fix } from './fix.ts';

interface Mend {
  readonly title: string;
  readonly text: string;
}

export function mends({ start, end }: Span, { text, analysis }: TemplateFile): Fix[] {
  if (analysis.tagAt(start)?.kind !== 'malformed') return [];
  const found = candidates(text.slice(start, end), closing(analysis)).find((mend) => {
    const tag = new TagReader(mend.text, analysis.document.syntax).read(0);
    return tag !== undefined && tag.kind !== 'malformed' && tag.end === mend.text.length;
  });
  return found === undefined
    ? []
    : [
        {
          title: found.title,
          edits: [{ span: { start, end }, text: found.text }],
          preferred: true,
        },
      ];
}

function candidates(written: string, close: string): Mend[] {
  const closed = written.endsWith(close);
  const inner = closed ? written.slice(0, -close.length) : written;
  const rest = closed ? inner.trimEnd() : inner;
  const insert = (piece: string, whole = rest + piece + close): Mend => ({
    title: `Insert “${piece}${closed ? '' : close}”`,
    text: whole,
  });
  const quotes = ['"', "'"].map((quote) => insert(quote));
  const bracket = close[0] ?? '';
  return [
    ...(closed ? [] : [insert('')]),
    ...(closed || !rest.endsWith(bracket)
      ? []
      : [{ title: `Insert “${bracket}”`, text: rest + bracket }]),
    ...[1, 2, 3].map((count) => insert(')'.repeat(count))),
    ...quotes,
    ...quotes.map(({ title, text }) => ({
      title: title.replace('”', ')”'),
      text: text.replace(close, `)${close}`),
    })),
    insert('|'),
    {
      title: `Change to “${rest.replace(/[./]+$/, '')}${close}”`,
      text: rest.replace(/[./]+$/, '') + close,
    },
  ];
}
