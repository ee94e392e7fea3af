/** What a part of a body refers to outside of itself. */
import type { Analysis } from '../../analysis.ts';
import type { Block, Path, Span } from '../../language/nodes.ts';
import type { Meaning, Scope } from '../../language/scopes.ts';
import { pathsIn } from '../tagWalk.ts';
import type { Edit } from '../frontMatterEdits.ts';
import type { Selected } from './selected.ts';

export interface Outward {
  readonly path: Path;
  readonly meaning: Meaning;
  /** How many contexts lie between the path and the edge of the part. */
  readonly depth: number;
  /** How many contexts it goes out beyond the edge. Nothing for block parameters and data variables. */
  readonly up: number;
}

export function outward({ tags, scope }: Selected, analysis: Analysis): Outward[] {
  const edge = contexts(scope);
  const found: Outward[] = [];
  for (const tag of tags) {
    for (const path of pathsIn(tag)) {
      const inner = analysis.scopeAt(path.start);
      const meaning = analysis.meaningOf(path);
      const depth = contexts(inner) - edge;
      const up = meaning.kind === 'param' || meaning.kind === 'data' ? 0 : path.up - depth;
      if (isOutward(meaning, inner, scope, up, path)) found.push({ path, meaning, depth, up });
    }
  }
  return found;
}

function isOutward(meaning: Meaning, inner: Scope, edge: Scope, up: number, path: Path): boolean {
  if (meaning.kind === 'param') return edge.blocks.includes(meaning.param.block);
  if (meaning.kind === 'data') {
    const repeats = inner.blocks
      .slice(0, inner.blocks.length - edge.blocks.length)
      .some(isRepeating);
    return edge.data.includes(meaning.name) && !repeats;
  }
  return !path.data && up >= 0;
}

function isRepeating({ open }: Block): boolean {
  return (
    open.kind === 'open' && (open.call.callee.text === 'each' || open.call.positional.length === 0)
  );
}

/** How many contexts lie between a place in the part and its edge. */
export function depthAt(offset: number, { scope }: Selected, analysis: Analysis): number {
  return contexts(analysis.scopeAt(offset)) - contexts(scope);
}

function contexts(scope: Scope): number {
  let count = 0;
  for (let at = scope.outer; at !== undefined; at = at.outer) count++;
  return count;
}

/** A path whose names are looked up so many contexts further out than where it stands. */
export function outwards({ text, start, segments }: Path, up: number): string {
  const [first] = segments;
  const names = first === undefined ? '' : text.slice(first.start - start);
  return names === '' ? '../'.repeat(up).slice(0, -1) || 'this' : '../'.repeat(up) + names;
}

/** A path in other words, also where it is repeated to close its section. */
export function respelled(path: Path, text: string, analysis: Analysis): Edit[] {
  const [block] = analysis.blocksAt(path.start);
  const opens = block?.open.kind === 'open' && block.open.call.callee === path;
  const close: Span[] = opens && block.close !== undefined ? [block.close.name] : [];
  return [path, ...close].map(({ start, end }) => ({ span: { start, end }, text }));
}
