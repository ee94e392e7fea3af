import assert from 'node:assert/strict';
import { analysisOf } from '../../support/neighbours.ts';

/** Much of something that must not take longer than its length. */
function much(piece: string, size = 200_000): string {
  return piece.repeat(Math.ceil(size / piece.length));
}

const hard: Readonly<Record<string, string>> = {
  'opening pairs': much('<<'),
  'opening pairs apart': much('<< '),
  'names without end': much('<<x '),
  'comments without end': much('<<! '),
  'long comments without end': much('<<!-- a -- '),
  'raw blocks without end': much('<<#raw>>'),
  'strings without end': much('<<f "'),
  'long strings without end': `<<f "${much('a')}`,
  'brackets without end': much('<<[a'),
  'parentheses without end': much('<<f ('),
  'parentheses in one tag': `<<f ${much('(a ')}`,
  'arguments without end': `<<f ${much('a ')}`,
  'arguments over lines': much('<<f a\n'),
  'blocks without end': much('<<#if a>>'),
  'unfinished blocks': much('<<#if '),
  'blocks, then other closes': much('<<#if a>>') + much('<</each>>'),
  'closes alone': much('<</if>>'),
  'else alone': much('<<else>>'),
  'a chain of else if': `<<#if a>>${much('<<else if b>>')}<</if>>`,
  backslashes: `${much('\\')}<<x>>`,
  escapes: much('\\<<'),
  'single brackets': much('<a '),
  'padded names': much('<<a  '),
  'spaces after brackets': `<<${much(' ')}x`,
  braces: much('{{a '),
  'brace runs': much('{'),
  'undeclared names': Array.from({ length: 40_000 }, (_, at) => `<<v${at}>>`).join(''),
  headings: `# ${much(' #')}x`,
  'heading lines': much('# a\n'),
  fences: much('---\n'),
  'front matter that nothing closes': `---\nname: x\n${much('a: b\n')}`,
  'flat front matter': `---\n${Array.from({ length: 3000 }, (_, at) => `k${at}: v`).join('\n')}\n---\n`,
  'deep front matter': `---\na: ${'['.repeat(3000)}\n---\n`,
};

describe('large texts', () => {
  for (const [name, text] of Object.entries(hard)) {
    it(`of ${name}`, () => {
      const analysis = analysisOf(text);
      const { problems } = analysis;
      assert.ok(problems.every(({ span }) => span.end <= text.length));
      assert.ok(analysis.headings.length >= 0);
      analysis.cursorAt(text.length);
      analysis.blocksAt(text.length);
      void analysis.variables.length;
    }).timeout(3000);
  }

  it('tell of too deep nesting once', () => {
    for (const text of [much('<<#if a>>') + much('<</if>>'), hard['a chain of else if'] ?? '']) {
      const { problems } = analysisOf(text);
      assert.equal(problems.filter(({ code }) => code === 'too-deep').length, 1);
    }
  });
});
