/** Lets the lines of a text be walked with the arrow keys; the one that is meant is marked without changing the page. */

const name = 'chosen-line';

export interface Line {
  /** Offsets in the text, half open, without the line's end. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The line a step away from the one at `offset`, held within the text. @param steps negative: upwards. */
export function lineAway(text: string, offset: number, steps: number): Line {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const current = starts.findLastIndex((start) => start <= offset);
  const index = Math.min(Math.max(current + steps, 0), starts.length - 1);
  const start = starts[index]!;
  const next = starts[index + 1];
  const end = next === undefined ? text.length : next - 1;
  return { start, end, text: text.slice(start, end) };
}

/** Marks a stretch of an element's text and brings it into view; `undefined` takes the mark away. */
export function markLine(element: Element, line: Line | undefined): void {
  CSS.highlights.delete(name);
  if (line === undefined) return;
  const range = rangeIn(element, line.start, Math.max(line.end, line.start));
  CSS.highlights.set(name, new Highlight(range));
  const box = range.getBoundingClientRect();
  if (box.top < 0 || box.bottom > window.innerHeight) {
    window.scrollBy({ top: box.top - window.innerHeight / 2 });
  }
}

/** How many characters of an element's text stand before a place in it; `undefined`: the place is not in it. */
export function offsetIn(element: Element, node: Node, offset: number): number | undefined {
  if (!element.contains(node)) return undefined;
  const range = document.createRange();
  range.selectNodeContents(element);
  range.setEnd(node, offset);
  return range.toString().length;
}

function rangeIn(element: Element, start: number, end: number): Range {
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let before = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    if (!begun && start <= before + length) {
      range.setStart(node, start - before);
      begun = true;
    }
    if (end <= before + length) {
      range.setEnd(node, end - before);
      return range;
    }
    before += length;
  }
  return range;
}
