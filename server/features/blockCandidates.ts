/** Blocks as a whole, `else`, and the closing tag of the innermost open block. */
import type { Analysis } from '../analysis.ts';
import type { Block, Node, Span } from '../language/nodes.ts';
import {
  type Candidate,
  choice,
  closing,
  type CursorOf,
  escaped,
  type NameCursor,
  opening,
} from './candidates.ts';
import type { VariableType } from '../language/values.ts';
import type { Source } from '../language/source.ts';
import { namesOfTypes, typeName } from './nameCandidates.ts';

interface BlockForm {
  readonly name: string;
  readonly detail: string;
  /** Variables of these types are offered for its argument; no argument when absent. */
  readonly over?: readonly VariableType[];
  /** Stands for the argument when no variable fits. */
  readonly placeholder?: string;
  readonly params?: string;
}

const anything: readonly VariableType[] = [
  'boolean',
  'string',
  'text',
  'number',
  'integer',
  'array',
  'object',
  'any',
];

const forms: readonly BlockForm[] = [
  { name: 'if', detail: 'when it is true or not empty', over: anything, placeholder: 'condition' },
  { name: 'unless', detail: 'when it is false or empty', over: anything, placeholder: 'condition' },
  { name: 'each', detail: 'for each item', over: ['array', 'object'], placeholder: 'items' },
  { name: 'with', detail: 'inside a value', over: ['object'], placeholder: 'object' },
  { name: 'system', detail: 'a system message' },
  { name: 'user', detail: 'a user message' },
  { name: 'assistant', detail: 'an answer of the model' },
  { name: 'raw', detail: 'text in which nothing is a tag' },
];

/** After `<<#` or `<<^`, or right after `<<` with the `#` still to come. */
export function blockCandidates(analysis: Analysis, cursor: NameCursor): Candidate[] {
  const sigil = cursor.place === 'block' ? '' : '#';
  const begun = blockBegunAt(analysis, cursor.replace.start);
  const names = namesOfTypes(analysis, cursor.replace.start);
  return forms.map((form, i) => ({
    label: `${sigil}${form.name}`,
    kind: 'block',
    detail: form.detail,
    subject: { about: 'helper', name: form.name },
    ...(begun && hasClose(begun, form.name)
      ? nameOnly(form, sigil)
      : wholeBlock(analysis, cursor, form, sigil, names)),
    rank: 6.1 + i / 10,
  }));
}

/** The block whose opening tag is being edited. */
function blockBegunAt(analysis: Analysis, offset: number) {
  return analysis.blocksAt(offset).find(({ open }) => open.start < offset && offset <= open.end);
}

/** It is closed, or a closing tag waits in it for the name that is just being written. */
function hasClose({ close, branches }: Block, name: string): boolean {
  const waits = (node: Node) => node.kind === 'close' && node.name.text === name;
  return close !== undefined || branches.some(({ children }) => children.some(waits));
}

function nameOnly({ name }: BlockForm, sigil: string) {
  return { text: `${sigil}${name}` };
}

type NamesOfTypes = ReturnType<typeof namesOfTypes>;

function wholeBlock(
  analysis: Analysis,
  cursor: NameCursor,
  form: BlockForm,
  sigil: string,
  names: NamesOfTypes,
) {
  const { source } = analysis;
  const [open, close] = [opening(analysis), closing(analysis)];
  const closer = cursor.closed ? closerAt(source, cursor.replace.end, close) : 0;
  const replace = { start: cursor.replace.start, end: cursor.replace.end + closer };
  const argument = form.over === undefined ? '' : ` ${argumentOf(form, names)}`;
  const gap = standsAlone(source, replace) ? '\n' : '';
  const head = `${sigil}${form.name}`;
  const tail = form.over === undefined ? close : ' ';
  return {
    text: cursor.closed ? head : `${head}${tail}`,
    snippet: [
      `${escaped(head)}${argument}${escaped(close)}`,
      '$0',
      escaped(`${open}/${form.name}${close}`),
    ].join(gap),
    snippetReplace: replace,
  };
}

