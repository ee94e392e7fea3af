/**
 * Tells where rendered text comes from: a second render puts marks around texts and shown values, and what is found
 * between them afterwards is a run. A mark may change what is rendered, where a value holds one or something looks
 * at what it renders: who uses the runs compares the text without marks with a render that had none.
 */
import type { Span } from './nodes.ts';
import type { Origins } from './syntaxBuilder.ts';
import { call, internal, numeral } from './syntaxTree.ts';

/** A part of a message's content and where it comes from. */
export interface Run extends Span {
  /** The partial's slug; `undefined`: the template itself. */
  readonly slug?: string;
  /** Its place there. */
  readonly from: Span;
  /** `text`: it stands there letter by letter. `value`: it is what stands for the tag there, or the key's value. */
  readonly kind: 'text' | 'value';
}

/** A text without marks, and its runs in order. */
export interface Traced {
  readonly content: string;
  readonly runs: readonly Run[];
}

type Place = Pick<Run, 'from' | 'kind' | 'slug'> & { readonly text: string };

// Characters that Unicode keeps for programs themselves; no prompt has them.
const opening = '\uFDD0';
const closing = '\uFDD1';
const marks = /\uFDD0(\d+)\uFDD0|\uFDD1/g;

export class Trace {
  readonly #places: Place[] = [];

  /** Marks what stands in the syntax tree of a template, after white space was taken from it. */
  mark(origins: Origins, text: string, slug: string | undefined): void {
    for (const [statement, pieces] of origins) {
      if (statement.type === 'ContentStatement') {
        const content = statement as hbs.AST.ContentStatement;
        content.value = this.#markedText(content, pieces, text, slug);
      } else if (pieces[0]) {
        const shown = statement as hbs.AST.MustacheStatement;
        const { path, params, hash } = shown as hbs.AST.MustacheStatement & hbs.AST.SubExpression;
        const inner = { ...call('', params, hash), path };
        const number = this.#add({ from: pieces[0], kind: 'value', slug, text });
        Object.assign(shown, call(internal.mark, [numeral(number), inner]), { type: shown.type });
      }
    }
  }

  /** A shown value between marks. They stay out of line ends, by which Handlebars indents partials. */
  marked(number: number, value: string): string {
    let end = value.length;
    while (value[end - 1] === '\n') end--;
    return end === 0 ? value : this.#between(number, value.slice(0, end)) + value.slice(end);
  }

  /** A rendered text with its marks taken out. */
  read(marked: string): Traced {
    const runs: Run[] = [];
    let content = '';
    let at = 0;
    let open: { readonly place: Place | undefined; readonly start: number } | undefined;
    for (const mark of marked.matchAll(marks)) {
      content += marked.slice(at, mark.index);
      at = mark.index + mark[0].length;
      const place = open?.place;
      if (open && place && open.start < content.length) {
        const { from, kind, slug, text } = place;
        const run: Run = { start: open.start, end: content.length, from, kind, slug };
        if (isTrue(run, content, text)) add(runs, run, content, text);
      }
      const number = mark[1];
      open =
        number === undefined
          ? undefined
          : { place: this.#places[Number(number)], start: content.length };
    }
    return { content: content + marked.slice(at), runs };
  }

  #add(place: Place): number {
    this.#places.push(place);
    return this.#places.length - 1;
  }

  #between(number: number, text: string): string {
    return `${opening}${number}${opening}${text}${closing}`;
  }

  /** Line by line: Handlebars puts the indentation of a partial before each. */
  #markedText(
    { original, value }: hbs.AST.ContentStatement,
    pieces: readonly Span[],
    text: string,
    slug: string | undefined,
  ): string {
    const written = original as unknown as string;
    const shift = placeIn(written, value);
    if (shift === undefined) return value;
    let marked = '';
    let done = 0;
    let before = 0;
    for (const { start, end } of pieces) {
      const until = Math.max(done, Math.min(before + end - start - shift, value.length));
      for (const line of value.slice(done, until).split(/(?<=\n)/)) {
        const from = start + shift + done - before;
        const length = line.endsWith('\n') ? line.length - 1 : line.length;
        const place: Place = {
          from: { start: from, end: from + length },
          kind: 'text',
          slug,
          text,
        };
        const kept = line.slice(0, length);
        marked += kept === '' ? line : this.#between(this.#add(place), kept) + line.slice(length);
        done += line.length;
      }
      before += end - start;
    }
    return marked;
  }
}

/** Where what is left of a text begins in it; `undefined` when that is white space that may be from anywhere. */
function placeIn(written: string, left: string): number | undefined {
  if (written === left) return 0;
  const first = left.search(/\S/);
  return first < 0 ? undefined : written.search(/\S/) - first;
}

function isTrue({ start, end, from, kind }: Run, content: string, text: string): boolean {
  return kind === 'value' || text.slice(from.start, from.end) === content.slice(start, end);
}

/** Lines that follow each other in the template as well become one run. */
function add(runs: Run[], run: Run, content: string, text: string): void {
  const last = runs.at(-1);
  const gap = last && content.slice(last.end, run.start);
  const joined =
    last?.kind === 'text' &&
    run.kind === 'text' &&
    last.slug === run.slug &&
    last.from.end <= run.from.start &&
    /^\n*$/.test(gap ?? '') &&
    text.slice(last.from.end, run.from.start) === gap;
  if (!joined) runs.push(run);
  else {
    runs[runs.length - 1] = {
      ...last,
      end: run.end,
      from: { start: last.from.start, end: run.from.end },
    };
  }
}

/** A text without white space around it, as `trim` has it. */
export function trimmedTrace({ content, runs }: Traced): Traced {
  const trimmed = content.trim();
  const before = content.length - content.trimStart().length;
  const moved = runs.flatMap((run): Run[] => {
    const start = Math.max(run.start - before, 0);
    const end = Math.min(run.end - before, trimmed.length);
    if (start >= end) return [];
    if (run.kind === 'value') return [{ ...run, start, end }];
    const shift = start + before - run.start;
    const from = run.from.start + shift;
    return [{ ...run, start, end, from: { start: from, end: from + end - start } }];
  });
  return { content: trimmed, runs: moved };
}
