import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import Handlebars from 'handlebars';
import { buildSyntax } from '../../server/language/syntaxBuilder.ts';
import { Template } from '../../server/language/template.ts';
import type { LanguageProperty } from './property.ts';

/**
 * Compares our tree with that of Handlebars' own parser, for texts that both accept: our tags with their delimiters.
 * The trees differ on purpose in how values are read, so only what decides the output's shape is compared: the order
 * and kinds of statements, block nesting, and every piece of text after white space control.
 */
function shape(program: hbs.AST.Program | undefined): unknown {
  return program?.body.flatMap((node): unknown[] => {
    switch (node.type) {
      case 'ContentStatement': {
        const { value } = node as hbs.AST.ContentStatement;
        return value === '' ? [] : [value];
      }
      case 'CommentStatement':
        return [];
      case 'BlockStatement':
      case 'DecoratorBlock':
      case 'PartialBlockStatement': {
        const block = node as hbs.AST.BlockStatement;
        const branches = [block.program, block.inverse].map(shape);
        return [[node.type, ...(branches[1] ? branches : [branches[0] ?? []])]];
      }
      case 'PartialStatement':
        return [[node.type, (node as hbs.AST.PartialStatement).indent]];
      default:
        return [node.type];
    }
  });
}

/** Neighbouring texts are one: Handlebars cuts them at escapes. */
function joined(shaped: unknown): unknown {
  if (!Array.isArray(shaped)) return shaped;
  const made: unknown[] = [];
  for (const one of shaped.map(joined)) {
    const last = made.at(-1);
    if (
      typeof one === 'string' &&
      typeof last === 'string' &&
      !/Statement$|Block$/.test(one + last)
    ) {
      made[made.length - 1] = last + one;
    } else made.push(one);
  }
  return made;
}

/** One to each dot. */
const written = `
{{x}} · {{~x}} · {{x~}} · {{h a 1 "s" k=v}} · {{h (s a) b}} · {{this}} · {{../x}} · {{@index}} · {{a.b}} · {{[a b]}}
{{&x}} · {{#if x}} · {{~#if x~}} · {{else}} · {{~else~}} · {{else if y}} · {{~else if y}} · {{/if}} · {{~/if~}}
{{#each xs as |x i|}} · {{/each}} · {{#foo}} · {{^foo}} · {{/foo}} · {{^if x}} · {{~^x~}} · {{/x}} · {{! c }} · {{!-- c --}} · {{~! c ~}} · {{> p}} · {{~> p}}
{{> p a=1}} · {{#> p}} · {{/p}} · {{#*inline "i"}} · {{/inline}} · text · t
`;
const pieces = [...written.trim().split(/ · |\n/), ' ', '  ', '\n', '\r\n', '\n\n', '\t'];

const source = fc
  .array(fc.constantFrom(...pieces), { maxLength: 16 })
  .map((parts) => parts.join(''));

/** Their tree, or `undefined` when they refuse. */
function theirs(text: string): unknown {
  try {
    return joined(shape(Handlebars.parse(text)));
  } catch {
    return undefined;
  }
}

/** Ours for the mustache syntax, or with angle brackets for delimiters. */
function ours(text: string, style: 'mustache' | 'angle'): unknown {
  const head = style === 'mustache' ? '---\nsyntax: mustache\n---\n' : '';
  const body = style === 'mustache' ? text : text.replaceAll('{{', '<<').replaceAll('}}', '>>');
  const template = Template.read(head + body);
  if (template.problems.some(({ code }) => structural.has(code))) return undefined;
  return joined(shape(Handlebars.parse(buildSyntax(template, []) as unknown as string)));
}

const structural = new Set([
  'unclosed-block',
  'stray-close',
  'mismatch',
  'stray-else',
  'double-else',
  'malformed-tag',
  'too-deep',
  'yaml-syntax',
]);

export const treeOfHandlebars = (style: 'mustache' | 'angle'): LanguageProperty => ({
  name: `the tree is that of Handlebars where both accept (${style})`,
  runs: 2500,
  least: 0.08,
  begin() {
    let compared = 0;
    const property = fc.property(source, (text) => {
      const [expected, found] = [theirs(text), ours(text, style)];
      if (expected === undefined || found === undefined) return;
      compared++;
      assert.deepEqual(found, expected);
    });
    return { property, telling: () => compared };
  },
});
