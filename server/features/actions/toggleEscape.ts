/** From a tag to text and back. */
import { CodeActionKind } from 'vscode-languageserver/node';
import { TagReader } from '../../language/tagReader.ts';
import type { Action, Place } from './action.ts';
import { deletion, escapes } from './fix.ts';

export function toggleEscape({ file, selection: { start, end } }: Place): Action[] {
  const { analysis } = file;
  const tag = start === end ? analysis.tagAt(start) : undefined;
  const kind = CodeActionKind.RefactorRewrite;
  const guard = guardAt(file, start);
  if (guard !== undefined) {
    const change = () => ({ edits: [{ ...deletion(guard), file }] });
    return [{ title: 'Make this text a tag', kind, change }];
  }
  if (tag === undefined || tag.kind === 'escape' || tag.kind === 'suspect') return [];
  const edits = escapes(tag, file);
  if (edits.length === 0) return [];
  const change = () => ({ edits: edits.map((edit) => ({ ...edit, file })) });
  return [{ title: 'Make this tag text', kind, change }];
}

/** The backslash that keeps the cursor's place from being a tag. */
function guardAt({ analysis, text }: Place['file'], offset: number) {
  const { document } = analysis;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const guard = document.tags.findLast(
    ({ kind, start }) => kind === 'escape' && lineStart <= start && start <= offset,
  );
  if (guard === undefined || text[guard.start - 1] === '\\') return undefined;
  const tag = new TagReader(text, document.syntax).read(guard.end);
  return tag !== undefined && tag.kind !== 'malformed' && offset <= tag.end ? guard : undefined;
}
