/** What is said of a variable, helper, partial or key, in Markdown: for hover and for completion. */
import type { Analysis } from '../analysis.ts';
import type { FolderIndex, TemplateFile } from '../folderIndex.ts';
import { schemaAt } from '../language/schema.ts';
import type { Shape, Value } from '../language/values.ts';
import type { Subject } from './candidates.ts';
import { helperDocumentation } from './helperCandidates.ts';
import { partialCalls } from './occurrences.ts';

/** `undefined`: there is nothing to say. */
export function documentationOf(
  subject: Subject,
  { analysis, textDocument }: TemplateFile,
  folder: FolderIndex,
): string | undefined {
  switch (subject.about) {
    case 'variable':
      return paragraphs(
        variableText(subject.name, analysis, (at) => textDocument.positionAt(at).line + 1),
        givenText(subject.name, analysis, folder),
      );
    case 'helper':
      return helperDocumentation(subject.name);
    case 'partial':
      return partialText(subject.slug, folder);
    case 'key':
      return keyText(subject.path);
  }
}

function variableText(
  name: string,
  analysis: Analysis,
  lineOf: (offset: number) => number,
): string {
  const variable = analysis.variables.find((known) => known.name === name);
  const declaration = variable?.declaration;
  if (declaration === undefined) {
    return paragraphs(
      `**${escape(name)}** — not declared`,
      'A run asks for it as text. Declare it under `variables` to give it a type, a description or a default.',
    );
  }
  const uses = variable?.uses.length ?? 0;
  const used =
    uses === 0 ? 'not used in the body' : uses === 1 ? 'used once' : `used ${uses} times`;
  return paragraphs(
    shapeText(name, declaration),
    setIn(name, analysis),
    `Declared in line ${lineOf(declaration.nameSpan.start)}, ${used}.`,
  );
}

/** The head line, the description and the facts of a value. */
export function shapeText(name: string, shape: Shape): string {
  const { description, required, sensitive } = shape;
  const items = shape.items === undefined ? '' : ` of ${shape.items.type}`;
  const traits = [
    `\`${shape.type}${items}\``,
    shape.default === undefined ? (required ? 'required' : 'optional') : undefined,
    sensitive === true ? 'sensitive' : undefined,
  ];
  return paragraphs(
    `**${escape(name)}** — ${traits.filter(Boolean).join(', ')}`,
    description === undefined ? undefined : escape(description),
    facts(shape).join('  \n'),
  );
}

function facts(shape: Shape): string[] {
  const lines: [label: string, text: string | undefined][] = [
    ['Default', value(shape.default)],
    ['Example', value(shape.example)],
    ['One of', shape.enum?.map((one) => value(one)).join(', ')],
    ['At least', value(shape.min)],
    ['At most', value(shape.max)],
    ['Pattern', value(shape.pattern)],
    ['From', value(shape.from)],
    ['Members', shape.properties?.map((member) => `\`${member.name}\` ${member.type}`).join(', ')],
  ];
  return lines.flatMap(([label, text]) => (text ? [`${label}: ${text}`] : []));
}

/** Which samples give the variable a value. */
function setIn(name: string, { frontMatter }: Analysis): string | undefined {
  const lines = (frontMatter?.samples ?? []).flatMap((sample) => {
    const text = Object.hasOwn(sample.values, name) ? value(sample.values[name]) : undefined;
    return text === undefined ? [] : [`In sample \`${sample.name}\`: ${text}`];
  });
  return lines.length === 0 ? undefined : lines.slice(0, 5).join('  \n');
}

/** Which callers give the variable a value, by name or because they have one of that name. */
function givenText(name: string, analysis: Analysis, folder: FolderIndex): string | undefined {
  const lines = [...folder.all()].flatMap((caller) => {
    const calls = partialCalls(caller.analysis, analysis.slug);
    if (caller.uri === analysis.uri || calls.length === 0) return [];
    const given = calls.flatMap(({ named }) => named.filter((argument) => argument.name === name));
    const [first] = given;
    if (first !== undefined) {
      const written = caller.text.slice(first.start, first.end);
      return [`Given by \`${caller.analysis.slug}\`: ${code(written)}`];
    }
    const own = caller.analysis.frontMatter?.variables.find((one) => one.name === name);
    return own === undefined ? [] : [`From \`${caller.analysis.slug}\`: \`${own.type}\``];
  });
  return lines.length === 0 ? undefined : lines.slice(0, 5).join('  \n');
}

function partialText(slug: string, folder: FolderIndex): string | undefined {
  const template = folder.bySlug(slug);
  if (template === undefined) return undefined;
  const { name, description, variables } = template.analysis.describe();
  const { start, end } = template.analysis.document.body;
  return paragraphs(
    `**${escape(name)}** — \`${slug}\``,
    description === undefined ? undefined : escape(description),
    variables
      .map((one) => `\`${one.name}\` ${one.type}${one.required ? ', required' : ''}`)
      .join('  \n'),
    excerpt(template.text.slice(start, end)),
  );
}

/** The first lines of a template, as code. */
export function excerpt(text: string): string {
  const lines = text.trim().split('\n');
  const shown = lines.slice(0, 8).join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}prompt-template\n${shown}${lines.length > 8 ? '\n…' : ''}\n${fence}`;
}

function keyText(path: readonly (string | number)[]): string | undefined {
  const schema = schemaAt(path);
  if (schema === undefined) return undefined;
  const choices = schema.choices?.map((choice) => `\`${choice.value}\` — ${choice.description}`);
  return paragraphs(
    `**${schema.key}** — ${schema.kinds.join(' or ')}${schema.required === true ? ', required' : ''}`,
    schema.description,
    choices?.join('  \n'),
  );
}

/** A value on one line, shortened; as code. */
function value(of: Value | undefined): string | undefined {
  if (of === undefined) return undefined;
  const text = JSON.stringify(of);
  return code(text.length > 120 ? `${text.slice(0, 120)}…` : text);
}

function code(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  return fence.length === 1 ? `\`${text}\`` : `${fence} ${text} ${fence}`;
}

/** Of backticks. */
function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** Text that Markdown shows as it is written. */
function escape(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}

function paragraphs(...texts: readonly (string | undefined)[]): string {
  return texts.filter(Boolean).join('\n\n');
}
