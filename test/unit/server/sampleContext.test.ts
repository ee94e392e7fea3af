import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { textMatching } from '../../../server/language/patternSample.ts';
import { render } from '../../../server/language/render.ts';
import { anyTemplate, partials } from '../../support/anyTemplate.ts';
import { analysisOf } from '../../support/neighbours.ts';

describe('generated values', () => {
  const declared: readonly [name: string, declaration: string, value: unknown][] = [
    ['product_name', 'string', '[product_name_value]'],
    ['email', 'string', 'ada@example.com'],
    ['start_date', 'string', '2025-01-31'],
    ['website', 'string', 'https://example.com/'],
    ['updated_at', 'string', '2025-01-31T09:30:00Z'],
    ['count', 'integer', 3],
    ['n', '{type: integer, min: 10}', 10],
    ['n', '{type: number, max: 0.5}', 0.5],
    ['is_new', 'boolean', true],
    ['tone', '{enum: [formal, casual]}', 'formal'],
    ['tone', '{enum: [formal, casual], default: casual}', 'casual'],
    ['n', '{type: integer, example: 7, default: 1}', 7],
    ['n', '{type: integer, example: many, default: 1}', 1],
    ['code', '{pattern: "^[A-Z]{2}-\\\\d{3}$"}', 'AA-111'],
    ['short', '{max: 4}', '[sho'],
    ['features', 'array', ['[feature_1_value]', '[feature_2_value]']],
    ['sizes', '{type: array, items: integer, max: 1}', [3]],
    [
      'user',
      '{type: object, properties: {email: string, age: {type: integer, required: false}}}',
      { email: 'ada@example.com', age: 42 },
    ],
  ];
  for (const [name, declaration, value] of declared) {
    it(`${name}: ${declaration}`, () => {
      const text = `---\nname: X\nvariables:\n  ${name}: ${declaration}\n---\n<<${name}>>`;
      assert.deepEqual(analysisOf(text).sampleContext(), { [name]: value });
    });
  }

  const used: readonly [body: string, context: Readonly<Record<string, unknown>>][] = [
    ['<<name>>', { name: '[name_value]' }],
    ['<<user.name>>', { user: { name: '[name_value]' } }],
    [
      '<<#each items>><<title>><</each>>',
      { items: [{ title: '[title_value]' }, { title: '[title_value]' }] },
    ],
    ['<<#each tags as |tag|>><<tag>><</each>>', { tags: ['[tag_1_value]', '[tag_2_value]'] }],
    ['<<#if vip>>x<</if>>', { vip: true }],
    ['<<#if vip>><<vip>><</if>>', { vip: '[vip_value]' }],
    [
      '<<#with user>><<email>><<../x>><</with>>',
      { user: { email: 'ada@example.com' }, x: '[x_value]' },
    ],
    ['<<#person>><<name>><</person>>', { person: { name: '[name_value]' } }],
    ['<<join xs ", ">>', { xs: ['[x_1_value]', '[x_2_value]'] }],
    ['<<truncate a 3>><<number price>>', { a: '[a_value]', price: 10 }],
    ['<<> greet who=boss>>', { boss: '[boss_value]' }],
    ['<<> greet>>', { who: 'Eve' }],
    ['<<> title person>>', { person: { title: '[title_value]' } }],
  ];
  const beside = {
    greet: '---\nname: G\nvariables: {who: {type: string, example: Eve}}\n---\nHi <<who>>',
    title: '<<title>>',
  };
  for (const [body, context] of used) {
    it(body, () => {
      const analysis = analysisOf(`---\nname: X\n---\n${body}`, beside);
      assert.deepEqual(analysis.sampleContext(), context);
      assert.deepEqual(render(analysis.renderInput(analysis.sampleContext()), 'n').missing, []);
    });
  }

  const patterns = [
    '^a$',
    '\\d{4}-\\d{2}',
    '^(?:ab|cd)+x?$',
    '^[^a-z]\\w*$',
    '^\\+?[0-9 ]{5,}$',
    '^(?<year>\\d+)\\.$',
    '^.+@.+\\..+$',
    '^[\\w-]+$',
  ];
  for (const pattern of patterns) {
    it(`matches ${pattern}`, () => {
      assert.match(textMatching(pattern) ?? 'none', new RegExp(pattern, 'u'));
    });
  }

  it('gives up on patterns it does not know', () => {
    assert.deepEqual(
      ['(?=a)', '(a)\\1', '(a', 'a)'].map((one) => textMatching(one)),
      [undefined, undefined, undefined, undefined],
    );
  });
});

const leaf = fc.constantFrom<Record<string, unknown>>(
  { type: 'string' },
  { type: 'text', min: 30 },
  { type: 'string', max: 3 },
  { type: 'integer', min: 5, max: 8 },
  { type: 'integer', max: -2 },
  { type: 'number', min: 0.5 },
  { type: 'boolean' },
  { type: 'any' },
  { type: 'string', pattern: '^[a-f]{8}$' },
  { type: 'string', pattern: '^x+$', min: 12 },
  { type: 'string', enum: ['a', 'b'] },
  { type: 'integer', default: 4, required: true },
  { type: 'string', example: 'e' },
);
const shape: fc.Arbitrary<Record<string, unknown>> = fc.letrec<{
  shape: Record<string, unknown>;
}>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'shape' },
    leaf,
    fc.record({ type: fc.constant('array'), items: tie('shape'), min: fc.nat(3) }),
    fc.record({
      type: fc.constant('object'),
      properties: fc.dictionary(fc.constantFrom('email', 'count', 'x'), tie('shape'), {
        minKeys: 1,
      }),
    }),
  ),
})).shape;
const names = fc.constantFrom('email', 'size', 'is_new', 'items', 'a', 'due_date');
/** Templates whose variables are declared in every way, written or only named. */
const declaredTemplate = fc
  .dictionary(names, shape, { minKeys: 1, maxKeys: 3 })
  .map((variables) => {
    const body = Object.keys(variables).map((name) => `<<${name}>>`);
    return { head: stringify({ name: 'X', variables }), body: body.join(' ') };
  });

describe('any generated sample', () => {
  it('satisfies the check of the template it was made for', () => {
    fc.assert(
      fc.property(declaredTemplate, ({ head, body }) => {
        const text = `---\n${head}---\n${body}`;
        const context = analysisOf(text).sampleContext();
        const samples = stringify({ samples: { generated: context } });
        const again = analysisOf(`---\n${head}${samples}---\n${body}`);
        const wrong = again.problems;
        assert.deepEqual(
          wrong.map(({ message }) => message),
          [],
        );
        assert.deepEqual(render(again.renderInput(context), 'n').missing, []);
      }),
      { numRuns: 100 },
    );
  });

  it('renders every template that has no error', () => {
    fc.assert(
      fc.property(anyTemplate, (text) => {
        const analysis = analysisOf(text, partials);
        if (analysis.hasErrors) return;
        const context = analysis.sampleContext();
        assert.doesNotThrow(() => JSON.stringify(context));
        render(analysis.renderInput(context), 'n');
      }),
      { numRuns: 400 },
    );
  });
});
