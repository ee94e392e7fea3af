/** The source map of a render says nothing wrong, and changes nothing. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Analysis } from '../../server/analysis.ts';
import type { Message } from '../../server/language/messages.ts';
import { render, renderTraced } from '../../server/language/render.ts';
import type { Context } from '../../server/language/values.ts';
import { anyContext, anyTemplate, partials as anyPartials } from '../support/anyTemplate.ts';
import { analysisOf } from '../support/neighbours.ts';
import { body, context as madeContext, partials as madePartials } from './output.ts';
import type { LanguageProperty } from './property.ts';

/** The messages with their runs, each of which was held against the template it is said to come from. */
export function tracedMessages(analysis: Analysis, context: Context): Message[] {
  const input = analysis.renderInput(context);
  const plain = render(input, 'nonce');
  const { messages, missing } = renderTraced(input, 'nonce');
  assert.deepEqual(
    messages.map(({ role, content }) => ({ role, content })),
    plain.messages,
  );
  assert.deepEqual(missing, plain.missing);
  for (const { content, runs = [] } of messages) {
    let last = 0;
    for (const { start, end, from, kind, slug } of runs) {
      assert.ok(last <= start && start < end && end <= content.length);
      last = end;
      const source = slug === undefined ? input.text : input.partials[slug];
      assert.ok(source !== undefined && 0 <= from.start && from.start < from.end);
      assert.ok(from.end <= source.length);
      if (kind === 'text') {
        assert.equal(content.slice(start, end), source.slice(from.start, from.end));
      }
    }
  }
  return messages;
}

/** What of a message comes from nowhere. */
function unmapped({ content, runs = [] }: Message): string {
  let rest = '';
  let at = 0;
  for (const { start, end } of runs) {
    rest += content.slice(at, start);
    at = end;
  }
  return rest + content.slice(at);
}

export const runs: LanguageProperty = {
  name: 'runs of rendered text stand in the template as they say',
  runs: 1500,
  least: 0.05,
  begin() {
    let telling = 0;
    const property = fc.property(anyTemplate, anyContext, (text, context) => {
      const analysis = analysisOf(text, anyPartials);
      if (analysis.hasErrors) return;
      const messages = tracedMessages(analysis, context);
      if (messages.some((message) => (message.runs ?? []).length > 0)) telling++;
    });
    return { property, telling: () => telling };
  },
};

export const runsOfMade: LanguageProperty = {
  name: 'all that is rendered comes from somewhere, but white space and the marks of what is missing',
  runs: 500,
  least: 0.4,
  begin() {
    let telling = 0;
    const property = fc.property(body, (written) => {
      const head = '---\nsyntax: mustache\n---\n';
      const analysis = analysisOf(head + written, {
        p: head + madePartials.p,
        q: head + madePartials.q,
      });
      if (analysis.hasErrors) return;
      for (const message of tracedMessages(analysis, madeContext)) {
        assert.match(unmapped(message), /^(?:\s|⟦[^⟧]*⟧)*$/);
      }
      telling++;
    });
    return { property, telling: () => telling };
  },
};
