/** Every place where a target of `targetAt` stands, in its own template and in those it is passed to. */
import type { Analysis } from '../analysis.ts';
import type { FolderIndex, TemplateFile } from '../folderIndex.ts';
import type { Block, PartialOpenTag, PartialTag, Path, Span } from '../language/nodes.ts';
import type { Declaration } from '../language/values.ts';
import { declarationOf, unquoted } from './frontMatterTargets.ts';
import { pathsIn, upTo } from './tagWalk.ts';
import type { Target } from './targets.ts';

/** `declares`: the place that says what it is, and not only uses it. */
export interface Occurrence {
  readonly template: TemplateFile;
  readonly span: Span;
  readonly declares: boolean;
}

export type PartialCall = PartialTag | PartialOpenTag;

export function occurrences(
  target: Target,
  template: TemplateFile,
  folder: FolderIndex,
): Occurrence[] {
  switch (target.kind) {
    case 'variable':
      return ofVariable(target.name, template, folder);
    case 'argument': {
      const callee = folder.bySlug(target.slug);
      return callee === undefined ? [] : ofVariable(target.name, callee, folder);
    }
    case 'param':
      return ofParam(target, template);
    case 'partial':
      return ofPartial(target.slug, folder);
    case 'inline':
      return ofInline(target, template);
    case 'block':
      return ofBlock(target, template);
    case 'sample':
      return ofSample(target.name, template);
    case 'property':
      return ofMember(target.declaration, template);
    case 'member':
      return ofMember(memberDeclaration(target, template.analysis), template);
    case 'data':
    case 'helper':
    case 'key':
    case 'choice':
    case 'model':
    case 'syntax':
      return [];
  }
}

function ofVariable(name: string, template: TemplateFile, folder: FolderIndex): Occurrence[] {
  return [...inTemplate(name, template), ...asArgument(name, template, folder)];
}

/** Declaration, samples and body. */
export function inTemplate(name: string, template: TemplateFile): Occurrence[] {
  const { frontMatter, variables } = template.analysis;
  const variable = variables.find((known) => known.name === name);
  const { declaration, uses = [] } = variable ?? {};
  const inSamples = (frontMatter?.samples ?? []).flatMap(({ keys }) => keys.get(name) ?? []);
  return [
    ...(declaration === undefined
      ? []
      : [{ template, span: declaration.nameSpan, declares: true }]),
    ...inSamples.map((span) => ({ template, span, declares: false })),
    ...uses.flatMap(({ segment, path }) => used(template, path, segment)),
  ];
}

/** A name in a path, and again in the tag that closes the section it opens. */
function used(template: TemplateFile, path: Path, segment: Span): Occurrence[] {
  const closing = closingSegment(template.analysis, path, segment);
  const spans = closing === undefined ? [segment] : [segment, closing];
  return spans.map((span) => ({ template, span, declares: false }));
}

function closingSegment(analysis: Analysis, path: Path, segment: Span): Span | undefined {
  const [block] = analysis.blocksAt(path.start);
  if (block?.open.kind !== 'open' || block.open.call.callee.start !== path.start) return undefined;
  const at = path.segments.findIndex(({ start }) => start === segment.start);
  return block.close?.name.segments[at];
}

/** `<<> slug name=…>>` in the callers of the template. */
function asArgument(name: string, template: TemplateFile, folder: FolderIndex): Occurrence[] {
  const { slug } = template.analysis;
  return [...folder.all()].flatMap((caller) =>
    partialCalls(caller.analysis, slug).flatMap(({ named }) =>
      named
        .filter((argument) => argument.name === name)
        .map(({ nameSpan }) => ({ template: caller, span: nameSpan, declares: false })),
    ),
  );
}

export function partialCalls({ document }: Analysis, slug: string): PartialCall[] {
  return document.tags.filter(
    (tag): tag is PartialCall =>
      (tag.kind === 'partial' || tag.kind === 'partial-open') && tag.target.name === slug,
  );
}

function ofParam(
  { param, block }: Extract<Target, { kind: 'param' }>,
  template: TemplateFile,
): Occurrence[] {
  const { analysis } = template;
  const found: Occurrence[] = [{ template, span: param, declares: true }];
  for (const path of pathsWithin(block, analysis)) {
    const meaning = analysis.meaningOf(path);
    const [segment] = path.segments;
    if (segment !== undefined && meaning.kind === 'param' && meaning.param.param === param) {
      found.push(...used(template, path, segment));
    }
  }
  return found;
}

