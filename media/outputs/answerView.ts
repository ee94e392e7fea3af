import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Output } from '../../client/model.ts';
import type { Flow, FlowKind } from '../shared/flow.ts';
import { JsonFlow } from '../shared/jsonFlow.ts';
import { MarkdownFlow } from '../shared/markdownFlow.ts';
import { PageElement } from '../shared/pageElement.ts';
import { TextFlow } from '../shared/textFlow.ts';

/**
 * The text of one output in its format, also while it is still arriving. What is on screen is never rendered
 * again as long as the text only grows.
 */
export class AnswerView extends PageElement {
  static override readonly properties: PropertyDeclarations = {
    output: { attribute: false },
    source: { type: Boolean },
  };

  declare output: Output;
  /** Show the text as it came instead of what it means. */
  declare source: boolean;

  #flow: Flow | undefined;
  #kind: FlowKind | undefined;
  #id: string | undefined;
  #text = '';
  #finished = false;

  constructor() {
    super();
    this.source = false;
  }

  /** How much of the text is on screen. */
  get length(): number {
    return this.#text.length;
  }

  /**
   * More text of the same output, beginning at `offset`.
   * @returns what was new, or `undefined` when something before it is missing here.
   */
  grow(offset: number, text: string): string | undefined {
    if (this.#flow === undefined || offset > this.#text.length) return undefined;
    const added = text.slice(this.#text.length - offset);
    this.#add(added);
    return added;
  }

  protected override render(): TemplateResult {
    return html`<div class="answer" dir="auto"></div>`;
  }

  protected override updated(): void {
    const { id, status, text } = this.output;
    const growing = status === 'pending' || status === 'processing';
    const kind = flowKind(this.output, this.source);
    const behind = growing && this.#text.startsWith(text);
    const same = id === this.#id && kind === this.#kind && (behind || text.startsWith(this.#text));
    if (!same || (this.#finished && (growing || text !== this.#text))) this.#begin(id, kind);
    if (this.#text.length < text.length) this.#add(text.slice(this.#text.length));
    if (growing || this.#finished) return;
    this.#finished = true;
    this.#flow?.finish();
  }

  #begin(id: string, kind: FlowKind): void {
    const root = this.querySelector<HTMLElement>('.answer')!;
    root.className = `answer ${kind === MarkdownFlow ? 'markdown' : 'preformatted'}`;
    this.#flow = new kind(root);
    this.#kind = kind;
    this.#id = id;
    this.#text = '';
    this.#finished = false;
  }

  #add(text: string): void {
    this.#text += text;
    this.#flow?.append(text);
  }
}

/** HTML, YAML and XML are shown as text: nothing a model wrote becomes part of the page. */
function flowKind({ format }: Output, source: boolean): FlowKind {
  if (source) return TextFlow;
  switch (format) {
    case 'markdown':
      return MarkdownFlow;
    case 'json':
      return JsonFlow;
    case 'text':
    case 'html':
    case 'yaml':
    case 'xml':
      return TextFlow;
  }
}

customElements.define('answer-view', AnswerView);