/** After `<<#`, with the `*` still to come, or after `<<#*`. */
export function inlineCandidate(
  analysis: Analysis,
  cursor: NameCursor | CursorOf<'inline'>,
  sigil: '*' | '',
): Candidate {
  const { source } = analysis;
  const [open, close] = [opening(analysis), closing(analysis)];
  const closer = cursor.closed ? closerAt(source, cursor.replace.end, close) : 0;
  const replace = { start: cursor.replace.start, end: cursor.replace.end + closer };
  const begun = blockBegunAt(analysis, cursor.replace.start);
  const label = `${sigil}inline`;
  const common = { label, kind: 'block', detail: 'a partial of this template', rank: 7 } as const;
  if (begun?.close !== undefined) return { ...common, text: label };
  const gap = standsAlone(source, replace) ? '\n' : '';
  return {
    ...common,
    text: `${label} ""${cursor.closed ? '' : close}`,
    snippet: [
      `${label} "\${1:name}"${escaped(close)}`,
      '$0',
      escaped(`${open}/inline${close}`),
    ].join(gap),
    snippetReplace: replace,
  };
}

function argumentOf({ over = [], placeholder = 'value' }: BlockForm, names: NamesOfTypes): string {
  return choice(1, names(over).slice(0, 20), placeholder);
}

/** How long the closing pair is that follows, with white space and `~` before it. */
function closerAt(source: Source, offset: number, close: string): number {
  const rest = source.slice(offset, offset + 20);
  const at = rest.indexOf(close);
  return /^[ \t]*~?$/.test(rest.slice(0, Math.max(at, 0))) && at >= 0 ? at + close.length : 0;
}

/** How much of a line is looked at. */
const enough = 1000;

/** Nothing else is on the line of the tag. */
function standsAlone(source: Source, { start, end }: Span): boolean {
  const behind = source.slice(Math.max(0, start - enough), start);
  const before = behind.slice(behind.lastIndexOf('\n') + 1);
  const [after = ''] = source.slice(end, end + enough).split('\n', 1);
  return /^\s*(?:<<|\{\{)~?(?:[#^]|#\*)?$/.test(before) && after.trim() === '';
}

/** `else` and the closing tag, right after `<<` inside a block. */
export function continuing(analysis: Analysis, cursor: NameCursor, offset: number): Candidate[] {
  const block = analysis.blocksAt(offset).find(({ open }) => open.end <= cursor.replace.start);
  if (block === undefined || cursor.owner.length > 0) return [];
  const end = cursor.closed ? '' : closing(analysis);
  const close: Candidate = {
    label: `/${block.name}`,
    kind: 'keyword',
    detail: 'closes the block',
    text: `/${block.name}${end}`,
    rank: 4,
  };
  const takesElse = block.open.kind === 'open' && !/^(?:system|user|assistant)$/.test(block.name);
  if (!takesElse) return [close];
  const rank = 4.1;
  return [
    close,
    { label: 'else', kind: 'keyword', detail: 'otherwise', text: `else${end}`, rank },
    {
      label: 'else if',
      kind: 'keyword',
      detail: 'otherwise, when',
      text: 'else if ',
      snippet: `else if $1${escaped(end)}`,
      rank,
    },
  ];
}

/** After `<</`: the innermost open block first, then the ones around it. */
export function closeCandidates(analysis: Analysis, cursor: CursorOf<'close'>): Candidate[] {
  const end = cursor.closed ? '' : closing(analysis);
  const open = analysis
    .blocksAt(cursor.replace.start)
    .filter((block) => block.open.end <= cursor.replace.start);
  const first = cursor.block ?? open[0];
  const names = new Set([first, ...open].flatMap((block) => block?.name || []));
  return [...names].map((name, i) => ({
    label: name,
    kind: 'keyword',
    detail: i === 0 ? 'closes the innermost block' : 'closes a block around it',
    text: `${name}${end}`,
    rank: i,
  }));
}

/** After `else `: blocks an else can go on with. */
export function elseCandidates(cursor: NameCursor): Candidate[] {
  return forms
    .filter(({ over }) => over !== undefined)
    .map((form, i) => ({
      label: form.name,
      kind: 'block',
      detail: form.detail,
      text: cursor.closed ? form.name : `${form.name} `,
      snippet: `${form.name} $0`,
      rank: i,
    }));
}

/** Variables a section can be about: `<<#items>>`. */
export function sectionCandidates(analysis: Analysis): Candidate[] {
  return (analysis.frontMatter?.variables ?? [])
    .filter(({ type }) => ['array', 'object', 'boolean', 'any'].includes(type))
    .map((variable) => ({
      label: variable.name,
      kind: 'variable',
      detail: typeName(variable),
      subject: { about: 'variable', name: variable.name },
      rank: 8,
    }));
}
