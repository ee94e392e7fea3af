/** The edits of a rename, in every file it reaches. */
import type { FolderIndex, TemplateFile } from '../folderIndex.ts';
import { addKey, type Edit } from './frontMatterEdits.ts';
import { type Occurrence, occurrences, type PartialCall, partialCalls } from './occurrences.ts';
import type { Target } from './targets.ts';

export type FileEdit = Edit & { readonly file: TemplateFile };

export function renameEdits(
  target: Extract<Target, { kind: 'variable' | 'argument' | 'param' | 'partial' }>,
  name: string,
  file: TemplateFile,
  folder: FolderIndex,
): FileEdit[] {
  const places = occurrences(target, file, folder);
  switch (target.kind) {
    case 'param':
      return places.map((place) => rewritten(place, name));
    case 'partial':
      return places.map((place) =>
        place.declares ? newSlug(place, name) : rewritten(place, name),
      );
    case 'variable':
      return [
        ...places.map((place) => rewritten(place, name)),
        ...passedOn(target.name, name, file, folder),
      ];
    case 'argument': {
      const callee = folder.bySlug(target.slug);
      if (callee === undefined) return [];
      return [
        ...places.map((place) => rewritten(place, name)),
        ...passedOn(target.name, name, callee, folder),
      ];
    }
  }
}

function rewritten({ template, span }: Occurrence, text: string): FileEdit {
  return { file: template, span, text };
}

/** The slug stays in the front matter from now on, also when it came from the file name: the file is not moved. */
function newSlug(place: Occurrence, slug: string): FileEdit {
  if (place.span.end > place.span.start) return rewritten(place, slug);
  return { file: place.template, ...addKey(place.template, `slug: ${slug}`) };
}

/**
 * A partial sees its caller's variables by their names. Where only one side of such a call is renamed, the value is
 * passed as an argument from now on.
 */
function passedOn(
  before: string,
  after: string,
  file: TemplateFile,
  folder: FolderIndex,
): FileEdit[] {
  const toPartials = [...folder.all()]
    .filter((callee) => callee.uri !== file.uri && needs(callee, before))
    .flatMap((callee) =>
      implicit(file, callee.analysis.slug, before).map((call) =>
        argument(file, call, `${before}=${after}`),
      ),
    );
  const fromCallers = [...folder.all()]
    .filter((caller) => caller.uri !== file.uri && needs(caller, before))
    .flatMap((caller) =>
      implicit(caller, file.analysis.slug, before).map((call) =>
        argument(caller, call, `${after}=${before}`),
      ),
    );
  return [...toPartials, ...fromCallers];
}

function needs({ analysis }: TemplateFile, name: string): boolean {
  return analysis.variables.some((variable) => variable.name === name);
}

/** Calls that do not say what the variable is. */
function implicit({ analysis }: TemplateFile, slug: string, name: string): PartialCall[] {
  return partialCalls(analysis, slug).filter(
    ({ named }) => !named.some((given) => given.name === name),
  );
}

function argument(file: TemplateFile, call: PartialCall, text: string): FileEdit {
  const last = [call.target, ...call.positional, ...call.named].reduce((a, b) =>
    a.end > b.end ? a : b,
  );
  return { file, span: { start: last.end, end: last.end }, text: ` ${text}` };
}
