/** Every place where a target of `targetAt` stands, in its own template and in those it is passed to. */
import type { Analysis } from '../analysis.ts';
import type { FolderIndex, TemplateFile } from '../folderIndex.ts';
import type { PartialOpenTag, PartialTag, Span } from '../language/nodes.ts';
import { pathsIn } from './tagWalk.ts';
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
    case 'block':
      return ofBlock(target, template);
    case 'member':
    case 'data':
    case 'helper':
    case 'key':
      return [];
  }
}

function ofVariable(name: string, template: TemplateFile, folder: FolderIndex): Occurrence[] {
  return [...inTemplate(name, template), ...asArgument(name, template, folder)];
}

/** Declaration, samples and body. */
function inTemplate(name: string, template: TemplateFile): Occurrence[] {
  const { frontMatter, variables } = template.analysis;
  const variable = variables.find((known) => known.name === name);
  const { declaration, uses = [] } = variable ?? {};
  const inSamples = (frontMatter?.samples ?? []).flatMap(({ keys }) => keys.get(name) ?? []);
  return [
    ...(declaration === undefined
      ? []
      : [{ template, span: declaration.nameSpan, declares: true }]),
    ...inSamples.map((span) => ({ template, span, declares: false })),
    ...uses.map(({ segment }) => ({ template, span: segment, declares: false })),
  ];
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
  for (const tag of analysis.document.tags) {
    if (tag.start < block.start || tag.end > block.end) continue;
    for (const path of pathsIn(tag)) {
      const meaning = analysis.meaningOf(path);
      const [segment] = path.segments;
      if (segment !== undefined && meaning.kind === 'param' && meaning.param.param === param) {
        found.push({ template, span: segment, declares: false });
      }
    }
  }
  return found;
}

function ofPartial(slug: string, folder: FolderIndex): Occurrence[] {
  const callee = folder.bySlug(slug);
  const calls = [...folder.all()].flatMap((template) =>
    partialCalls(template.analysis, slug).map(({ target }) => ({
      template,
      span: unquoted(target, template.text),
      declares: false,
    })),
  );
  return callee === undefined
    ? calls
    : [{ template: callee, span: slugSpan(callee), declares: true }, ...calls];
}

/** The value of `slug:`, or the very beginning when the file name gives the slug. */
export function slugSpan({ analysis }: TemplateFile): Span {
  const entry = analysis.frontMatter?.entries.find(({ key }) => key === 'slug');
  return entry?.valueSpan ?? { start: 0, end: 0 };
}

function unquoted({ start, end }: Span, text: string): Span {
  const quoted = /["']/.test(text[start] ?? '');
  return quoted ? { start: start + 1, end: end - 1 } : { start, end };
}

function ofBlock(
  { block }: Extract<Target, { kind: 'block' }>,
  template: TemplateFile,
): Occurrence[] {
  const { open, close, branches } = block;
  const elses = branches.flatMap(({ tag }) => (tag.kind === 'else' ? [tag] : []));
  const spans: Span[] = [open.kind === 'open' ? open.call.callee : open, ...elses];
  if (close !== undefined) spans.push(close.name);
  return spans.map((span, i) => ({ template, span, declares: i === 0 }));
}
