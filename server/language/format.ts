/** The spacing within tags, and nothing else: what is rendered stays as it is. */
import { delimiters } from './lexer.ts';
import type { Document, Expression, NamedArgument, Span, Tag } from './nodes.ts';
import { TagReader } from './tagReader.ts';

interface Respaced {
  readonly span: Span;
  readonly text: string;
}

/**
 * Tags that touch the span and are written with more or less space than needed.
 * @param leave kinds of tags to leave alone
 */
export function respacedTags(
  document: Document,
  { start, end }: Span,
  leave: ReadonlySet<Tag['kind']> = new Set(),
): Respaced[] {
  return document.tags.flatMap((tag) => {
    if (tag.end < start || tag.start > end || leave.has(tag.kind)) return [];
    const written = respaced(tag, document);
    const old = document.text.slice(tag.start, tag.end);
    if (written === undefined || written === old) return [];
    return isSame(tag, written, document)
      ? [{ span: { start: tag.start, end: tag.end }, text: written }]
      : [];
  });
}

/** `undefined`: nothing in it is ours to space. */
function respaced(tag: Tag, { text, syntax }: Document): string | undefined {
  const write = new Writer(text);
  const inner = write.tag(tag);
  // A tag over several lines is laid out by its author.
  if (inner === undefined || /[\r\n]/.test(text.slice(tag.start, tag.end))) return undefined;
  if (!('stripBefore' in tag)) return undefined;
  const { open, close } = delimiters[syntax];
  return `${open}${tag.stripBefore ? '~' : ''}${inner}${tag.stripAfter ? '~' : ''}${close}`;
}

/** It is read as the same kind of tag, and to its end. */
function isSame(tag: Tag, written: string, { syntax }: Document): boolean {
  const read = new TagReader(written, syntax).read(0);
  return read?.kind === tag.kind && read.end === written.length;
}

class Writer {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  tag(tag: Tag): string | undefined {
    switch (tag.kind) {
      case 'value': {
        const mark = this.#text.startsWith('&', tag.start + (tag.stripBefore ? 3 : 2)) ? '&' : '';
        const triple = this.#text.startsWith('{{{', tag.start);
        return triple ? undefined : mark + this.#call(tag.call);
      }
      case 'open':
        return tag.sigil + this.#call(tag.call) + params(tag.params);
      case 'else':
        return this.#else(tag);
      case 'close':
        return `/${this.#written(tag.name)}`;
      case 'partial':
        return `> ${this.#partial(tag)}`;
      case 'partial-open':
        return `#> ${this.#partial(tag)}`;
      case 'inline':
        return `#*inline ${this.#written(tag.nameSpan)}`;
      case 'comment':
      case 'raw':
      case 'escape':
      case 'malformed':
      case 'suspect':
        return undefined;
    }
  }

  #else(tag: Extract<Tag, { kind: 'else' }>): string {
    if (tag.call !== undefined) return `else ${this.#call(tag.call)}${params(tag.params)}`;
    return this.#text.slice(tag.start, tag.end).includes('^') ? '^' : 'else';
  }

  #partial(tag: Extract<Tag, { kind: 'partial' | 'partial-open' }>): string {
    return this.#written(tag.target) + this.#given(tag);
  }

  #call(call: Extract<Expression, { kind: 'call' }>): string {
    return this.#written(call.callee) + this.#given(call);
  }

  #given({
    positional,
    named,
  }: {
    readonly positional: readonly Expression[];
    readonly named: readonly NamedArgument[];
  }): string {
    const values = positional.map((value) => ` ${this.#value(value)}`);
    // As they are written: in their own order.
    const pairs = named.map(
      ({ nameSpan, value }) => ` ${this.#written(nameSpan)}=${this.#value(value)}`,
    );
    return [...values, ...pairs].join('');
  }

  #value(value: Expression): string {
    return value.kind === 'call' ? `(${this.#call(value)})` : this.#written(value);
  }

  #written({ start, end }: Span): string {
    return this.#text.slice(start, end);
  }
}

function params(names: readonly { readonly name: string }[]): string {
  return names.length === 0 ? '' : ` as |${names.map(({ name }) => name).join(' ')}|`;
}
