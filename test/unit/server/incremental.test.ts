import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { difference } from '../../../server/language/difference.ts';
import { portrait } from '../../fuzz/incremental.ts';
import { analysisOf } from '../../support/neighbours.ts';

describe('analysis after an edit', () => {
  const edits: readonly (readonly [string, string])[] = [
    ['<<!-- a <<x>> <<y>> ', '<<!-- a <<x>> <<y>> -->>'],
    ['<<f\n a <<x>>', '<<f\n a=b>> <<x>>'],
    ['a<<x>>', '<<<x>>'],
    ['\\a<<x>><<y>>', '\\<<x>><<y>>'],
    ['\\<<x>><<y>>', '\\\\<<x>><<y>>'],
    ['\\<<> q a=1>>\\<<', '\\<<> q a=1>>\\<'],
    ['<<x>><<y>>', '<<x>>><<y>>'],
    ['<<x><<y>>', '<<x>><<y>>'],
    ['<<#raw>><<x>><</raw>><<y>>', '<<#raw>><<x>><<y>>'],
    ['<<#if a>><<x>><</if>>', '<<#if a>><<x>><<y>><</if>>'],
    ['<<#if a>><</if>>', '<<#if a>><<y>><</if>>'],
    ['<<#if a>>x<<else>><</if>>', '<<#if a>>x<<else>><<y>><</if>>'],
    ['x', '---\nname: a\n---\nx'],
    ['---\nname: a\n}}<<#each a>><<b>>---\n<<x>>', '---\nname: a\n}}<<#each a>>\n---\n<<x>>'],
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
