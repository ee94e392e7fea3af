/** Puts a block around what is selected. */
import { CodeActionKind } from 'vscode-languageserver/node';
import type { Span } from '../../language/nodes.ts';
import type { VariableType } from '../../language/values.ts';
import { closing, opening } from '../candidates.ts';
import { declare, type Edit, indentAt } from '../frontMatterEdits.ts';
import type { Action, Place } from './action.ts';
import { deletion, insertion } from './fix.ts';
import { freeName } from './names.ts';
import { depthAt, outward, outwards, respelled } from './outward.ts';
import { type Selected, selectedPart } from './selected.ts';

const roles = ['system', 'user', 'assistant'] as const;

export function wraps(place: Place): Action[] {
  const part = selectedPart(place);
  if (part === undefined || place.file.text[part.span.start - 1] === '\\') return [];
  const isRole = (name: string) => roles.some((role) => role === name);
  const inRole = part.scope.blocks.some(({ name }) => isRole(name));
  const hasRole = part.tags.some((tag) => tag.kind === 'open' && isRole(tag.call.callee.text));
  const free = inRole || hasRole ? [] : roles;
  return [
    ...conditional(place, part),
    ...repeated(place, part),
    ...verbatim(place, part),
    ...free.map((role) =>
      action(`Wrap in ${role === 'assistant' ? 'an' : 'a'} ${role} message`, () => ({
        edits: wrapped(place, part, role, role).map((edit) => ({ ...edit, file: place.file })),
      })),
    ),
  ];
}

function action(title: string, change: Action['change'], names?: () => number): Action {
  return { title, kind: CodeActionKind.RefactorRewrite, change, names };
}

function conditional(place: Place, part: Selected): Action[] {
  return [
    around(
      place,
      part,
      'if',
      'boolean',
      'condition',
      (name) => `if ${name}`,
      () => [],
    ),
  ];
}

/** Inside of the list's block names are looked up on its items. */
function repeated(place: Place, part: Selected): Action[] {
  const { analysis } = place.file;
  const found = outward(part, analysis);
  if (found.some(({ meaning }) => meaning.kind === 'data')) return [];
  const inner = () => [
    ...found
      .filter(({ meaning }) => meaning.kind !== 'param')
      .flatMap(({ path }) => respelled(path, outwards(path, path.up + 1), analysis)),
    // A partial sees what is around its call.
    ...part.tags.flatMap((tag) =>
      (tag.kind === 'partial' || tag.kind === 'partial-open') &&
      tag.positional.length === 0 &&
      depthAt(tag.target.start, part, analysis) === 0
        ? [insertion(tag.target.end, ' ..')]
        : [],
    ),
  ];
  return [around(place, part, 'each', 'array', 'items', (name) => `each ${name} as |item|`, inner)];
}

function around(
  place: Place,
  part: Selected,
  block: 'if' | 'each',
  type: VariableType,
  usual: string,
  call: (name: string) => string,
  inner: () => readonly Edit[],
): Action {
  const { file } = place;
  const known = file.analysis.frontMatter?.variables.find((variable) => variable.type === type);
  const plain = part.scope.context.kind === 'root';
  const name = known && plain ? known.name : freeName(usual, place, part.scope);
  const path = plain ? name : `@root.${name}`;
  const isNew = known?.name !== name;
  const made = () => [
    ...wrapped(place, part, call(path), block),
    ...inner(),
    ...(isNew ? [declare(file, [[name, type]])] : []),
  ];
  return action(
    `Wrap in ${opening(file.analysis)}#${block}${closing(file.analysis)}`,
    () => ({ edits: made().map((edit) => ({ ...edit, file })) }),
    () => nameOffset(made(), part.span.start, name),
  );
}

/** Where the name stands in the text afterwards. */
export function nameOffset(edits: readonly Edit[], at: number, name: string): number {
  const before = edits.filter(({ span }) => span.end <= at && span.start < at);
  const shift = before.reduce(
    (sum, { span, text }) => sum + text.length - (span.end - span.start),
    0,
  );
  const own = edits.find(({ span, text }) => span.start === at && text.includes(name));
  return at + shift + Math.max(own?.text.indexOf(name) ?? 0, 0);
}

/** Nothing in it is a tag any more. */
function verbatim(place: Place, part: Selected): Action[] {
  const { open } = marks(place);
  if (part.tags.some(({ kind }) => kind === 'raw') || part.text.includes(`${open}/raw`)) return [];
  return [
    action('Wrap in raw: nothing in it is a tag', () => {
      const guards = part.tags.filter(({ kind }) => kind === 'escape').map(deletion);
      const edits = [...wrapped(place, part, 'raw', 'raw'), ...guards];
      return { edits: edits.map((edit) => ({ ...edit, file: place.file })) };
    }),
  ];
}

function marks({ file: { analysis } }: Place) {
  return { open: opening(analysis), close: closing(analysis) };
}

function wrapped(place: Place, { span, lines }: Selected, call: string, name: string): Edit[] {
  const { open, close } = marks(place);
  const { text } = place.file;
  const [before, after] = [`${open}#${call}${close}`, `${open}/${name}${close}`];
  if (!lines) return [insertion(span.start, before), insertion(span.end, after)];
  const indent = indentOf(text, span);
  const ends = text[span.end - 1] === '\n';
  const lineBreak = /\r?\n/.exec(text.slice(span.start))?.[0] ?? '\n';
  return [
    insertion(span.start, `${indent}${before}${lineBreak}`),
    insertion(span.end, ends ? `${indent}${after}${lineBreak}` : after),
  ];
}

function indentOf(text: string, { start }: Span): string {
  const rest = /^[ \t]*/.exec(text.slice(start, start + 200))?.[0] ?? '';
  return indentAt(text, start + rest.length);
}
