import assert from 'node:assert/strict';
import { analysisOf } from '../../support/neighbours.ts';

/** Names and types of what has to be given, as a run form asks for it. */
function asked(text: string, partials: Readonly<Record<string, string>>): string[] {
  return analysisOf(text, partials)
    .describe()
    .variables.map(({ name, required, type }) => `${name}: ${type}${required ? '' : '?'}`);
}

const declared = (yaml: string, body: string) => `---\nname: x\nvariables:\n${yaml}\n---\n${body}`;

describe('variables that only partials use', () => {
  const cases: [what: string, text: string, partials: Record<string, string>, asked: string[]][] = [
    ['undeclared', 'Hi <<> part>>', { part: 'at <<company>>' }, ['company: any']],
    [
      'declared there',
      '<<name>> <<> part>>',
      { part: declared('  since: { type: number }', '<<since>>') },
      ['name: string', 'since: number'],
    ],
    [
      'with a default there',
      '<<> part>>',
      { part: declared('  tone: { default: warm }', '<<tone>>') },
      ['tone: string?'],
    ],
    ['given by the call', '<<> part company="Acme">>', { part: '<<company>>' }, []],
    ['of a partial of a partial', '<<> a>>', { a: '<<> b x=1>>', b: '<<x>> <<y>>' }, ['y: any']],
    ['in a circle', '<<> a>>', { a: '<<p>><<> b>>', b: '<<q>><<> a>>' }, ['p: any', 'q: any']],
    ['called twice', '<<> a x=1>><<> a>>', { a: '<<x>>' }, ['x: any']],
    ['of an item', '<<#each xs>><<> a>><</each>>', { a: '<<title>>' }, ['xs: array']],
    ['of a given context', '<<> a user>>', { a: '<<name>>' }, ['user: object']],
    ['declared but not used there', '<<> a>>', { a: declared('  z: string', 'no') }, []],
    ['of a partial that does not exist', '<<> gone>>', {}, []],
  ];
  for (const [what, text, partials, expected] of cases) {
    it(`${what}: ${text}`, () => {
      assert.deepEqual(asked(text, partials), expected);
    });
  }
});
