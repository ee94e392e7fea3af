/** Small edits that quick fixes are made of. */
import type { Analysis } from '../../analysis.ts';
import type { TemplateFile } from '../../folderIndex.ts';
import type { Block, Span, Tag } from '../../language/nodes.ts';
import type { Problem } from '../../language/problems.ts';
import { opening } from '../candidates.ts';
import type { Edit } from '../frontMatterEdits.ts';
import type { NewFile } from '../workspaceEdits.ts';

export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** The one that is most likely meant. */
  readonly preferred?: boolean;
  /** There is no other thing the author can have meant, and nothing that worked is changed. */
  readonly safe?: boolean;
  readonly creates?: NewFile;
}

export const deletion = (span: Span): Edit => ({ span, text: '' });
export const insertion = (offset: number, text: string): Edit => ({
  span: { start: offset, end: offset },
  text,
});

export function replace(verb: string, span: Span, text: string): Fix {
  return { title: `${verb} “${text}”`, edits: [{ span, text }] };
}

/** Did-you-mean. The tag that closes a block changes with the one that opens it. */
export function renames(
  problem: Problem & { readonly suggestions: readonly string[] },
  template?: TemplateFile,
): Fix[] {
  const { span, suggestions } = problem;
  const closing = template && closingName(span, template);
  return suggestions.map((name, i) => ({
    title: `Change to “${name}”`,
    edits: [span, ...(closing === undefined ? [] : [closing])].map((one) => ({
      span: one,
      text: name,
    })),
    preferred: i === 0,
  }));
}

/** The name in the closing tag of the block that is opened by the name at the span. */
function closingName(span: Span, { analysis }: TemplateFile): Span | undefined {
  const tag = analysis.tagAt(span.start);
  const block = tag && openedBy(tag, analysis);
  const name = tag?.kind === 'open' ? tag.call.callee : undefined;
  return name?.start === span.start ? block?.close?.name : undefined;
}

/** The block that the tag opens. */
function openedBy(tag: Tag, analysis: Analysis): Block | undefined {
  const [block] = analysis.blocksAt(tag.start);
  return block?.open === tag ? block : undefined;
}

/** A backslash before the tag that the span lies in, and before those that divide and close its block. */
export function escape(span: Span, file: TemplateFile): Fix[] {
  const edits = escapes(span, file);
  return edits.length === 0 ? [] : [{ title: 'Make it text', edits }];
}

export function escapes(span: Span, file: TemplateFile): Edit[] {
  const { text, analysis } = file;
  const tag = analysis.tagAt(span.start) ?? analysis.tagAt(span.end);
  const start = tag?.start ?? text.lastIndexOf(opening(analysis), span.start);
  // One more backslash would not make it text.
  if (start < 0 || text[start - 1] === '\\') return [];
  const block = tag && openedBy(tag, analysis);
  const others = (block?.branches.slice(1) ?? []).map((branch) => branch.tag.start);
  const close = block?.close === undefined ? [] : [block.close.start];
  return [start, ...others, ...close].map((at) => insertion(at, '\\'));
}
