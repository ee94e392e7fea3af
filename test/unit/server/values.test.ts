import assert from 'node:assert/strict';
import { analysisOf } from '../../support/neighbours.ts';

function template(frontMatter: string, body: string): string {
  return `---\nname: X\n${frontMatter}\n---\n${body}`;
}

/** What is said of samples and declarations, and where: `text under the squiggle: message`. */
function said(text: string, partials: Readonly<Record<string, string>> = {}): string[] {
  return analysisOf(text, partials).problems.flatMap(({ code, message, span }) =>
    code === 'missing-variable' || code === 'schema'
      ? [`${text.slice(span.start, span.end)}: ${message}`]
      : [],
  );
}

describe('samples and tests', () => {
  const cases: readonly [name: string, head: string, body: string, expected: readonly string[]][] =
    [
      ['all there', 'variables: {a: string}\nsamples: {s: {a: x}}', '<<a>>', []],
      ['used, not declared', 'samples: {s: {}}', '<<a>>', ['s: “s” has no value for “a”.']],
      [
        'unknown where nothing is declared',
        'samples: {s: {nmae: x, name: y}}',
        '<<name>>',
        ['nmae: There is no variable “nmae”.'],
      ],
      [
        'a slip',
        'variables: {topic: string}\nsamples: {s: {tpic: x}}',
        '<<topic>>',
        [
          's: “s” has no value for “topic”.',
          'tpic: There is no variable “tpic”. Did you mean “topic”?',
        ],
      ],
      ['everything is used', 'samples: {s: {a: 1}}', '<<json this>>', []],
      [
        'what is missing is no error',
        'missing: empty\nvariables: {a: string}\nsamples: {s: {}}',
        '<<a>>',
        [],
      ],
      [
        'a value that is not allowed',
        'variables: {tone: {enum: [formal, casual]}}\nsamples: {s: {tone: casul}}',
        '<<tone>>',
        ['tone: “tone” must be one of: formal, casual. Did you mean “casual”?'],
      ],
      [
        'limits of numbers',
        'variables: {n: {type: integer, min: 1, max: 5}}\nsamples: {s: {n: 0}, t: {n: 9}, u: {n: 2.5}}',
        '<<n>>',
        [
          'n: “n” must be at least 1.',
          'n: “n” must be at most 5.',
          'n: “n” must be of type integer.',
        ],
      ],
      [
        'limits of texts and lists',
        'variables: {t: {type: string, min: 3}, l: {type: array, max: 1}}\nsamples: {s: {t: ab, l: [1, 2]}}',
        '<<t>><<l>>',
        ['t: “t” must be at least 3 characters.', 'l: “l” must be at most 1 items.'],
      ],
      [
        'a pattern',
        'variables: {id: {pattern: "^[a-z]+-\\\\d+$"}}\nsamples: {s: {id: ab-1}, t: {id: x}}',
        '<<id>>',
        ['id: “id” must match the pattern ^[a-z]+-\\d+$.'],
      ],
      [
        'inside lists and maps',
        'variables: {xs: {type: array, items: {type: object, properties: {name: string, age: {type: integer, required: false}}}}}\nsamples: {s: {xs: [{name: a}, {nme: b, age: old}]}}',
        '<<#each xs>><<name>><</each>>',
        [
          '{nme: b, age: old}: “xs.1” has no “name”.',
          'nme: “xs.1” has no member “nme”. Did you mean “name”?',
          'old: “xs.1.age” must be of type integer.',
        ],
      ],
      [
        'a test with values of its own over a sample',
        'variables: {a: string, b: string}\nsamples: {s: {a: x, b: y}}\ntests:\n  - {name: t, sample: s, values: {a: z}}\n  - {name: u, values: {a: z}}',
        '<<a>><<b>>',
        ['values: “u” has no value for “b”.'],
      ],
      [
        'a test of a sample that is not there',
        'variables: {a: string}\nsamples: {short: {a: x}}\ntests:\n  - {name: t, sample: shrt}',
        '<<a>>',
        ['shrt: There is no sample “shrt”. Did you mean “short”?'],
      ],
    ];
  for (const [name, head, body, expected] of cases) {
    it(name, () => assert.deepEqual(said(template(head, body)), expected));
  }

  it('asks for what partials need, and of theirs', () => {
    const partials = {
      outer: '---\nname: O\n---\n<<> inner>>',
      inner: '---\nname: I\nvariables: {who: {type: integer}}\n---\n<<who>>',
    };
    const text = template('samples: {s: {}, t: {who: x}}', '<<> outer>>');
    assert.deepEqual(said(text, partials), [
      's: “s” has no value for “who”. The partial “inner” needs it.',
      'who: “who” must be of type integer.',
    ]);
  });

  it('tells at the declaration that the value of the last run does not fit', () => {
    const text = template('variables: {n: integer, m: string}', '<<n>><<m>>');
    const { problems } = analysisOf(text, {}, undefined, { n: 'many', gone: 1 });
    const found = problems.map(({ code, severity, span }) => [
      code,
      severity,
      text.slice(span.start, span.end),
    ]);
    assert.deepEqual(found, [['last-value', 'information', 'n']]);
  });
});

describe('declarations', () => {
  const cases: readonly [declaration: string, ...expected: string[]][] = [
    ['{type: string, default: x}'],
    ['{type: array, items: string, default: [a]}'],
    ['{enum: [a, b], default: c}', 'c: “default” must be one of: a, b.'],
    ['{type: integer, example: many}', 'many: “example” must be of type integer.'],
    ['{type: integer, min: 5, max: 1}', '5: “min” (5) is greater than “max” (1).'],
    ['{type: integer, min: 1, default: 0}', '0: “default” must be at least 1.'],
    ['{pattern: "(a"}', '"(a": “pattern” is not a regular expression: Unterminated group.'],
    [
      '{type: integer, pattern: a}',
      'a: “pattern” is for text, not for a variable of type integer.',
    ],
    [
      '{type: string, items: string}',
      'string: “items” is for a variable of type array, not string.',
    ],
    [
      '{type: array, properties: {a: string}}',
      '{a: string}: “properties” is for a variable of type object, not array.',
    ],
    [
      '{type: integer, enum: [1, two]}',
      '[1, two]: “enum” has a value that is not of type integer: "two".',
    ],
    ['{enum: []}', '[]: “enum” names no value, so none would be allowed.'],
    ['{type: string, min: -1}', '-1: “min” is a length here: a whole number from 0.'],
    ['{type: boolean, max: 1}', '1: “max” says nothing of a variable of type boolean.'],
    ['{type: intger}', 'intger: “intger” is not a type. Did you mean “integer”?'],
    ['{type: array, items: {type: integer, default: x}}', 'x: “default” must be of type integer.'],
    ['{type: object, properties: {a: {enum: [x], example: y}}}', 'y: “example” must be one of: x.'],
  ];
  for (const [declaration, ...expected] of cases) {
    it(declaration, () => {
      assert.deepEqual(said(template(`variables:\n  v: ${declaration}`, '<<v>>')), expected);
    });
  }
});
