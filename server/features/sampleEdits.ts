/** Edits of the values in samples and tests. */
import { stringify } from 'yaml';
import type { TemplateFile } from '../folderIndex.ts';
import type { Span } from '../language/nodes.ts';
import type { Context, Sample, Value } from '../language/values.ts';
import type { YamlNode } from '../language/yamlTree.ts';
import { addKey, type Edit } from './frontMatterEdits.ts';

type Path = readonly (string | number)[];

/** Adds values to the map at a path of a sample; `undefined` when there is none. */
export function addValues(
  { text }: TemplateFile,
  sample: Sample,
  path: Path,
  values: Context,
): Edit | undefined {
  const at = nodeAt(sample.node, path);
  if (!at || (at.node.kind !== 'map' && at.node.value !== null)) return undefined;
  const { node } = at;
  const owner = at.key ?? sample.nameSpan;
  const first = node.entries[0];
  const end = contentEnd(text, node);
  if (first && text[node.start] === '{') {
    const before = text.slice(node.start, end - 1).trimEnd().length + node.start;
    return { span: { start: before, end: before }, text: `, ${flow(values)}` };
  }
  if (first) {
    const indent = indentAt(text, first.keySpan.start);
    return { span: { start: end, end }, text: `\n${block(values, indent)}` };
  }
  const isTest = sample.test && node === sample.node && sample.nameSpan.end >= node.start;
  if (isTest) return testValues(text, sample, values);
  const indent = `${indentAt(text, owner.start)}  `;
  const stop = Math.max(end, owner.end + 1);
  return { span: { start: owner.end, end: stop }, text: `:\n${block(values, indent)}` };
}

/** A test that had only the values of its sample gets some of its own. */
function testValues(text: string, { nameSpan, node }: Sample, values: Context): Edit {
  const column = nameSpan.start - (text.lastIndexOf('\n', nameSpan.start - 1) + 1);
  const indent = ' '.repeat(column);
  const { end } = node;
  return { span: { start: end, end }, text: `\n${indent}values:\n${block(values, `${indent}  `)}` };
}

/** Takes a value out, with its line where it has one to itself. */
export function removeValue({ text }: TemplateFile, sample: Sample, path: Path): Edit | undefined {
  const at = nodeAt(sample.node, path);
  const owner = nodeAt(sample.node, path.slice(0, -1))?.node;
  if (!at?.key || !owner) return undefined;
  const span = { start: at.key.start, end: Math.max(at.key.end, contentEnd(text, at.node)) };
  if (owner.entries.length === 1 && text[owner.start] !== '{') {
    return { span: { start: owner.start, end: contentEnd(text, owner) }, text: '{}' };
  }
  return { span: text[owner.start] === '{' ? inFlow(text, span) : lines(text, span), text: '' };
}

/** Puts another value in the place of the one at a path. */
export function replaceValue(
  { text }: TemplateFile,
  sample: Sample,
  path: Path,
  value: Value,
): Edit | undefined {
  const at = nodeAt(sample.node, path);
  if (!at) return undefined;
  const end = contentEnd(text, at.node);
  const start = Math.min(at.node.start, end);
  const space = at.key?.end === start - 1 ? ' ' : '';
  return { span: { start, end: Math.max(start, end) }, text: space + flowValue(value) };
}

/** A new sample at the end of the others, under a name that is free. */
export function addSample(template: TemplateFile, values: Context): { name: string; edit: Edit } {
  const { analysis, text } = template;
  const { frontMatter } = analysis;
  const taken = new Set((frontMatter?.samples ?? []).map((sample) => sample.name));
  let name = 'generated';
  for (let count = 2; taken.has(name); count++) name = `generated_${count}`;
  const entry = frontMatter?.entries.find(({ key }) => key === 'samples');
  const last = frontMatter?.samples.findLast(({ test }) => !test);
  if (!entry) {
    return { name, edit: addKey(template, `samples:\n${block({ [name]: values }, '  ')}`) };
  }
  if (!last) {
    const { start, end } = entry.valueSpan;
    const stop = Math.max(entry.keySpan.end + 1, start + text.slice(start, end).trimEnd().length);
    const edit = {
      span: { start: entry.keySpan.end, end: stop },
      text: `:\n${block({ [name]: values }, '  ')}`,
    };
    return { name, edit };
  }
  if (text[entry.valueSpan.start] === '{') {
    const end = contentEnd(text, last.node);
    return { name, edit: { span: { start: end, end }, text: `, ${flow({ [name]: values })}` } };
  }
  const end = contentEnd(text, { ...last.node, start: last.nameSpan.start });
  const indent = indentAt(text, last.nameSpan.start);
  return {
    name,
    edit: { span: { start: end, end }, text: `\n${block({ [name]: values }, indent)}` },
  };
}

function nodeAt(root: YamlNode, path: Path): { node: YamlNode; key?: Span } | undefined {
  let node: YamlNode | undefined = root;
  let key: Span | undefined;
  for (const step of path) {
    const parent: YamlNode = node;
    const entry = parent.entries.find((one) => one.key === step);
    key = entry?.keySpan;
    node = typeof step === 'number' ? parent.items[step] : entry?.value;
    if (!node) return undefined;
  }
  return key ? { node, key } : { node };
}

/** What YAML counts to a block ends with its last line break. */
function contentEnd(text: string, { start, end }: Span): number {
  return start + text.slice(start, end).trimEnd().length;
}

function lines(text: string, { start, end }: Span): Span {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const found = text.indexOf('\n', end);
  return { start: lineStart, end: found < 0 ? text.length : found + 1 };
}

/** With one of the commas around it. */
function inFlow(text: string, { start, end }: Span): Span {
  const after = /^\s*,\s*/.exec(text.slice(end))?.[0].length;
  if (after !== undefined) return { start, end: end + after };
  const before = /,?\s*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  return { start: start - before, end };
}

/** YAML, one line per value, without a line break at the end. */
function block(values: Context, indent: string): string {
  const yaml = stringify(values, { lineWidth: 0 }).trimEnd();
  return yaml.replaceAll(/^(?=.)/gm, indent);
}

function flow(values: Context): string {
  return Object.entries(values)
    .map(([name, value]) => `${flowValue(name)}: ${flowValue(value)}`)
    .join(', ');
}

function flowValue(value: Value): string {
  const plain = typeof value === 'string' && /^[\p{L}_][\p{L}\p{N}_ -]*$/u.test(value);
  const yaml = plain ? stringify(value, { lineWidth: 0 }).trimEnd() : '';
  return yaml !== '' && !yaml.includes('\n') ? yaml : JSON.stringify(value);
}

function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  // The first key after a list's dash: its siblings stand below it.
  return line.replace(/[^\s]/g, ' ');
}
