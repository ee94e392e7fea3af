import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { importFile } from '../../../server/language/importers/importers.ts';
import { render } from '../../../server/language/render.ts';
import { importerCases as cases } from '../../support/importerCases.ts';
import { analysisOf } from '../../support/neighbours.ts';

describe('importers', () => {
  for (const { file, text, tool, context, messages, head = {}, lost = [] } of cases) {
    it(`${tool}: ${file}`, () => {
      const found = importFile({ fileName: file, text });
      assert.equal(found?.tool, tool);
      const [first] = found?.templates ?? [];
      const analysis = analysisOf(first?.text ?? '');
      const serious = analysis.problems.filter(
        ({ severity }) => severity === 'error' || severity === 'warning',
      );
      assert.deepEqual(
        serious.map(({ message }) => message),
        [],
        first?.text,
      );
      const said = render(analysis.renderInput(context), 'n').messages;
      assert.deepEqual(
        said.map(({ role, content }) => `${role}: ${content}`),
        messages,
        first?.text,
      );
      const entries = Object.fromEntries(
        (analysis.frontMatter?.entries ?? []).map(({ key, value }) => [key, value]),
      );
      for (const [key, value] of Object.entries(head)) assert.deepEqual(entries[key], value);
      const told = (first?.losses ?? []).map(({ key, line }) => (line ? `${key}@${line}` : key));
      assert.deepEqual(told.sort(), [...lost].sort());
    });
  }

  it('reads a chat of several prompts', () => {
    const { text, file } = cases[3]!;
    const [, chat] = importFile({ fileName: file, text })?.templates ?? [];
    assert.equal(chat?.name, 'chat');
    const { messages } = render(
      analysisOf(chat?.text ?? '').renderInput({ tone: 'dry', name: 'Eve' }),
      'n',
    );
    assert.deepEqual(
      messages.map(({ content }) => content),
      ['Be dry', 'Hi Eve'],
    );
  });

  it('reads no data that is nobody’s', () => {
    assert.equal(importFile({ fileName: 'package.json', text: '{"name": "x"}' }), undefined);
    assert.equal(importFile({ fileName: 'x.yaml', text: 'a: [' }), undefined);
  });

  const piece = fc.constantFrom(
    ...'{{name}}|{{ x }}|{{#if x}}|{{/if}}|{{else}}|{{role "user"}}|{% if x %}|{% endif %}|{% for a in b %}|{% endfor %}|{{ a | upper }}|<<x>>|<<#if|<|>|{|}|\\|text|\n|$x|${input:a}|---\n|system:\n|{{> p}}|{{'.split(
      '|',
    ),
  );
  const anything = fc.array(piece, { maxLength: 15 }).map((parts) => parts.join(''));
  const heads: readonly [file: string, head: string][] = [
    ['a.prompt', '---\ninput: {schema: {x: string}}\n---\n'],
    ['a.prompty', '---\nname: A\n---\n'],
    ['a.prompt.md', ''],
    ['a.txt', ''],
  ];

  it('makes templates without errors of whatever it reads', () => {
    fc.assert(
      fc.property(fc.constantFrom(...heads), anything, ([fileName, head], body) => {
        for (const { text } of importFile({ fileName, text: head + body })?.templates ?? []) {
          const errors = analysisOf(text, { p: 'P' }).problems.filter(
            ({ severity }) => severity === 'error',
          );
          assert.deepEqual(
            errors.map(({ message }) => message),
            [],
            text,
          );
        }
      }),
      { numRuns: 120 },
    );
  });

  const contentOf = (prompt_body: string) => {
    // JSON is YAML, and loses no white space.
    const text = JSON.stringify([{ name: 'X', prompt_body }]);
    const [made] = importFile({ fileName: 'x.yaml', text })?.templates ?? [];
    const { messages } = render(analysisOf(made?.text ?? '').renderInput({ name: 'N' }), 'n');
    return { content: messages[0]?.content, text: made?.text };
  };

  for (const run of ['', '\\', '\\\\', '\\\\\\', '\\\\\\\\']) {
    for (const between of ['', '<', '<<', '<<<', '<<#raw>>', '<<name>>', '{', '{{']) {
      const body = `a ${run}${between}{{name}}`;
      it(`keeps the backslashes of ${body}`, () => {
        assert.equal(contentOf(body).content, `a ${run}${between}N`, contentOf(body).text);
      });
    }
  }

  it('keeps every text of the original as it is, but for its variables', () => {
    const words = fc.constantFrom(
      ...'{{name}}|{{ name }}|<<name>>|\\<<name>>|<<#if|{{#if name}}|<|>|<<|{{|}}|\\|word| |\n|<!-- x -->|{{name'.split(
        '|',
      ),
    );
    const body = fc.array(words, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(body, (prompt_body) => {
        // Other words between braces are variables as well.
        fc.pre(!/\{\{\s*(?!name\s*\}\})\w+\s*\}\}/.test(prompt_body));
        const expected = prompt_body.replaceAll(/\{\{\s*name\s*\}\}/g, 'N');
        const { content, text } = contentOf(prompt_body);
        assert.equal(content, expected, text);
      }),
      { numRuns: 150 },
    );
  });
});