/** Paths in the tags of a block, its own among them. */
export function* pathsWithin(block: Span, { document }: Analysis): Iterable<Path> {
  for (const tag of document.tags) {
    if (tag.start >= block.start && tag.end <= block.end) yield* pathsIn(tag);
  }
}

function ofPartial(slug: string, folder: FolderIndex): Occurrence[] {
  const callee = folder.bySlug(slug);
  const calls = [...folder.all()].flatMap((template) => callsOf(slug, template));
  return callee === undefined
    ? calls
    : [{ template: callee, span: slugSpan(callee), declares: true }, ...calls];
}

/** Where the template names a partial, the tag that closes it included. */
export function callsOf(name: string, template: TemplateFile): Occurrence[] {
  const { analysis, text } = template;
  return partialCalls(analysis, name).flatMap((tag) => {
    const block = tag.kind === 'partial-open' ? analysis.blocksAt(tag.start)[0] : undefined;
    const spans = [unquoted(tag.target, text), ...(block?.close ? [block.close.name] : [])];
    return spans.map((span) => ({ template, span, declares: false }));
  });
}

/** The value of `slug:`, or the very beginning when the file name gives the slug. */
export function slugSpan({ analysis }: TemplateFile): Span {
  const entry = analysis.frontMatter?.entries.find(({ key }) => key === 'slug');
  return entry?.valueSpan ?? { start: 0, end: 0 };
}

function ofInline({ name }: { readonly name: string }, template: TemplateFile): Occurrence[] {
  const { analysis, text } = template;
  const declared = analysis.document.tags.flatMap((tag) =>
    tag.kind === 'inline' && tag.name === name
      ? [{ template, span: unquoted(tag.nameSpan, text), declares: true }]
      : [],
  );
  return [...declared, ...callsOf(name, template)];
}

function ofSample(name: string, template: TemplateFile): Occurrence[] {
  const { samples = [], sampleUses = [] } = template.analysis.frontMatter ?? {};
  const declared = samples.filter((sample) => !sample.test && sample.name === name);
  return [
    ...declared.map(({ nameSpan }) => ({ template, span: nameSpan, declares: true })),
    ...sampleUses
      .filter((use) => use.name === name)
      .map(({ span }) => ({ template, span: unquoted(span, template.text), declares: false })),
  ];
}

function memberDeclaration(
  { path }: Extract<Target, { kind: 'member' }>,
  analysis: Analysis,
): Declaration | undefined {
  const meaning = analysis.meaningOf(path);
  return declarationOf('shape' in meaning ? meaning.shape : undefined);
}

function ofMember(declaration: Declaration | undefined, template: TemplateFile): Occurrence[] {
  if (declaration === undefined) return [];
  const { analysis } = template;
  const { name, nameSpan } = declaration;
  const found: Occurrence[] = [{ template, span: nameSpan, declares: true }];
  for (const path of pathsWithin(analysis.document.body, analysis)) {
    for (const [at, segment] of path.segments.entries()) {
      if (segment.name !== name) continue;
      const meaning = analysis.meaningOf(upTo(path, at));
      const shape = declarationOf('shape' in meaning ? meaning.shape : undefined);
      if (shape?.nameSpan.start === nameSpan.start) found.push(...used(template, path, segment));
    }
  }
  return found;
}

function ofBlock({ block }: { readonly block: Block }, template: TemplateFile): Occurrence[] {
  const { open, close, branches } = block;
  const elses = branches.flatMap(({ tag }) => (tag.kind === 'else' ? [tag] : []));
  const spans: Span[] = [nameOfOpening(block), ...elses];
  if (close !== undefined) spans.push(close.name);
  return spans.map((span, i) => ({
    template,
    span,
    declares: i === 0 && open.kind !== 'malformed',
  }));
}

/** What a closing tag repeats. */
export function nameOfOpening({ open }: Block): Span {
  switch (open.kind) {
    case 'open':
      return open.call.callee;
    case 'partial-open':
      return open.target;
    case 'inline':
    case 'malformed':
      return open;
  }
}
