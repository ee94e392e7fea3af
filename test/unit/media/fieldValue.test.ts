import assert from 'node:assert/strict';
import type { Json } from '../../../client/model.ts';
import type { FormVariable } from '../../../client/panels/protocol.ts';
import { fieldText, readField } from '../../../media/shared/fieldValue.ts';

type Type = FormVariable['type'];

function variable(type: Type, more: Partial<FormVariable> = {}): FormVariable {
  return { name: 'x', type, required: false, ...more };
}

describe('A field of the run form', () => {
  const read: [type: Type, text: string, value: Json | undefined][] = [
    ['string', 'Ada', 'Ada'],
    ['string', '12', '12'],
    ['string', '  spaces  ', '  spaces  '],
    ['string', ' ', ' '],
    ['string', '', undefined],
    ['text', 'a\nb', 'a\nb'],
    ['number', ' 1.5 ', 1.5],
    ['number', '-2e3', -2000],
    ['number', '  ', undefined],
    ['integer', '42', 42],
    ['boolean', 'true', true],
    ['boolean', 'false', false],
    ['array', '["a", 1]', ['a', 1]],
    ['object', '{"a": [null]}', { a: [null] }],
    ['any', 'text', 'text'],
    ['any', '12', '12'],
    ['any', ' [1] ', [1]],
    ['any', '{"a": 1}', { a: 1 }],
    ['any', '[not json', '[not json'],
  ];
  for (const [type, text, value] of read) {
    it(`reads ${JSON.stringify(text)} as ${type}: ${JSON.stringify(value)}`, () =>
      assert.deepEqual(readField(text, variable(type)), { value }));
  }

  const problems: [FormVariable, text: string, problem: RegExp][] = [
    [variable('string', { required: true }), '', /needed/],
    [variable('array', { required: true }), '  ', /needed/],
    [variable('number'), 'a few', /be a number/],
    [variable('number'), 'Infinity', /be a number/],
    [variable('number'), '0x', /be a number/],
    [variable('integer'), '1.5', /whole number/],
    [variable('number', { min: 2 }), '1', /at least \{0\}/],
    [variable('number', { max: 2 }), '3', /at most \{0\}/],
    [variable('string', { min: 2 }), 'a', /at least \{0\} characters/],
    [variable('text', { max: 2 }), 'abc', /at most \{0\} characters/],
    [variable('string', { pattern: '^\\d+$' }), 'x', /match \{0\}/],
    [variable('array'), '{"a": 1}', /JSON list/],
    [variable('array'), '[1', /JSON list/],
    [variable('object'), '[1]', /JSON object/],
    [variable('object'), 'null', /JSON object/],
  ];
  for (const [declared, text, problem] of problems) {
    it(`refuses ${JSON.stringify(text)} as ${JSON.stringify(declared)}`, () => {
      const reading = readField(text, declared);
      assert.match(reading.problem?.text ?? '', problem);
      assert.equal(reading.value, undefined);
    });
  }

  it('needs nothing where there is a default, and says where something is needed', () => {
    const required = variable('string', { required: true });
    assert.deepEqual(readField('', { ...required, default: 'd' }), { value: undefined });
    assert.equal(readField('', required).problem?.missing, true);
    assert.equal(readField('x', { ...required, pattern: '^y' }).problem?.missing, undefined);
  });

  it('does not refuse by a pattern that is none', () => {
    assert.deepEqual(readField('x', variable('string', { pattern: '(' })), { value: 'x' });
  });

  const texts: [type: Type, value: Json | undefined, text: string][] = [
    ['string', undefined, ''],
    ['string', 'a', 'a'],
    ['number', 1.5, '1.5'],
    ['boolean', false, 'false'],
    ['array', ['a'], '[\n  "a"\n]'],
    ['object', {}, '{}'],
    ['any', { a: 1 }, '{\n  "a": 1\n}'],
    ['any', 'a', 'a'],
    ['string', ['not', 'a string'], '[\n  "not",\n  "a string"\n]'],
  ];
  for (const [type, value, text] of texts) {
    it(`shows ${JSON.stringify(value)} of ${type} as ${JSON.stringify(text)}`, () =>
      assert.equal(fieldText(value, variable(type)), text));
  }
});
