/** What is a tag depends on the text alone: other names for its variables, declared or not, make no text a tag. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { scan } from '../../server/language/scanner.ts';
import { anyTemplate } from '../support/anyTemplate.ts';
import { analysisOf } from '../support/neighbours.ts';
import type { LanguageProperty } from './property.ts';

const tagsOf = (text: string): readonly string[] =>
  analysisOf(text).document.tags.map(({ kind, start, end }) => `${kind} ${start}-${end}`);

/** Of one length each, so that positions can be compared. */
const declared = ['x', 'y'];

export const naming: LanguageProperty = {
  name: 'declaring other variables turns no text into a tag',
  runs: 500,
  least: 1,
  begin() {
    let count = 0;
    const property = fc.property(anyTemplate, fc.constantFrom(...declared), (text, name) => {
      count++;
      const body = text.slice(analysisOf(text).document.body.start);
      const head = (variable: string): string =>
        `---\nname: A\nvariables: {${variable}: string}\n---\n`;
      assert.deepEqual(tagsOf(head(name) + body), tagsOf(head('q') + body));
      const from = head('q').length;
      assert.deepEqual(
        scan(head('q') + body, 'angle', from).tags.map(
          ({ kind, start, end }) => `${kind} ${start}-${end}`,
        ),
        tagsOf(head('q') + body),
      );
    });
    return { property, telling: () => count };
  },
};
