/** Makes a template of its own of what is selected. */
import { CodeActionKind } from 'vscode-languageserver/node';
import type { Tag } from '../../language/nodes.ts';
import { closing, opening } from '../candidates.ts';
import type { ShapeText } from '../frontMatterEdits.ts';
import type { Action, Place } from './action.ts';
import { slugFor } from './names.ts';
import { freeUri, frontMatter } from './newPartial.ts';
import { outward } from './outward.ts';
import { handedOver } from './partialArguments.ts';
import { type Selected, selectedPart } from './selected.ts';

export function extractPartial(place: Place): Action[] {
  const { file, createsFiles } = place;
  const part = createsFiles ? selectedPart(place) : undefined;
  if (part === undefined || dependsOnPlace(part, place)) return [];
  const slug = freeSlug(slugFor(wordsOf(part)), place);
  const uri = freeUri(slug, file, place.folder);
  if (uri === undefined) return [];
  const change = () => {
    const { analysis, text } = file;
    const { span, lines } = part;
    const { edits, given, needed } = handedOver(outward(part, analysis), file);
    let body = '';
    let from = span.start;
    for (const edit of edits) {
      body += text.slice(from, edit.span.start) + edit.text;
      from = edit.span.end;
    }
    body += text.slice(from, span.end);
    const named = [...given].map(([name, { value }]) => ` ${name}=${value}`).join('');
    const call = `${opening(analysis)}> ${slug}${named}${closing(analysis)}`;
    const ending = lines ? (/\r?\n$/.exec(part.text)?.[0] ?? '') : '';
    const variables: (readonly [string, ShapeText])[] = [
      ...needed,
      ...[...given].map(([name, { type }]) => [name, type] as const),
    ];
    const creates = { uri, text: frontMatter(slug, variables, analysis.document.syntax) + body };
    return { edits: [{ file, span, text: call + ending }], creates };
  };
  const title = `Extract to the partial “${slug}”`;
  return [{ title, kind: CodeActionKind.RefactorExtract, change }];
}

/** What is said between the tags. */
function wordsOf({ span, tags, text }: Selected): string {
  let words = '';
  let from = span.start;
  for (const { start, end } of tags) {
    words += `${text.slice(from - span.start, start - span.start)} `;
    from = end;
  }
  return words + text.slice(from - span.start);
}

function freeSlug(wanted: string, { folder, file }: Place): string {
  let slug = wanted;
  for (let count = 2; !isFree(slug); count++) slug = `${wanted}-${count}`;
  return slug;
  function isFree(one: string): boolean {
    return folder.bySlug(one) === undefined && freeUri(one, file, folder) !== undefined;
  }
}

/** In a file of its own it would render otherwise, or not at all. */
function dependsOnPlace({ tags, lines, trimmed, ...part }: Selected, { file }: Place): boolean {
  const { text } = file;
  const { document } = file.analysis;
  const inline = new Set(document.tags.flatMap((tag) => (tag.kind === 'inline' ? [tag.name] : [])));
  const callsInline = tags.some(
    (tag) =>
      (tag.kind === 'partial' || tag.kind === 'partial-open') &&
      (inline.has(tag.target.name ?? '') || tag.target.name === '@partial-block'),
  );
  const atEdge = (tag: Tag) => tag.start === trimmed.start || tag.end === trimmed.end;
  const standsAlone = (tag: Tag) =>
    tag.kind !== 'value' && tag.kind !== 'escape' && tag.kind !== 'raw';
  const halfLines =
    !lines && /\n/.test(part.text) && tags.some((tag) => atEdge(tag) && standsAlone(tag));
  const strips = (tag: Tag | undefined, side: 'stripBefore' | 'stripAfter') =>
    tag !== undefined &&
    side in tag &&
    (tag as { readonly stripBefore: boolean; readonly stripAfter: boolean })[side];
  const before = document.tags.findLast(({ end }) => end <= trimmed.start);
  const after = document.tags.find(({ start }) => start >= trimmed.end);
  const [first] = tags;
  return (
    callsInline ||
    text.startsWith('\\', trimmed.start - 1) ||
    halfLines ||
    strips(before, 'stripAfter') ||
    strips(after, 'stripBefore') ||
    (first?.start === trimmed.start && strips(first, 'stripBefore')) ||
    (tags.at(-1)?.end === trimmed.end && strips(tags.at(-1), 'stripAfter'))
  );
}
