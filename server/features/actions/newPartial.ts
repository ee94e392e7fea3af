/** The file of a template that does not exist yet. */

import { extension } from '../../files.ts';
import type { FolderIndex, TemplateFile } from '../../folderIndex.ts';
import type { Tag } from '../../language/nodes.ts';
import { slugPattern } from '../../language/schema.ts';
import { declarations, type ShapeText } from '../frontMatterEdits.ts';
import type { NewFile } from '../workspaceEdits.ts';

/** “Code Review” for `code_review`. */
export function titleOf(slug: string): string {
  const words = slug.split(/[-_]/).filter(Boolean);
  return words.map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`).join(' ') || 'Prompt';
}

/** Beside the template that calls it. `undefined`: no file can have that slug. */
export function newPartial(
  slug: string,
  caller: TemplateFile,
  folder: FolderIndex,
  call: Tag | undefined,
): NewFile | undefined {
  const uri = freeUri(slug, caller, folder);
  if (uri === undefined) return undefined;
  const named = call?.kind === 'partial' || call?.kind === 'partial-open' ? call.named : [];
  const types = named.map(({ name, value }) => [name, typeOf(value)] as const);
  return { uri, text: frontMatter(slug, types, caller.analysis.document.syntax) };
}

/** Where a file that gives the slug by its name can be made. */
export function freeUri(
  slug: string,
  { uri }: TemplateFile,
  folder: FolderIndex,
): string | undefined {
  if (!slugPattern.test(slug) || !/^[a-z][a-z\d+.-]*:\/\//i.test(uri)) return undefined;
  const found = `${uri.slice(0, uri.lastIndexOf('/') + 1)}${slug}${extension}`;
  return folder.get(found) === undefined ? found : undefined;
}

export function frontMatter(
  slug: string,
  variables: readonly (readonly [name: string, shape: ShapeText])[],
  syntax: 'angle' | 'mustache',
): string {
  const lines = [`name: ${titleOf(slug)}`];
  if (variables.length > 0) lines.push('variables:', declarations(variables, '  '));
  if (syntax === 'mustache') lines.push('syntax: mustache');
  return `---\n${lines.join('\n')}\n---\n`;
}

function typeOf(value: { readonly kind: string; readonly value?: unknown }): string {
  if (value.kind !== 'literal') return 'any';
  switch (typeof value.value) {
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'string':
      return 'string';
    default:
      return 'any';
  }
}
