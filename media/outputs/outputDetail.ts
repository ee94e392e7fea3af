import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { OutputDetail } from '../../client/panels/protocol.ts';
import { iconButton } from '../shared/button.ts';
import { icon } from '../shared/icon.ts';
import { t } from '../shared/l10n.ts';
import { messagesView } from '../shared/messagesView.ts';
import { PageElement } from '../shared/pageElement.ts';
import { type Tab, type TabChosen, tabId, tabPanelId } from '../shared/pageTabs.ts';
import type { AnswerView } from './answerView.ts';
import { attemptsView } from './attemptsView.ts';
import { type DetailCommand, outputButtons } from './outputButtons.ts';
import { outputHead } from './outputHead.ts';
import { outputNotices } from './outputNotices.ts';
import './answerView.ts';
import './ratingBar.ts';
import { valuesView } from './valuesView.ts';

export class DetailAction extends Event {
  readonly command: DetailCommand;

  constructor(command: DetailCommand) {
    super('detail-action', { bubbles: true });
    this.command = command;
  }
}

/** Closer to the end than this counts as being there: what arrives is followed. */
const endPixels = 32;

/** One output with everything about it. */
export class OutputDetailView extends PageElement {
  static override readonly properties: PropertyDeclarations = {
    detail: { attribute: false },
    draft: { attribute: false },
    tab: { type: String },
    now: { type: Number },
    copied: { type: Boolean },
    source: { type: Boolean },
  };

  declare detail: OutputDetail;
  declare draft: string | undefined;
  declare tab: string;
  declare now: number;
  /** Says that copying has just worked. */
  declare copied: boolean;
  declare source: boolean;

  constructor() {
    super();
    this.tab = 'answer';
    this.copied = false;
    this.source = false;
  }

  /** @returns what was new, or `undefined` when something before it is missing here. */
  grow(offset: number, text: string): string | undefined {
    const follow = this.#atEnd();
    const view = this.#answer();
    const wasEmpty = view?.length === 0;
    const added = view?.grow(offset, text);
    if (wasEmpty) this.requestUpdate();
    if (follow) this.#toEnd();
    return added;
  }

  protected override render(): TemplateResult {
    const { detail, now } = this;
    const act = (action: string): void => {
      this.#ask(`act:${action}`);
    };
    return html`<article class="detail" aria-label=${t('Output')}>
      <header class="detail-head">
        ${outputHead(detail, now)}
        <div class="buttons">${this.#buttons()}</div>
      </header>
      ${outputNotices(detail, now, act)}
      <div class="tabs-line">
        <page-tabs
          .tabs=${this.#tabs()}
          .chosen=${this.tab}
          .label=${t('Parts of this output')}
          @tab-chosen=${(event: TabChosen) => {
            this.tab = event.id;
          }}
        ></page-tabs>
        ${this.tab === 'answer' && this.#canShowSource() ? this.#sourceButton() : nothing}
      </div>
      <div class="detail-body" tabindex="0" role="group" aria-label=${t('Content')}>
        ${this.#panel('answer', this.#answerPanel())}
        ${this.#panel('prompt', this.tab === 'prompt' ? messagesView(detail.messages) : nothing)}
        ${this.#panel('values', this.tab === 'values' ? valuesView(detail.context) : nothing)}
        ${this.#panel('attempts', this.tab === 'attempts' ? attemptsView(detail) : nothing)}
      </div>
      ${this.#ended() && detail.output.text !== '' ? this.#rating() : nothing}
    </article>`;
  }

  /** Another output begins at its top. */
  /** Another output is read from its answer on: a re-run must not look as if nothing had happened. */
  protected override willUpdate(changed: Map<string, unknown>): void {
    const former = changed.get('detail') as OutputDetail | undefined;
    if (former && former.output.id !== this.detail.output.id) this.tab = 'answer';
  }

  protected override updated(changed: Map<string, unknown>): void {
    const former = changed.get('detail') as OutputDetail | undefined;
    if (former === undefined || former.output.id === this.detail.output.id) return;
    this.querySelector('.detail-body')!.scrollTop = 0;
  }

  #tabs(): Tab[] {
    const { attempts, context } = this.detail;
    return [
      { id: 'answer', label: t('Answer') },
      { id: 'prompt', label: t('Prompt') },
      { id: 'values', label: t('Values ({0})', Object.keys(context).length) },
      { id: 'attempts', label: t('Attempts ({0})', attempts.length) },
    ];
  }

  #panel(id: string, content: unknown): TemplateResult {
    return html`<section
      role="tabpanel"
      id=${tabPanelId(id)}
      aria-labelledby=${tabId(id)}
      ?hidden=${this.tab !== id}
    >
      ${content}
    </section>`;
  }

  #answerPanel(): TemplateResult {
    const { output } = this.detail;
    const shown = Math.max(output.text.length, this.#shownLength());
    return html`
      <answer-view .output=${output} .source=${this.source}></answer-view>
      ${shown === 0 ? this.#nothingYet() : nothing}
    `;
  }

  #nothingYet(): TemplateResult | typeof nothing {
    const { status } = this.detail.output;
    switch (status) {
      case 'processing':
        return html`<p class="dim">
          ${icon('loading', { spin: true })} ${t('Waiting for the first words…')}
        </p>`;
      case 'completed':
        return html`<p class="dim">${t('The answer is empty.')}</p>`;
      case 'failed':
      case 'interrupted':
        return html`<p class="dim">${t('No text arrived.')}</p>`;
      case 'pending':
        return html`<p class="dim">${t('The answer streams in here when its turn comes.')}</p>`;
      case 'cancelled':
        return nothing;
    }
  }

  #buttons(): TemplateResult[] {
    const { copied, detail } = this;
    const hasText = detail.output.text !== '' || this.#shownLength() > 0;
    const look = { detail, copied, hasText, ended: this.#ended() };
    return outputButtons(look, (command) => this.#ask(command));
  }

  /** Where the text as it came differs from what is shown. */
  #canShowSource(): boolean {
    const { format, text } = this.detail.output;
    return text !== '' && (format === 'markdown' || format === 'json');
  }

  #sourceButton(): TemplateResult {
    return iconButton(
      'code',
      t('Show the text as it came'),
      () => {
        this.source = !this.source;
      },
      { pressed: this.source },
    );
  }

  #rating(): TemplateResult {
    const { feedback } = this.detail.output;
    return html`<rating-bar
      .outputId=${this.detail.output.id}
      .feedback=${feedback}
      .draft=${this.draft}
    ></rating-bar>`;
  }

  #ended(): boolean {
    const { status } = this.detail.output;
    return status !== 'pending' && status !== 'processing';
  }

  #ask(command: DetailCommand): void {
    this.dispatchEvent(new DetailAction(command));
  }

  #answer(): AnswerView | undefined {
    return this.querySelector<AnswerView>('answer-view') ?? undefined;
  }

  /** Text that streamed in may be longer than what the detail was fetched with. */
  #shownLength(): number {
    const { output } = this.detail;
    const view = this.#answer();
    return view?.output.id === output.id && !this.#ended() ? view.length : 0;
  }

  #atEnd(): boolean {
    const body = this.querySelector('.detail-body');
    return (
      body !== null &&
      this.tab === 'answer' &&
      body.scrollHeight - body.scrollTop - body.clientHeight < endPixels
    );
  }

  #toEnd(): void {
    const body = this.querySelector('.detail-body')!;
    body.scrollTop = body.scrollHeight;
  }
}

customElements.define('output-detail', OutputDetailView);
