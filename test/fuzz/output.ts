/** Templates without mistakes render as Handlebars renders them. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import Handlebars from 'handlebars';
import { render } from '../../server/language/render.ts';
import { analysisOf } from '../support/neighbours.ts';
import type { LanguageProperty } from './property.ts';

const strip = fc.constantFrom('', '', '~');
const text = fc.constantFrom('a', ' b ', '\n', '  \n', '\r\n', '\n\n', 'c\n', '\t');
const value = fc
  .tuple(
    strip,
    fc.constantFrom(
      's',
      'o.k',
      'this.s',
      '@root.s',
      '../s',
      '@index',
      '@key',
      'p',
      'i',
      '! c',
      '> p',
      '> q v=s',
    ),
    strip,
  )
  .map(([before, name, after]) => `{{${before}${name}${after}}}`);
const opening = fc.constantFrom<readonly [string, string]>(
  ['if @root.s', 'if'],
  ['if @root.none', 'if'],
  ['unless @root.s', 'unless'],
  ['each @root.list', 'each'],
  ['each @root.list as |p i|', 'each'],
  ['each @root.o', 'each'],
  ['each @root.none', 'each'],
  ['with @root.o', 'with'],
  ['with @root.o as |p|', 'with'],
  ['*inline "p"', 'inline'],
  ...['@root.s', '@root.none', '@root.list', '@root.o', '@root.yes', '@root.no', '@root.zero'].map(
    (path) => [path, path] as const,
  ),
);
const sigil = fc.constantFrom('#', '#', '^');
const inverse = fc.constantFrom(
  '{{else}}',
  '{{~else~}}',
  '{{^}}',
  '{{else if @root.list}}',
  '{{else each @root.list as |i|}}',
);

/** Templates without mistakes, in the part of the language that means the same to Handlebars. */
export const { body } = fc.letrec<{ body: string; node: string; block: string }>((tie) => ({
  body: fc.array(tie('node'), { maxLength: 5 }).map((nodes) => nodes.join('')),
  node: fc.oneof({ maxDepth: 3, depthIdentifier: 'nesting' }, text, value, tie('block')),
  block: fc
    .tuple(opening, tie('body'), fc.option(fc.tuple(inverse, tie('body'))), strip, strip, sigil)
    .map(([[open, close], inside, other, before, after, wanted]) => {
      const [tag, rest] = other ?? ['', ''];
      // Handlebars knows neither an inverse inline partial nor an `else if` behind an inverse.
      const plain = open.startsWith('*') || open.includes('|') || tag.startsWith('{{else ');
      const begin = plain ? '#' : wanted;
      return `{{${before}${begin}${open}${after}}}${inside}${tag}${rest}{{${after}/${close}${before}}}`;
    }),
}));

export const context = {
  s: 'S',
  none: '',
  list: ['x', 'y'],
  o: { k: 'K' },
  yes: true,
  no: false,
  zero: 0,
};
export const partials = { p: 'one\n two\n', q: '[{{v}}]' };

/** What differs on purpose: a value that is not there is marked, and a map is written as JSON. */
function asHandlebars(output: string | undefined): string | undefined {
  return output?.replaceAll(/⟦[^⟧]*⟧/g, '').replaceAll('{"k":"K"}', '[object Object]');
}

export const outputOfHandlebars: LanguageProperty = {
  name: 'output is that of Handlebars',
  runs: 500,
  least: 0.4,
  begin() {
    let compared = 0;
    const property = fc.property(body, (written) => {
      // An inline partial takes no else.
      if (/#\*inline[^]*(?:else|\^)/.test(written)) return;
      const analysis = analysisOf(`---\nsyntax: mustache\n---\n${written}`, {
        p: `---\nsyntax: mustache\n---\n${partials.p}`,
        q: `---\nsyntax: mustache\n---\n${partials.q}`,
      });
      if (analysis.hasErrors) return;
      const { messages } = render(analysis.renderInput(context), 'nonce');
      const environment = Handlebars.create();
      environment.registerPartial(partials);
      // Escaping changes nothing here; without it, Handlebars adds numbers that stand side by side.
      const expected = environment.compile(written)(context);
      compared++;
      assert.equal(asHandlebars(messages[0]?.content), expected);
    });
    return { property, telling: () => compared };
  },
};
