import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { exportTemplate } from '../../../server/language/exporter.ts';
import { importFile } from '../../../server/language/importers/importers.ts';
import { render } from '../../../server/language/render.ts';
import { Template } from '../../../server/language/template.ts';
import { analysisOf } from '../../support/neighbours.ts';

describe('export', () => {
  function exported(text: string) {
    return exportTemplate(Template.read(text), 'letter');
  }

  it('says what cannot be said', () => {
    const { body, record, losses } = exported(`---
name: Letter
description: D
format: html
tags: [a]
model: m
variables:
  a: string
  b: {default: x}
---
Hi <<a>> <<b>>
<<! note >>
<<#if a>>yes<</if>> \\<<a>> {{a}} <<#raw>><<x>><</raw>>`);
    assert.equal(body, 'Hi {{a}} {{b}}\n<<#if a>>yes<</if>> <<a>> {{a}} <<x>>');
    assert.deepEqual(record, {
      name: 'Letter',
      slug: 'letter',
      description: 'D',
      prompt_body: body,
      output_format: 'html_partial',
      tags: ['a'],
      active: true,
    });
    assert.deepEqual(
      losses.map(({ key, line }) => `${key}@${line}`),
      ['model@6', 'b@9', '<<#if a>>@13', '<</if>>@13', '{{a}}@13'],
    );
  });

  it('comes back the same', () => {
    const words = fc.constantFrom(
      ...'<<name>>|<<other>>|\\<<name>>|<a href=|>|<|word|\n|<<! c >>|<<#raw>><<x>><</raw>>|{'.split(
        '|',
      ),
    );
    const body = fc.array(words, { minLength: 1, maxLength: 10 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(body, (written) => {
        const before = `---\nname: Letter\nvariables: {name: string, other: string}\n---\n${written}`;
        const { record, losses } = exported(before);
        fc.pre(losses.length === 0);
        const text = stringify(record, { lineWidth: 0 });
        const [back] = importFile({ fileName: 'x.yaml', text })?.templates ?? [];
        const context = { name: 'N', other: '{{x}}' };
        const say = (one: string) => render(analysisOf(one).renderInput(context), 'n').messages;
        assert.deepEqual(say(back?.text ?? ''), say(before), back?.text);
      }),
      { numRuns: 60 },
    );
  });
});
