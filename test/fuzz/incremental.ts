/** An analysis brought up to date after edits is what it would be from the start. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Analysis } from '../../server/analysis.ts';
import type { Node, Span } from '../../server/language/nodes.ts';
import type { LanguageProperty } from './property.ts';
import { anyPiece, anyTemplate, partials } from '../support/anyTemplate.ts';
import { OpenDocument } from '../../server/documents.ts';
import { rangeOf } from '../../server/features/feature.ts';
import { LiveDocument } from '../../server/liveDocument.ts';
import { analysisOf, neighbours } from '../support/neighbours.ts';

/** Everything there is to know, with all positions. */
export function portrait(analysis: Analysis): unknown {
  const { document, problems, variables, headings, text } = analysis;
  const tree = (nodes: readonly Node[]): unknown[] =>
    nodes.map((node) =>
      node.kind === 'block'
        ? [
            node.name,
            place(node),
            node.branches.map(({ body, children }) => [place(body), tree(children)]),
          ]
        : [node.kind, place(node)],
    );
  return {
    tags: document.tags.map((tag) => [
      tag.kind,
      place(tag),
      tag.parent ? place(tag.parent.body) : undefined,
    ]),
    tree: tree(document.children),
    problems: problems
      .map(({ code, span, message }) => [code, place(span), message].join(' '))
      .sort(),
    variables: variables.map(({ name, uses }) => [name, uses.map(({ segment }) => place(segment))]),
    headings: headings.map(({ span }) => place(span)),
    body: place(document.body),
    end: text.length,
  };
}

function place({ start, end }: Span): string {
  return `${start}-${end}`;
}

interface Change {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

/** `at` in thousandths of the text, so that shrinking keeps its meaning. */
const anyChange: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(1000),
  remove: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(40)),
  insert: fc.oneof(fc.constant(''), fc.constantFrom('a', '<', '>', ' ', '\n', '-', '#'), anyPiece),
});

function apply(text: string, { at, remove, insert }: Change): string {
  const start = Math.floor((text.length * at) / 1000);
  return text.slice(0, start) + insert + text.slice(start + remove);
}

export const incremental: LanguageProperty = {
  name: 'an analysis after edits is what it would be from the start',
  runs: 800,
  least: 1,
  begin() {
    let count = 0;
    const changes = fc.array(anyChange, { minLength: 1, maxLength: 6 });
    const property = fc.property(anyTemplate, changes, fc.boolean(), (text, edits, ask) => {
      count++;
      let now = text;
      let analysis = analysisOf(now, partials);
      for (const change of edits) {
        if (ask) void analysis.problems;
        now = apply(now, change);
        analysis = analysisOf(now, partials, analysis);
        assert.deepEqual(portrait(analysis), portrait(analysisOf(now, partials)));
      }
    });
    return { property, telling: () => count };
  },
};

/** Longer than what is read of a text around an edit at first. */
const filler = 'Some words <<f>> and <<#if g>>more<</if>> of them.\n'.repeat(250);

export const incrementalInLong: LanguageProperty = {
  name: 'a long document, edited as a client does, is what it would be from the start',
  runs: 25,
  least: 1,
  begin() {
    let count = 0;
    const changes = fc.array(anyChange, { minLength: 1, maxLength: 4 });
    const property = fc.property(anyTemplate, changes, fc.boolean(), (middle, edits, ask) => {
      count++;
      const document = new OpenDocument(
        new LiveDocument(
          'file:///work/letter.prompt',
          'prompt-template',
          1,
          filler + middle + filler,
        ),
        neighbours(partials),
      );
      void document.analysis.problems;
      let length = middle.length;
      for (const { at, insert, remove } of edits) {
        const start = filler.length + Math.floor((length * at) / 1000);
        const removed = Math.min(remove, filler.length + length - start);
        length += insert.length - removed;
        const range = rangeOf(document.textDocument, { start, end: start + removed });
        document.update([{ range, text: insert }], document.version + 1);
        if (ask) void document.analysis.problems;
      }
      const { analysis, text } = document;
      assert.deepEqual(portrait(analysis), portrait(analysisOf(text, partials)));
    });
    return { property, telling: () => count };
  },
};
