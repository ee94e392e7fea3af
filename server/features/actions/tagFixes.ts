/** What can be done about problems in the body. */

import type { FolderIndex, TemplateFile } from '../../folderIndex.ts';
import { addKey } from '../frontMatterEdits.ts';
import type { Span } from '../../language/nodes.ts';
import type { ProblemOf } from '../../language/problems.ts';
import { closing, opening } from '../candidates.ts';
import { renameEdits } from '../renameEdits.ts';
import { refused } from '../renameRefusals.ts';
import { deletion, escape, type Fix, insertion, replace } from './fix.ts';
import { mends } from './mends.ts';
import { newPartial } from './newPartial.ts';

const remove = (span: Span): Fix => ({
  title: 'Remove this tag',
  edits: [deletion(span)],
  preferred: true,
});

export function closeBlock(problem: ProblemOf<'unclosed-block'>, file: TemplateFile): Fix[] {
  const { analysis, text } = file;
  const tag = `${opening(analysis)}/${quoted(problem.name)}${closing(analysis)}`;
  const end = problem.block?.end ?? text.length;
  const written = isAlone(problem.block?.open ?? problem.span, text)
    ? `${text[end - 1] === '\n' ? '' : '\n'}${tag}${end === text.length ? '' : '\n'}`
    : tag;
  return [{ title: `Close with ${tag}`, edits: [insertion(end, written)], preferred: true }];
}

/** What only a string can name. */
function quoted(name: string): string {
  return /\s/.test(name) ? `"${name}"` : name;
}

/** Nothing else is on its line. */
function isAlone({ start, end }: Span, text: string): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const after = /^[^\n]*/.exec(text.slice(end))?.[0] ?? '';
  return `${before}${after}`.trim() === '';
}

/** Perhaps the tag that should open the block lacks its `#`. */
export function stray({ name, span }: ProblemOf<'stray-close'>, file: TemplateFile): Fix[] {
  const { document, text } = file.analysis;
  const opener = document.tags.findLast(
    (tag) => tag.kind === 'value' && tag.start < span.start && tag.call.callee.text === name,
  );
  if (opener?.kind !== 'value') return [remove(span)];
  const { start, end, call } = opener;
  const title = `Insert “#” in ${text.slice(start, end)}`;
  return [
    { title, edits: [insertion(call.start, '#')], preferred: true },
    { ...remove(span), preferred: false },
  ];
}

export function unwantedElse(
  { span }: ProblemOf<'stray-else' | 'double-else'>,
  file: TemplateFile,
): Fix[] {
  return [remove(span), ...escape(span, file)];
}

export function mismatch(problem: ProblemOf<'mismatch'>, file: TemplateFile): Fix[] {
  const { analysis } = file;
  const tag = `${opening(analysis)}/${quoted(problem.expected)}${closing(analysis)}`;
  return [
    { ...replace('Change to', problem.span, tag), preferred: true },
    { ...remove(problem.span), preferred: false },
  ];
}

export function malformed(problem: ProblemOf<'malformed-tag'>, file: TemplateFile): Fix[] {
  const { insert, insertAt = 0, span } = problem;
  if (insert === undefined) return mends(span, file);
  const edits = [insertion(span.start + insertAt, insert)];
  return [{ title: `Insert “${insert}”`, edits, preferred: true, safe: true }];
}

export function missingPartial(
  { name, span }: ProblemOf<'unknown-partial'>,
  file: TemplateFile,
  folder: FolderIndex,
): Fix[] {
  const creates = newPartial(name, file, folder, file.analysis.tagAt(span.start));
  return creates === undefined
    ? []
    : [{ title: `Create the template “${name}”`, edits: [], creates }];
}

/** Where the variable is meant, `this.x` says so; another name needs no saying. */
export function shadowed(
  { name, span }: ProblemOf<'shadowed-by-helper'>,
  file: TemplateFile,
  folder: FolderIndex,
): Fix[] {
  const tag = file.analysis.tagAt(span.start);
  const same = tag?.kind === 'value';
  const write = { ...replace('Write', span, `this.${name}`), preferred: true, safe: same };
  const block = file.analysis.blocksAt(span.start)[0];
  const close = tag?.kind === 'open' && block?.open === tag ? block.close?.name : undefined;
  const edits = close === undefined ? [] : [{ span: close, text: `this.${name}` }];
  return [{ ...write, edits: [...write.edits, ...edits] }, ...renamed(name, span, file, folder)];
}

function renamed(name: string, span: Span, file: TemplateFile, folder: FolderIndex): Fix[] {
  const target = { kind: 'variable', name, span } as const;
  const better = `${name}_value`;
  if (refused(target, better, file, folder) !== undefined) return [];
  const found = renameEdits(target, better, file, folder);
  // A fix of this file alone; what reaches others is a rename of its own.
  if (found.some((edit) => edit.file !== file)) return [];
  return [{ title: `Rename the variable to “${better}”`, edits: found }];
}

export function suspect({
  span,
  replacement,
}: ProblemOf<'maybe-tag' | 'padded-tag' | 'triple'>): Fix[] {
  return [{ ...replace('Write', span, replacement), preferred: true }];
}

/** The whole file is written one way or the other; a half of each is never meant. */
export function mustache({ span }: ProblemOf<'mustache-in-angle'>, file: TemplateFile): Fix[] {
  const all = file.analysis.document.tags.filter(
    (tag) => tag.kind === 'suspect' && tag.slip === 'mustache',
  );
  const convert = ({ start, end }: Span) => {
    const inner = file.text.slice(start, end).replace(/^\{{2,3}[ \t]*|[ \t]*\}{2,3}$/g, '');
    return { span: { start, end }, text: `<<${inner}>>` };
  };
  return [
    { title: 'Write this tag with << >>', edits: [convert(span)], preferred: true },
    ...(all.length > 1 ? [{ title: 'Write all tags with << >>', edits: all.map(convert) }] : []),
    { title: 'Add “syntax: mustache”', edits: [addKey(file, 'syntax: mustache')] },
  ];
}
