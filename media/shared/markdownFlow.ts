import type { Flow } from './flow.ts';
import { lastBlockStart, markdownToHtml, type MarkdownScope } from './markdown.ts';
import { sanitise } from './sanitise.ts';
import { visibleControls } from './visibleControls.ts';

/**
 * Markdown that grows: complete blocks are rendered once and stay, only the last one is rendered again with each
 * piece. At the end all of it is rendered anew if a link reference came after its use.
 */
export class MarkdownFlow implements Flow {
  readonly #root: HTMLElement;
  readonly #scope: MarkdownScope = {};
  readonly #tail = document.createElement('div');
  #whole = '';
  #open = '';
  #costMs = 0;
  #due: number | undefined;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#tail.className = 'markdown-tail';
    root.replaceChildren(this.#tail);
  }

  append(text: string): void {
    this.#whole += text;
    this.#open += text;
    // A block that is slow to render (a very long table) is rendered less often, not with every piece.
    if (this.#costMs < 8) this.#render();
    else this.#due ??= window.setTimeout(() => this.#render(), this.#costMs * 10);
  }

  finish(): void {
    this.#cancel();
    this.#root.replaceChildren(sanitise(markdownToHtml(visibleControls(this.#whole))));
  }

  #render(): void {
    this.#cancel();
    const start = performance.now();
    const end = lastBlockStart(this.#open, this.#scope);
    if (end > 0) {
      this.#tail.before(this.#html(this.#open.slice(0, end)));
      this.#open = this.#open.slice(end);
    }
    this.#tail.replaceChildren(this.#html(this.#open));
    this.#costMs = performance.now() - start;
  }

  #html(text: string): DocumentFragment {
    return sanitise(markdownToHtml(visibleControls(text), this.#scope));
  }

  #cancel(): void {
    window.clearTimeout(this.#due);
    this.#due = undefined;
  }
}
