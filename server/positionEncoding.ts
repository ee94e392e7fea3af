/** How a client counts the characters of a line. Inside the server every offset counts UTF-16 units, as strings do. */

export type PositionEncoding = 'utf-8' | 'utf-16' | 'utf-32';

const known: readonly PositionEncoding[] = ['utf-8', 'utf-16', 'utf-32'];

/** The first that both sides know; UTF-16 for a client that says nothing, as the protocol has it. */
export function encodingOf(offered: unknown): PositionEncoding {
  const all: readonly unknown[] = Array.isArray(offered) ? offered : [];
  return all.find(isKnown) ?? 'utf-16';
}

function isKnown(encoding: unknown): encoding is PositionEncoding {
  return known.some((one) => one === encoding);
}

/** How long a piece of text is in an encoding. */
export function lengthIn(encoding: PositionEncoding, text: string): number {
  if (encoding === 'utf-16') return text.length;
  let length = 0;
  for (let at = 0; at < text.length;) {
    const point = text.codePointAt(at) ?? 0;
    length += unitsOf(point, encoding);
    at += point > 0xffff ? 2 : 1;
  }
  return length;
}

/** How many UTF-16 units come before a place in a text; a place within a character is that before it. */
export function unitsBefore(encoding: PositionEncoding, text: string, place: number): number {
  if (encoding === 'utf-16') return Math.min(place, text.length);
  let left = place;
  let at = 0;
  while (at < text.length) {
    const point = text.codePointAt(at) ?? 0;
    left -= unitsOf(point, encoding);
    if (left < 0) break;
    at += point > 0xffff ? 2 : 1;
  }
  return at;
}

function unitsOf(point: number, encoding: 'utf-8' | 'utf-32'): number {
  if (encoding === 'utf-32' || point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point > 0xffff ? 4 : 3;
}
