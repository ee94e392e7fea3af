/** Members of declared values: what `user.address.city` is, as far as the front matter says. */
import type { Segment } from './nodes.ts';
import type { Shape } from './values.ts';

/** Where a path leads to something that certainly does not exist. */
export interface Break {
  readonly segment: Segment;
  /** The path before it, dotted. */
  readonly owner: string;
  readonly shape: Shape;
}

export interface Walked {
  /** `undefined`: not known. */
  readonly shape?: Shape;
  readonly broken?: Break;
}

const count: Shape = { type: 'integer', required: true };

/** The member of that name; `undefined`: nothing is known of it. */
export function memberOf(shape: Shape, name: string): Shape | undefined {
  if (shape.type === 'array') {
    if (name === 'length') return count;
    return /^\d+$/.test(name) ? shape.items : undefined;
  }
  return shape.properties?.find((property) => property.name === name);
}

/** Whether a value of this shape may have the member. */
function mayHave(shape: Shape, name: string): boolean {
  switch (shape.type) {
    case 'any':
      return true;
    case 'object':
      return !shape.properties || memberOf(shape, name) !== undefined;
    case 'array':
      return name === 'length' || /^\d+$/.test(name);
    case 'string':
    case 'text':
      return name === 'length';
    case 'number':
    case 'integer':
    case 'boolean':
      return false;
  }
}

/** Follows segments from a shape. */
export function walk(from: Shape | undefined, segments: readonly Segment[], owner: string): Walked {
  let shape = from;
  let path = owner;
  for (const segment of segments) {
    if (!shape) return {};
    if (!mayHave(shape, segment.name)) return { broken: { segment, owner: path, shape } };
    shape = memberOf(shape, segment.name);
    path = path === '' ? segment.name : `${path}.${segment.name}`;
  }
  return { shape };
}
