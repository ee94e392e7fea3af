import assert from 'node:assert/strict';
import { References } from '../../../server/language/references.ts';
import { buildSyntax } from '../../../server/language/syntaxBuilder.ts';
import { Template } from '../../../server/language/template.ts';

describe('the tree', () => {
  it('counts every read once', () => {
    const template = Template.read('<<a>><<upper b.c>><<#each d as |x|>><<x>><<../e>><</each>>');
    const { list } = new References(template, []);
    buildSyntax(template, list);
    assert.deepEqual(
      list.map(({ name }) => name.join('.')),
      ['a', 'b.c', 'd', 'd.-1', 'e'],
    );
  });
});
