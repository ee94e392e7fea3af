import { t } from '../shared/l10n.ts';
import { type Line, lineAway, markLine, offsetIn } from '../shared/lineStepper.ts';
import type { MessageTools } from '../shared/messagesView.ts';
import { offsetBehindControls } from '../shared/visibleControls.ts';

interface Way {
  /** The content of a message. */
  readonly content: (message: number) => string;
  /** Shows the place of the template that the character at `offset` comes from. */
  readonly go: (message: number, offset: number, focus: boolean) => void;
  /** Reads the line that is meant now to those who listen. */
  readonly say: (text: string) => void;
}

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/**
 * From rendered text to the template: a click shows where it comes from, a double click goes there; with the keyboard,
 * the arrow keys choose a line and Enter goes there.
 */
export class TemplateWay implements MessageTools {
  readonly label = t('Text. Arrow keys choose a line, Enter goes to it in the template.');
  readonly #way: Way;
  #line: Line | undefined;

  constructor(way: Way) {
    this.#way = way;
  }

  readonly on = (message: number, event: Event): void => {
    const element = event.currentTarget as HTMLElement;
    if (event instanceof KeyboardEvent) this.#key(message, element, event);
    else if (event instanceof MouseEvent) this.#click(message, element, event);
    else this.#leave(element);
  };

  #click(message: number, element: HTMLElement, { detail }: MouseEvent): void {
    const selection = window.getSelection();
    // Who drags wants to copy.
    if (selection === null || selection.rangeCount === 0) return;
    if (!selection.isCollapsed && detail < 2) return;
    const { startContainer, startOffset } = selection.getRangeAt(0);
    const offset = offsetIn(element, startContainer, startOffset);
    if (offset !== undefined) this.#go(message, offset, detail >= 2);
  }

  #key(message: number, element: HTMLElement, event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const begun = this.#line !== undefined || !Number.isFinite(step);
      const text = element.textContent;
      this.#line = lineAway(text, this.#line?.start ?? 0, begun ? step : 0);
      markLine(element, this.#line);
      this.#way.say(this.#line.text.trim() === '' ? t('Empty line') : this.#line.text);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.#go(message, this.#line?.start ?? 0, true);
    }
  }

  #leave(element: HTMLElement): void {
    this.#line = undefined;
    markLine(element, undefined);
  }

  #go(message: number, shown: number, focus: boolean): void {
    this.#way.go(message, offsetBehindControls(this.#way.content(message), shown), focus);
  }
}
