import type { Flow } from './flow.ts';
import { visibleControls } from './visibleControls.ts';

/** Lines per block: the browser lays out, and skips when off screen, one block at a time. */
const linesPerBlock = 100;

/** Plain text, as it stands. Appending costs the length of what is appended and of the block it goes to. */
export class TextFlow implements Flow {
  readonly #root: HTMLElement;
  #block: Text | undefined;
  #lines = 0;
  /** A carriage return at the end of a piece: its line feed may come with the next. */
  #held = '';

  constructor(root: HTMLElement) {
    this.#root = root;
    root.replaceChildren();
  }

  append(text: string): void {
    const whole = this.#held + text;
    this.#held = whole.endsWith('\r') ? '\r' : '';
    const lines = visibleControls(whole.slice(0, whole.length - this.#held.length)).split('\n');
    let ready = '';
    for (const [index, line] of lines.entries()) {
      if (index > 0 && this.#lines < linesPerBlock) {
        this.#lines += 1;
        ready += '\n';
      } else if (index > 0) {
        this.#write(ready);
        this.#close();
        ready = '';
      }
      ready += line;
    }
    this.#write(ready);
  }

  finish(): void {
    if (this.#held === '') return;
    this.#held = '';
    this.append('\n');
  }

  #write(text: string): void {
    if (this.#block === undefined) {
      const block = document.createElement('div');
      block.className = 'text-block';
      this.#block = document.createTextNode('');
      this.#lines = 1;
      block.append(this.#block);
      this.#root.append(block);
    }
    this.#block.appendData(text);
  }

  /** The end of a block is the line break to the next; an empty last line would have no height without its own. */
  #close(): void {
    if (this.#block !== undefined && /(^|\n)$/.test(this.#block.data)) this.#block.appendData('\n');
    this.#block = undefined;
  }
}
