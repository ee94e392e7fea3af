import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { t } from './l10n.ts';
import { PageElement } from './pageElement.ts';

export class SashMove extends Event {
  /** Width of the pane before the sash, in pixels. */
  readonly width: number;

  constructor(width: number) {
    super('sash-move', { bubbles: true });
    this.width = width;
  }
}

const step = 24;

/** The border between two panes, moved with the mouse or the arrow keys. */
export class PaneSash extends PageElement {
  static override readonly properties: PropertyDeclarations = {
    width: { type: Number },
    least: { type: Number },
    most: { type: Number },
  };

  declare width: number;
  declare least: number;
  declare most: number;

  protected override render(): TemplateResult {
    return html`<div
      class="sash"
      role="separator"
      tabindex="0"
      aria-orientation="vertical"
      aria-label=${t('Width of the list')}
      aria-valuenow=${Math.round(this.width)}
      aria-valuemin=${this.least}
      aria-valuemax=${Math.round(this.most)}
      @pointerdown=${this.#grab}
      @keydown=${this.#pressed}
    ></div>`;
  }

  readonly #grab = (down: PointerEvent): void => {
    const sash = down.currentTarget as HTMLElement;
    const from = this.width - down.clientX;
    const move = (event: PointerEvent): void => {
      this.#move(from + event.clientX);
    };
    sash.setPointerCapture(down.pointerId);
    sash.addEventListener('pointermove', move);
    sash.addEventListener(
      'lostpointercapture',
      () => {
        sash.removeEventListener('pointermove', move);
      },
      { once: true },
    );
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = { ArrowLeft: -step, ArrowRight: step };
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    this.#move(this.width + by);
  };

  #move(width: number): void {
    this.dispatchEvent(new SashMove(Math.min(Math.max(width, this.least), this.most)));
  }
}

customElements.define('pane-sash', PaneSash);
