/** Handlebars as our tags: the same language between other brackets. */
import type { Loss, Piece } from './draft.ts';
import type { Turn } from './roles.ts';
import { roleOf } from './roles.ts';

const tag =
  /(\\?)(\{\{(~?)!--([\s\S]*?)--(~?)\}\}|\{\{\{(~?)\s*([^{}]*?)\s*(~?)\}\}\}|\{\{(~?)\s*((?:"[^"\n]*"|'[^'\n]*'|[^{}"'])*?)\s*(~?)\}\})/g;

export interface Read {
  readonly turns: readonly Turn[];
  readonly losses: readonly Loss[];
}

/** @param line of the first line of the text in its file */
export function readHandlebars(text: string, line: number): Read {
  const turns: { role: string; body: Piece[]; line: number }[] = [{ role: '', body: [], line }];
  const losses: Loss[] = [];
  const names: string[] = [];
  let from = 0;
  let at = line;
  const put = (piece: Piece): void => {
    turns.at(-1)?.body.push(piece);
  };
  for (const found of text.matchAll(tag)) {
    const before = text.slice(from, found.index);
    at += before.split('\n').length - 1;
    put(before);
    from = found.index + found[0].length;
    const written = found[2] ?? '';
    if (found[1] === '\\') put(written);
    else if (found[4] !== undefined)
      put({ tag: `${found[3]}!--${found[4]}--${found[5]}`, from: written, line: at });
    else {
      const inner = found[7] ?? found[10] ?? '';
      const role = /^role\s+["'](\w+)["']$/.exec(inner)?.[1];
      if (role !== undefined) turns.push({ role: roleOf(role) ?? 'user', body: [], line: at });
      else {
        const [left, right] = [found[6] || found[9] || '', found[8] || found[11] || ''];
        put(converted(inner, written, at, { left, right, names, losses }));
      }
    }
    at += found[0].split('\n').length - 1;
  }
  put(text.slice(from));
  return { turns, losses };
}

interface Around {
  readonly left: string;
  readonly right: string;
  /** The blocks that are open, as the original calls them. */
  readonly names: string[];
  readonly losses: Loss[];
}

function converted(inner: string, from: string, line: number, around: Around): Piece {
  const { left, right, names, losses } = around;
  const made = (content: string): Piece => ({ tag: `${left}${content}${right}`, from, line });
  if (/^(?:history|section\b.*)$/.test(inner)) {
    losses.push({ key: from, reason: 'There is nothing like it here; it was left out.', line });
    return '';
  }
  const media = /^media\s+url=(\S+)/.exec(inner)?.[1];
  if (media !== undefined) {
    losses.push({
      key: from,
      reason: 'Only text can be sent: the address itself is put in its place.',
      line,
    });
    return made(media);
  }
  const block = /^#\s*([\w.]+)\s*([\s\S]*)$/.exec(inner);
  if (block) {
    const name = block[1] ?? '';
    names.push(name);
    if (name === 'ifEquals') return made(`#if (eq ${block[2]})`);
    if (name === 'unlessEquals') return made(`#unless (eq ${block[2]})`);
    return made(`#${name}${block[2] === '' ? '' : ` ${block[2]}`}`);
  }
  if (inner.startsWith('/')) {
    const name = names.pop();
    const renamed = name === 'ifEquals' ? 'if' : name === 'unlessEquals' ? 'unless' : undefined;
    return made(renamed === undefined ? `/${inner.slice(1).trim()}` : `/${renamed}`);
  }
  if (inner.startsWith('>')) return made(`> ${inner.slice(1).trim()}`);
  return made(inner.replace(/^&\s*/, '').replace(/^else\s*\^?$/, 'else'));
}
