import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Analysis } from '../../../server/analysis.ts';
import { difference } from '../../../server/language/difference.ts';
import type { Node, Span } from '../../../server/language/nodes.ts';
import { anyPiece, anyTemplate, partials } from '../../support/anyTemplate.ts';
import { analysisOf } from '../../support/neighbours.ts';

/** Everything there is to know, with all positions. */
function portrait(analysis: Analysis): unknown {
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

describe('analysis after an edit', () => {
  it('is what it would be from the start', () => {
    fc.assert(
      fc.property(
        anyTemplate,
        fc.array(anyChange, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (text, changes, ask) => {
          let now = text;
          let analysis = analysisOf(now, partials);
          for (const change of changes) {
            if (ask) void analysis.problems;
            now = apply(now, change);
            analysis = analysisOf(now, partials, analysis);
            assert.deepEqual(portrait(analysis), portrait(analysisOf(now, partials)));
          }
        },
      ),
      { numRuns: 800 },
    );
  });

  const edits: readonly (readonly [string, string])[] = [
    ['<<!-- a <<x>> <<y>> ', '<<!-- a <<x>> <<y>> -->>'],
    ['<<f\n a <<x>>', '<<f\n a=b>> <<x>>'],
    ['a<<x>>', '<<<x>>'],
    ['\\a<<x>><<y>>', '\\<<x>><<y>>'],
    ['\\<<x>><<y>>', '\\\\<<x>><<y>>'],
    ['<<x>><<y>>', '<<x>>><<y>>'],
    ['<<x><<y>>', '<<x>><<y>>'],
    ['<<#raw>><<x>><</raw>><<y>>', '<<#raw>><<x>><<y>>'],
    ['<<#if a>><<x>><</if>>', '<<#if a>><<x>><<y>><</if>>'],
    ['<<#if a>><</if>>', '<<#if a>><<y>><</if>>'],
    ['<<#if a>>x<<else>><</if>>', '<<#if a>>x<<else>><<y>><</if>>'],
    ['x', '---\nname: a\n---\nx'],
    ['---\nname: a\n--\n<<x>>', '---\nname: a\n---\n<<x>>'],
    ['---\nname: a\n---\n<<x>>', '---\nname: a\n---\n{{x}}<<x>>'],
    ['---\nsyntax: angle\n---\n<<x>>{{x}}', '---\nsyntax: mustache\n---\n<<x>>{{x}}'],
    ['---\nvariables: {x: text}\n---\n<<x>>', '---\nvariables: {y: text}\n---\n<<x>>'],
  ];
  for (const [before, after] of edits) {
    it(`${JSON.stringify(before)} → ${JSON.stringify(after)}`, () => {
      const first = analysisOf(before);
      void first.problems;
      assert.deepEqual(portrait(analysisOf(after, {}, first)), portrait(analysisOf(after)));
    });
  }

  it('keeps the tags the edit does not touch', () => {
    const text = '<<a>> one <<b>> two <<c>>';
    const before = analysisOf(text);
    const [a, , c] = before.document.tags;
    const { tags } = analysisOf(text.replace('two', 'three <<d>>'), {}, before).document;
    assert.ok(tags[0] === a && tags[3] === c);
    assert.equal(c?.start, text.length + '<<d>>'.length + 1 + 2 - '<<c>>'.length);
  });
});

describe('difference', () => {
  it('makes one text of the other', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    fc.assert(
      fc.property(part, part, (before, after) => {
        const edit = difference(before, after);
        const made = edit
          ? before.slice(0, edit.start) +
            after.slice(edit.start, edit.newEnd) +
            before.slice(edit.oldEnd)
          : before;
        assert.equal(made, after);
      }),
    );
  });

  it('is found in large texts', () => {
    const line = 'some words in a line\n'.repeat(20_000);
    assert.deepEqual(difference(`${line}a${line}`, `${line}bc${line}`), {
      start: line.length,
      oldEnd: line.length + 1,
      newEnd: line.length + 2,
    });
  });
});
