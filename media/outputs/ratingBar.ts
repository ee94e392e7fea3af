import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Feedback } from '../../client/model.ts';
import { button, iconButton } from '../shared/button.ts';
import { t } from '../shared/l10n.ts';
import { PageElement } from '../shared/pageElement.ts';

export class Rate extends Event {
  readonly rating: Feedback['rating'] | undefined;
  readonly comment: string;

  constructor(rating: Feedback['rating'] | undefined, comment: string) {
    super('rate', { bubbles: true });
    this.rating = rating;
    this.comment = comment;
  }
}

/** A comment that is being written; kept by the page until it is saved or given up. */
export class DraftChange extends Event {
  readonly text: string | undefined;

  constructor(text: string | undefined) {
    super('draft-change', { bubbles: true });
    this.text = text;
  }
}

/** Thumbs up or down, and why. A thumb counts at once; the comment is optional and follows. */
export class RatingBar extends PageElement {
  static override readonly properties: PropertyDeclarations = {
    outputId: { attribute: false },
    feedback: { attribute: false },
    draft: { attribute: false },
  };

  declare outputId: string;
  declare feedback: Feedback | undefined;
  /** What is in the comment box; `undefined` while it is closed. */
  declare draft: string | undefined;
  /** The thumb the open comment box belongs to: a late answer about the one before must not bring that back. */
  #chosen: Feedback['rating'] | undefined;

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('outputId')) this.#chosen = undefined;
  }

  protected override render(): TemplateResult {
    const rating = this.feedback?.rating;
    return html`<section class="rating" aria-label=${t('Rating')}>
      <div class="rating-line">
        <span
          >${rating === undefined ? t('Was this answer good?') : t('You rated this answer.')}</span
        >
        ${this.#thumb('up', t('Good'))} ${this.#thumb('down', t('Bad'))}
        ${rating !== undefined && this.draft === undefined ? this.#said() : nothing}
      </div>
      ${this.draft === undefined ? nothing : this.#box(this.draft)}
    </section>`;
  }

  #thumb(rating: Feedback['rating'], label: string): TemplateResult {
    const pressed = this.feedback?.rating === rating;
    const name = rating === 'up' ? 'thumbsup' : 'thumbsdown';
    return iconButton(
      pressed ? `${name}-filled` : name,
      pressed ? t('{0} (press to take back)', label) : label,
      () => {
        this.#rate(pressed ? undefined : rating);
      },
      { pressed },
    );
  }

  #said(): TemplateResult {
    const comment = this.feedback?.comment;
    return html`
      ${comment === undefined ? nothing : html`<q class="comment" dir="auto">${comment}</q>`}
      <button
        class="link-button"
        @click=${() => {
          this.#write(comment ?? '');
          this.#focusBox();
        }}
      >
        ${comment === undefined ? t('Add a comment') : t('Edit')}
      </button>
    `;
  }

  #box(draft: string): TemplateResult {
    return html`<div class="rating-box">
      <textarea
        class="control"
        rows="2"
        dir="auto"
        aria-label=${t('Comment on the rating')}
        placeholder=${t('What was good or bad about it? (optional)')}
        .value=${draft}
        @input=${(event: Event) => {
          this.#write((event.target as HTMLTextAreaElement).value);
        }}
        @keydown=${this.#pressed}
      ></textarea>
      <div class="buttons">
        ${button(t('Save Comment'), () => this.#save(), { primary: true })}
        ${button(t('Cancel'), () => this.#close())}
        <span class="dim keys"
          >${t('Enter saves, Shift+Enter starts a new line, Esc cancels')}</span
        >
      </div>
    </div>`;
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) this.#save();
    else if (event.key === 'Escape') this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** A new rating asks why; taking one back closes the question. */
  #rate(rating: Feedback['rating'] | undefined): void {
    const comment = this.draft ?? this.feedback?.comment ?? '';
    this.#chosen = rating;
    this.#tell(rating, rating === undefined ? '' : comment);
    this.#write(rating === undefined ? undefined : comment);
    if (rating !== undefined) this.#focusBox();
  }

  #save(): void {
    this.#tell(this.#chosen ?? this.feedback?.rating, this.draft ?? '');
    this.#close();
  }

  /** Shown at once; the page puts right what could not be written. */
  #tell(rating: Feedback['rating'] | undefined, comment: string): void {
    const said = comment.trim();
    this.feedback = rating && { rating, user: '', at: 0, ...(said !== '' && { comment: said }) };
    this.dispatchEvent(new Rate(rating, said));
  }

  #close(): void {
    this.#chosen = undefined;
    this.#write(undefined);
    this.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
  }

  #write(text: string | undefined): void {
    this.draft = text;
    this.dispatchEvent(new DraftChange(text));
  }

  #focusBox(): void {
    void this.updateComplete.then(() => {
      this.querySelector('textarea')?.focus();
    });
  }
}

customElements.define('rating-bar', RatingBar);
