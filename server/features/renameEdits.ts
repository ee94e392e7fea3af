/** The edits of a rename, in every file it reaches. */
import type { RenameFile } from 'vscode-languageserver/node';
import { extension } from '../files.ts';
import type { FolderIndex, TemplateFile } from '../folderIndex.ts';
import { addKey } from './frontMatterEdits.ts';
import { type Occurrence, occurrences, type PartialCall, partialCalls } from './occurrences.ts';
import type { Renamable } from './renameRefusals.ts';
import type { FileEdit } from './workspaceEdits.ts';

export function renameEdits(
  target: Renamable,
  name: string,
  file: TemplateFile,
  folder: FolderIndex,
  moved?: RenameFile,
): FileEdit[] {
  const places = occurrences(target, file, folder);
  switch (target.kind) {
    case 'param':
    case 'inline':
    case 'sample':
      return places.map((place) => rewritten(place, name));
    case 'partial':
      return places
        .filter(({ declares }) => !declares || moved === undefined)
        .map((place) => (place.declares ? newSlug(place, name) : rewritten(place, name)));
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

/** The file takes the name when that is what gives the template its slug; `undefined`: the front matter says it. */
export function renameOfFile(
  target: Renamable,
  slug: string,
  folder: FolderIndex,
): RenameFile | undefined {
  const callee = target.kind === 'partial' ? folder.bySlug(target.slug) : undefined;
  if (callee === undefined || callee.uri.startsWith('untitled:')) return undefined;
  const newUri = `${callee.uri.slice(0, callee.uri.lastIndexOf('/') + 1)}${slug}${extension}`;
  const written = callee.analysis.frontMatter?.settings.slug !== undefined;
  if (written || folder.get(newUri) !== undefined) return undefined;
  return { kind: 'rename', oldUri: callee.uri, newUri, options: { overwrite: false } };
}

/** In the front matter, from now on also where it came from the file name. */
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
