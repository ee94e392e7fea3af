/**
 * Control characters that would change how text around them reads: C0 and C1 controls, and those that turn the
 * writing direction (an answer could show other words than it holds). Tab and line feed stay; so do the marks
 * that honest right-to-left text needs (LRM, RLM, ALM).
 */
const controls =
  // oxlint-disable-next-line no-control-regex -- finding them is the purpose
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/g;

/** The text with its controls made visible: `\u001b` as `␛`, `\u202e` as `‹U+202E›`. Line ends become `\n`. */
export function visibleControls(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(controls, visible);
}

/** Where the character at an offset of the visible text stands in the text itself. */
export function offsetBehindControls(text: string, offset: number): number {
  let longer = 0;
  for (const { 0: hidden, index } of text.matchAll(new RegExp(`\\r\\n|${controls.source}`, 'g'))) {
    if (index + longer >= offset) break;
    const shown = hidden.startsWith('\r') ? '\n' : visible(hidden);
    longer += shown.length - hidden.length;
    // Inside of what stands for one character.
    if (index + hidden.length + longer > offset) return index;
  }
  return Math.min(Math.max(offset - longer, 0), text.length);
}

function visible(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}
