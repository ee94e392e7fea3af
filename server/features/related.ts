/** A variable as it goes through partials: what is one value for an author, whatever it is called in each template. */
import type { FolderIndex, TemplateFile } from '../folderIndex.ts';
import { inTemplate, type Occurrence, type PartialCall, partialCalls } from './occurrences.ts';

export interface RelatedOccurrence extends Occurrence {
  /** The name of an argument that gives it to a partial. */
  readonly argument: boolean;
}

/**
 * Where the variable stands in its template, in the callers that give it by that name or let it through, and in the
 * partials that see it from there.
 */
export function related(
  name: string,
  template: TemplateFile,
  folder: FolderIndex,
): RelatedOccurrence[] {
  const found: RelatedOccurrence[] = [];
  const seen = new Set<TemplateFile>();
  const waiting = [template];
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    if (seen.has(file)) continue;
    seen.add(file);
    found.push(...inTemplate(name, file).map((place) => ({ ...place, argument: false })));
    found.push(...argumentsOf(name, file, folder));
    waiting.push(...passing(name, file, folder));
  }
  return found;
}

function argumentsOf(name: string, file: TemplateFile, folder: FolderIndex): RelatedOccurrence[] {
  return [...folder.all()].flatMap((caller) =>
    partialCalls(caller.analysis, file.analysis.slug).flatMap(({ named }) =>
      named
        .filter((argument) => argument.name === name)
        .map(({ nameSpan }) => ({
          template: caller,
          span: nameSpan,
          declares: false,
          argument: true,
        })),
    ),
  );
}

/** Templates that share the variable with this one because a call does not say what it is. */
function passing(name: string, file: TemplateFile, folder: FolderIndex): TemplateFile[] {
  return [...folder.all()].filter(
    (other) => other.uri !== file.uri && knows(other, name) && shares(other, file, name),
  );
}

function shares(one: TemplateFile, other: TemplateFile, name: string): boolean {
  return implicit(one, other.analysis.slug, name) || implicit(other, one.analysis.slug, name);
}

function implicit({ analysis }: TemplateFile, slug: string, name: string): boolean {
  return partialCalls(analysis, slug).some((call) => !gives(call, name));
}

function gives({ named }: PartialCall, name: string): boolean {
  return named.some((argument) => argument.name === name);
}

function knows({ analysis }: TemplateFile, name: string): boolean {
  return analysis.variables.some((variable) => variable.name === name);
}
