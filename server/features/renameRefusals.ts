/** Why something cannot be renamed, or not to that. */
import type { Analysis } from '../analysis.ts';
import type { FolderIndex, TemplateFile } from '../folderIndex.ts';
import type { Path } from '../language/nodes.ts';
import { helperNamed, reservedNames } from '../language/helpers.ts';
import { slugPattern } from '../language/schema.ts';
import { pathsWithin } from './occurrences.ts';
import type { Target } from './targets.ts';

export type Renamable = Extract<
  Target,
  { kind: 'variable' | 'argument' | 'param' | 'partial' | 'inline' | 'sample' }
>;

/** `undefined` when it can be renamed. */
export function unrenamable(target: Target, folder: FolderIndex): string | undefined {
  switch (target.kind) {
    case 'partial':
    case 'argument':
      return folder.bySlug(target.slug) === undefined
        ? `There is no template “${target.slug}” in this folder.`
        : undefined;
    case 'helper':
      return `“${target.name}” is built in and keeps its name.`;
    case 'data':
      return `“@${target.name}” is built in and keeps its name.`;
    case 'key':
    case 'choice':
      return 'This word of the front matter has a fixed meaning.';
    case 'model':
      return 'A model has the name its provider gave it.';
    case 'member':
    case 'property':
      return 'A member is named by the data it comes in. Rename it there, then here.';
    case 'syntax':
    case 'block':
      return 'This cannot be renamed.';
    case 'variable':
    case 'param':
    case 'inline':
    case 'sample':
      return undefined;
  }
}

export function isRenamable(target: Target, folder: FolderIndex): target is Renamable {
  return unrenamable(target, folder) === undefined;
}

export function nameOf(target: Renamable): string {
  switch (target.kind) {
    case 'variable':
    case 'argument':
    case 'inline':
    case 'sample':
      return target.name;
    case 'param':
      return target.param.name;
    case 'partial':
      return target.slug;
  }
}

const words = new Set(['true', 'false', 'null', 'undefined', 'this', 'else', 'as']);
const plainName = /^[^\s!"#%-,./;->@[-^`{-~]+$/;

/** Why the new name cannot be; `undefined` when it can. */
export function refused(
  target: Renamable,
  name: string,
  file: TemplateFile,
  folder: FolderIndex,
): string | undefined {
  if (name === nameOf(target)) return undefined;
  switch (target.kind) {
    case 'partial':
      return refusedSlug(name, folder);
    case 'sample':
      return refusedSample(name, file.analysis);
    case 'inline':
      return refusedInline(name, file.analysis);
    case 'param':
      return refusedName(name) ?? captured(target, name, file);
    case 'variable':
      return refusedName(name) ?? refusedVariable(target.name, name, file);
    case 'argument': {
      const callee = folder.bySlug(target.slug);
      return refusedName(name) ?? (callee && refusedVariable(target.name, name, callee));
    }
  }
}

function refusedSlug(name: string, folder: FolderIndex): string | undefined {
  if (!slugPattern.test(name)) {
    return 'A slug has lower-case letters and digits, with single - or _ between them.';
  }
  return folder.bySlug(name) === undefined ? undefined : `There is a template “${name}” already.`;
}

function refusedSample(name: string, { frontMatter }: Analysis): string | undefined {
  if (!/^[\p{L}_][\p{L}\p{N}_ .-]*$/u.test(name) || words.has(name)) {
    return 'A sample is named in plain words: letters, digits, spaces, _ and -.';
  }
  const taken = frontMatter?.samples.some((sample) => !sample.test && sample.name === name);
  return taken === true ? `There is a sample “${name}” already.` : undefined;
}

function refusedInline(name: string, { document }: Analysis): string | undefined {
  if (!plainName.test(name) || /^\d/.test(name)) return notAName(name);
  const taken = document.tags.some((tag) => tag.kind === 'inline' && tag.name === name);
  return taken ? `This template defines a partial “${name}” already.` : undefined;
}

function refusedName(name: string): string | undefined {
  if (!plainName.test(name) || words.has(name) || /^[\d-]/.test(name)) return notAName(name);
  return reservedNames.has(name) ? `“${name}” is a reserved name.` : undefined;
}

function notAName(name: string): string {
  return `“${name}” cannot be a name: letters, digits, _ and - make one, and it begins with a letter.`;
}

function refusedVariable(before: string, name: string, file: TemplateFile): string | undefined {
  const { analysis, textDocument } = file;
  if (analysis.variables.some((variable) => variable.name === name)) {
    return `There is a variable “${name}” already.`;
  }
  const uses = analysis.variables.find((variable) => variable.name === before)?.uses ?? [];
  for (const { path } of uses) {
    const line = textDocument.positionAt(path.start).line + 1;
    if (isSection(analysis, path) && helperNamed(name) !== undefined) {
      return `In line ${line} it opens a block, where “${name}” would be the helper.`;
    }
  }
  return undefined;
}

function isSection(analysis: Analysis, { start, segments }: Path): boolean {
  const tag = analysis.tagAt(start);
  const opens = tag?.kind === 'open' || tag?.kind === 'else';
  return opens && tag.call?.callee.start === start && segments.length === 1;
}

/** What is called like that inside the block would be the parameter from now on, or the other way round. */
function captured(
  { param, block }: Extract<Target, { kind: 'param' }>,
  name: string,
  { analysis, textDocument }: TemplateFile,
): string | undefined {
  const lineOf = (offset: number) => textDocument.positionAt(offset).line + 1;
  const inside = block.branches[0]?.body.start ?? block.start;
  const own = analysis.scopeAt(inside).params.filter((one) => one.block === block);
  if (own.some((one) => one.param.name === name)) {
    return `This block has a parameter “${name}” already.`;
  }
  for (const path of pathsWithin(block, analysis)) {
    const [first] = path.segments;
    if (first === undefined || path.scoped || path.data || path.start < inside) continue;
    const meaning = analysis.meaningOf(path);
    const isParam = meaning.kind === 'param' && meaning.param.param === param;
    if (first.name === name && !isParam) {
      return `“${name}” is used for something else in line ${lineOf(path.start)}, inside the block.`;
    }
    const hides = analysis.scopeAt(path.start).params.some((one) => one.param.name === name);
    if (isParam && hides) {
      return `In line ${lineOf(path.start)}, where it is used, “${name}” is another block parameter.`;
    }
  }
  return undefined;
}
