/** A template of ours for a system that knows only `{{variable_name}}`. */
import type { Loss } from './importers/importers.ts';
import type { Tag } from './nodes.ts';
import type { Template } from './template.ts';
import type { Value } from './values.ts';

export interface Exported {
  /** The body, with `{{ }}`. */
  readonly body: string;
  /** The whole record, as its importer reads it. */
  readonly record: Readonly<Record<string, Value>>;
  /** What the other system cannot say. */
  readonly losses: readonly Loss[];
}

const carried = new Set([
  'name',
  'slug',
  'description',
  'tags',
  'active',
  'format',
  'output_format',
  'variables',
]);
const variable = /\{\{\s*[\p{L}_][\p{L}\p{N}_]*\s*\}\}/gu;

/** @param slug of the template, also when only its file says it */
export function exportTemplate(template: Template, slug: string): Exported {
  const exporter = new Exporter(template);
  exporter.head();
  const body = exporter.body();
  const { settings } = template;
  const record = {
    name: settings.name ?? slug,
    slug,
    ...(settings.description !== undefined && { description: settings.description }),
    prompt_body: body,
    output_format: settings.format === 'html' ? 'html_partial' : settings.format,
    ...(settings.tags.length > 0 && { tags: [...settings.tags] }),
    active: settings.active,
  };
  return { body, record, losses: exporter.losses };
}

class Exporter {
  readonly losses: Loss[] = [];
  readonly #template: Template;

  constructor(template: Template) {
    this.#template = template;
  }

  head(): void {
    const { frontMatter, declarations } = this.#template;
    for (const { key, keySpan } of frontMatter?.entries ?? []) {
      const quiet = carried.has(key) || key === 'syntax';
      if (!quiet) this.#lose(key, 'There is no such setting there.', keySpan.start);
    }
    for (const { name, nameSpan, default: preset, required } of declarations.values()) {
      if (preset === undefined && required) continue;
      this.#lose(name, 'There a value has to be given each time.', nameSpan.start);
    }
  }

  body(): string {
    const { text, document } = this.#template;
    let made = '';
    let from = document.body.start;
    for (const tag of document.tags) {
      if (tag.kind === 'suspect' || tag.start < from) continue;
      made += this.#text(from, tag.start);
      from = tag.kind === 'comment' ? this.#afterComment(tag) : tag.end;
      made += this.#tag(tag);
    }
    return made + this.#text(from, text.length);
  }

  #tag(tag: Tag): string {
    const { text } = this.#template;
    if (tag.kind === 'escape' || tag.kind === 'comment') return '';
    if (tag.kind === 'raw') return this.#text(tag.content.start, tag.content.end);
    const name = this.#plainName(tag);
    if (name !== undefined) return `{{${name}}}`;
    const written = text.slice(tag.start, tag.end);
    this.#lose(
      short(written),
      'Only plain variables can be said there; it stays as text.',
      tag.start,
    );
    return written;
  }

  /** The variable that is all there is in the tag. */
  #plainName(tag: Tag): string | undefined {
    if (tag.kind !== 'value' || tag.stripBefore || tag.stripAfter) return undefined;
    const { callee, positional, named } = tag.call;
    const [only] = callee.segments;
    const simple = positional.length + named.length === 0 && callee.segments.length === 1;
    if (!only || !simple || callee.data || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(only.name))
      return undefined;
    const { scopes } = this.#template;
    const { kind } = scopes.meaning(callee, scopes.in(tag.parent));
    return kind === 'variable' ? only.name : undefined;
  }

  /** Text in which nothing may look like a variable. */
  #text(start: number, end: number): string {
    const text = this.#template.text.slice(start, end);
    for (const found of text.matchAll(variable)) {
      this.#lose(found[0], 'It is text here, but would be filled in there.', start + found.index);
    }
    return text;
  }

  /** A comment with a line to itself goes with its line, as in a render. */
  #afterComment({ start, end }: Tag): number {
    const { text } = this.#template;
    const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
    const rest = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(end))?.[0];
    return before === '' && rest !== undefined ? end + rest.length : end;
  }

  #lose(key: string, reason: string, offset: number): void {
    const line = this.#template.text.slice(0, offset).split('\n').length;
    this.losses.push({ key, reason, line });
  }
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
