/** What stands at a place of the front matter. */
import type { Analysis } from '../analysis.ts';
import type { Span } from '../language/nodes.ts';
import { schemaAt } from '../language/schema.ts';
import type { Declaration, Shape } from '../language/values.ts';
import { contains } from './feature.ts';
import type { Target } from './targets.ts';

export function frontMatterTarget(analysis: Analysis, offset: number): Target | undefined {
  const { frontMatter } = analysis;
  if (frontMatter === undefined) return undefined;
  for (const { name, nameSpan } of frontMatter.variables) {
    if (contains(nameSpan, offset)) return { kind: 'variable', name, span: nameSpan };
  }
  for (const { name, nameSpan, keys, test } of frontMatter.samples) {
    if (!test && contains(nameSpan, offset)) return { kind: 'sample', name, span: nameSpan };
    for (const [key, span] of keys) {
      if (contains(span, offset)) return { kind: 'variable', name: key, span };
    }
  }
  const use = frontMatter.sampleUses.find(({ span }) => contains(span, offset));
  if (use !== undefined) return { kind: 'sample', ...use };
  return property(frontMatter.variables, offset) ?? keyOrValue(analysis, offset);
}

/** A declared member of a variable. */
function property(shapes: readonly Shape[], offset: number): Target | undefined {
  for (const shape of shapes) {
    const members = [...(shape.properties ?? []), ...(shape.items?.properties ?? [])];
    const declaration = members.find(({ nameSpan }) => contains(nameSpan, offset));
    if (declaration !== undefined) {
      return { kind: 'property', declaration, span: declaration.nameSpan };
    }
    const inner = property(
      [...members, ...(shape.items === undefined ? [] : [shape.items])],
      offset,
    );
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** A key that has a meaning, the slug, or a value that is one of a few. */
function keyOrValue(analysis: Analysis, offset: number): Target | undefined {
  const { frontMatter, text } = analysis;
  const slug = frontMatter?.entries.find(({ key }) => key === 'slug')?.valueSpan;
  if (slug !== undefined && slug.end > slug.start && contains(slug, offset)) {
    return { kind: 'partial', slug: analysis.slug, span: unquoted(slug, text) };
  }
  const cursor = analysis.cursorAt(offset);
  if (cursor.kind === 'key') {
    const name = text.slice(cursor.replace.start, cursor.replace.end);
    const path = [...cursor.path, name];
    const known = cursor.closed && schemaAt(path) !== undefined;
    return known ? { kind: 'key', path, span: cursor.replace } : undefined;
  }
  if (cursor.kind !== 'value-of') return undefined;
  const value = text.slice(cursor.replace.start, cursor.replace.end).replaceAll(/^["']|["']$/g, '');
  if (cursor.path.length === 1 && cursor.path[0] === 'model' && value !== '') {
    return { kind: 'model', id: value, span: cursor.replace };
  }
  const choices = schemaAt(cursor.path)?.choices ?? [];
  const choice = choices.find((one) => String(one.value) === value);
  return choice && { kind: 'choice', path: cursor.path, choice, span: cursor.replace };
}

export function unquoted({ start, end }: Span, text: string): Span {
  const quoted = /["']/.test(text[start] ?? '');
  return quoted ? { start: start + 1, end: end - 1 } : { start, end };
}

/** Of what a path stands for: where the front matter declares it. */
export function declarationOf(shape: Shape | undefined): Declaration | undefined {
  return shape !== undefined && 'nameSpan' in shape ? (shape as Declaration) : undefined;
}
