import MarkdownIt from 'markdown-it';
import { safeLink } from './safeLink.ts';

/**
 * Markdown of untrusted text. HTML in it stays text, images become their description and address, links lead to
 * the web or nowhere. What comes out still goes through `sanitise` before it is shown.
 */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
markdown.validateLink = (address) => safeLink(address) !== undefined;
const { rules } = markdown.renderer;
const escape = markdown.utils.escapeHtml;

rules.image = (tokens, index) => {
  const token = tokens[index]!;
  const address = String(token.attrGet('src') ?? '');
  return `<span class="image">${escape([token.content, address].filter(Boolean).join(' — '))}</span>`;
};
// A style attribute would be refused by the page's content security policy.
for (const rule of ['th_open', 'td_open'] as const) {
  rules[rule] = (tokens, index) => {
    const token = tokens[index]!;
    const align = /text-align:(left|center|right)/.exec(String(token.attrGet('style') ?? ''))?.[1];
    return align === undefined ? `<${token.tag}>` : `<${token.tag} class="align-${align}">`;
  };
}

/** Shared by the parts of one text: the link references found so far. */
export type MarkdownScope = Record<string, unknown>;

/** @returns HTML, to be sanitised. */
export function markdownToHtml(text: string, scope: MarkdownScope = {}): string {
  return markdown.render(text, scope);
}

/**
 * Where the last top-level block of the text begins: what lies before it is complete and text that is appended
 * cannot change it any more (link references that come later excepted).
 * @returns offset in UTF-16 units; 0 when there is one block or none.
 */
export function lastBlockStart(text: string, scope: MarkdownScope = {}): number {
  const blocks = markdown.parse(text, { ...scope }).filter(({ level, map }) => level === 0 && map);
  const line = blocks.at(-1)?.map?.[0] ?? 0;
  let offset = 0;
  for (let n = 0; n < line; n++) offset = text.indexOf('\n', offset) + 1;
  return offset;
}
