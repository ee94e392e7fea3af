/** Values that a key of the front matter allows, in the place of one that it does not. */
import type { TemplateFile } from '../../folderIndex.ts';
import type { ProblemOf } from '../../language/problems.ts';
import { type KeySchema, keySchema, slugPattern } from '../../language/schema.ts';
import type { Value } from '../../language/values.ts';
import { slugOf } from '../../slug.ts';
import { contentEnd } from '../frontMatterEdits.ts';
import { currentChoices } from '../frontMatterShapes.ts';
import type { Fix } from './fix.ts';

export function betterValues(
  { name, span, suggestions }: ProblemOf<'schema'>,
  { analysis, text }: TemplateFile,
): Fix[] {
  const entry = analysis.frontMatter?.entries.find(
    ({ valueSpan }) => valueSpan.start === span.start,
  );
  const schema = keySchema(name);
  if (entry === undefined || schema === undefined || suggestions.length > 0) return [];
  const end = contentEnd(text, entry.valueSpan);
  return better(entry.value, schema).map((to) => ({
    title: `Change to “${to}”`,
    edits: [{ span: { start: span.start, end }, text: to }],
  }));
}

function better(value: Value, schema: KeySchema): string[] {
  const written = typeof value === 'object' ? '' : String(value);
  if (schema.key === 'slug') return [slugOf(written)].filter((slug) => slugPattern.test(slug));
  if (isNumeric(schema)) return numbers(value, schema);
  if (schema.choices !== undefined) {
    const yes = /^(?:true|yes|on)$/i.test(written);
    const no = /^(?:false|no|off)$/i.test(written);
    if (schema.kinds.includes('boolean') && (yes || no)) return [String(yes)];
    return currentChoices(schema.choices).map((choice) => String(choice.value));
  }
  return schema.kinds.includes('list') && schema.kinds.length === 1 ? lists(value) : [];
}

function isNumeric({ kinds }: KeySchema): boolean {
  return kinds.includes('number') || kinds.includes('integer');
}

/** Within the limits; out of its quotes. */
function numbers(value: Value, { kinds, min, max }: KeySchema): string[] {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return [];
  const whole = kinds.includes('number') ? number : Math.round(number);
  return [String(Math.min(Math.max(whole, min ?? whole), max ?? whole))];
}

/** `a, b` was meant as a list. */
function lists(value: Value): string[] {
  if (typeof value === 'object') return [];
  const items = String(value)
    .split(',')
    .map((item) => item.trim());
  const written = items
    .filter(Boolean)
    .map((item) => (/^[\p{L}\p{N}_ .-]+$/u.test(item) ? item : JSON.stringify(item)));
  return [`[${written.join(', ')}]`];
}
