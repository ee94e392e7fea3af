/** There is an error diagnostic if and only if a run refuses to render. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { render } from '../../server/language/render.ts';
import { Template } from '../../server/language/template.ts';
import type { Context } from '../../server/language/values.ts';
import { anyContext, anyPiece, anyTemplate, partials } from '../support/anyTemplate.ts';
import { analysisOf } from '../support/neighbours.ts';
import { root } from '../support/paths.ts';
import type { LanguageProperty, Trial } from './property.ts';

/** Whatever is refused in the tests below must have been refused for a reason that is on screen. */
function agrees(
  text: string,
  sources: Readonly<Record<string, string>>,
  context: Context,
): boolean {
  const analysis = analysisOf(text, sources);
  const { problems } = analysis;
  for (const { span, message } of problems) {
    assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length, message);
  }
  if (analysis.hasErrors) {
    assert.ok(problems.some(({ severity }) => severity === 'error'));
    return false;
  }
  const input = analysis.renderInput(context);
  // Whoever renders reads the text anew: what it finds there must not differ from what the editor shows.
  assert.equal(Template.read(input.text).hasErrors, false);
  const { messages } = render(input, 'nonce');
  assert.ok(messages.length > 0);
  return true;
}

function trial(templates: fc.Arbitrary<string>, sources: Readonly<Record<string, string>>): Trial {
  let rendered = 0;
  const property = fc.property(templates, anyContext, (text, context) => {
    if (agrees(text, sources, context)) rendered++;
  });
  return { property, telling: () => rendered };
}

export const agreement: LanguageProperty = {
  name: 'made-up templates render exactly when they have no error',
  runs: 1500,
  least: 0.05,
  begin: () => trial(anyTemplate, partials),
};

/** The prompts people see first, and the ones they call. */
function samples(): Readonly<Record<string, string>> {
  const directory = join(root, 'samples');
  const names = readdirSync(directory).filter((name) => name.endsWith('.prompt'));
  return Object.fromEntries(
    names.map((name) => [
      name.replace(/\.prompt$/, ''),
      readFileSync(join(directory, name), 'utf8'),
    ]),
  );
}

interface Cut {
  /** In thousandths of the text, so that shrinking keeps its meaning. */
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const anyCut: fc.Arbitrary<Cut> = fc.record({
  at: fc.nat(1000),
  remove: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(60)),
  insert: fc.oneof(fc.constant(''), anyPiece, fc.string({ maxLength: 3 })),
});

function mutated(text: string, cuts: readonly Cut[]): string {
  let now = text;
  for (const { at, remove, insert } of cuts) {
    const start = Math.floor((now.length * at) / 1000);
    now = now.slice(0, start) + insert + now.slice(start + remove);
  }
  return now;
}

export const mutatedAgreement: LanguageProperty = {
  name: 'real prompts with slips render exactly when they have no error',
  runs: 600,
  least: 0.1,
  begin() {
    const sources = samples();
    const templates = fc
      .tuple(fc.constantFrom(...Object.values(sources)), fc.array(anyCut, { maxLength: 4 }))
      .map(([text, cuts]) => mutated(text, cuts));
    return trial(templates, sources);
  },
};
