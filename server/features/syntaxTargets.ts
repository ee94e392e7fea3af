/** The marks of the language itself, which hover explains. */
import type { Analysis } from '../analysis.ts';
import type { Span, Tag } from '../language/nodes.ts';

export type SyntaxTopic = 'comment' | 'escape' | 'raw' | 'strip' | 'inverse' | 'inline' | 'layout';

export const syntaxTexts: Readonly<Record<SyntaxTopic, (open: string, close: string) => string>> = {
  comment: (open, close) =>
    `**Comment** — not part of what is sent.\n\n\`${open}! to the first ${close}\` or \`${open}!-- over ${close} these --${close}\``,
  escape: (open) => `**Backslash** — keeps \`${open}\` as text; it is dropped itself.`,
  raw: (open, close) =>
    `**raw** — everything up to \`${open}/raw${close}\` stays as it is written: nothing in it is a tag.`,
  strip: () => '**~** — takes away the white space and line breaks on this side of the tag.',
  inverse: () =>
    '**^** — keeps its content when there is no such value, or it is false or an empty list.',
  inline: (open, close) =>
    `**inline** — a partial defined in this template, for \`${open}> name${close}\` in it and in the templates it calls.`,
  layout: (open, close) =>
    `**#>** — a partial with a body, which stands where the partial says \`${open}> @partial-block${close}\`.`,
};

/** `undefined`: no mark of the language is at the offset. */
export function syntaxAt(
  { text }: Analysis,
  tag: Tag,
  offset: number,
): { readonly topic: SyntaxTopic; readonly span: Span } | undefined {
  const at = (topic: SyntaxTopic, span: Span) =>
    span.start <= offset && offset <= span.end ? { topic, span } : undefined;
  if (tag.kind === 'escape') return at('escape', tag);
  if (tag.kind === 'malformed' || tag.kind === 'suspect') return undefined;
  const { start, end } = tag;
  const strips = (from: number) => offset === from && text[from] === '~';
  if (tag.stripBefore && strips(start + 2)) return { topic: 'strip', span: one(start + 2) };
  if (tag.stripAfter && tag.kind !== 'raw' && strips(end - 3)) {
    return { topic: 'strip', span: one(end - 3) };
  }
  const sigil = {
    start,
    end:
      start +
      (/^.{2}~?(?:!(?:--)?|#\*inline|[#^>]*)/.exec(text.slice(start, start + 12))?.[0].length ?? 0),
  };
  switch (tag.kind) {
    case 'comment':
      return at('comment', sigil);
    case 'raw':
      return at('raw', tag.open) ?? (tag.close && at('raw', tag.close));
    case 'open':
      return tag.sigil === '^' ? at('inverse', sigil) : undefined;
    case 'inline':
      return at('inline', sigil);
    case 'partial-open':
      return at('layout', sigil);
    case 'value':
    case 'else':
    case 'close':
    case 'partial':
      return undefined;
  }
}

const one = (start: number): Span => ({ start, end: start + 1 });
