import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { OutputRow } from '../../client/panels/protocol.ts';
import { PageElement } from '../shared/pageElement.ts';
import { t } from '../shared/l10n.ts';
import { outputRow } from './outputRow.ts';
import type { RowSource } from './rowSource.ts';

/** Pixels; the stylesheet's `.row` has the same. */
const rowHeight = 66;
const spare = 6;

/** A row was chosen: by a click, by the keyboard (`open` when it was Enter or a click). */
export class RowChosen extends Event {
  readonly id: string;
  readonly open: boolean;

  constructor(id: string, open: boolean) {
    super('row-chosen', { bubbles: true });
    this.id = id;
    this.open = open;
  }
}

/** The list of outputs. Only the rows in sight are in the page, however many there are. */
export class OutputList extends PageElement {
  static override readonly properties: PropertyDeclarations = {
    source: { attribute: false },
    selected: { type: String },
    now: { type: Number },
    version: { type: Number },
  };

  declare source: RowSource;
  declare selected: string | undefined;
  /** The present moment, for relative times. */
  declare now: number;
  /** Changes whenever the source has. */
  declare version: number;

  readonly #scroller = createRef<HTMLElement>();
  readonly #spacer = createRef<HTMLElement>();
  readonly #window = createRef<HTMLElement>();
  readonly #resized = new ResizeObserver(() => {
    this.requestUpdate();
  });
  /** Where the cursor is when the selected row is not among the known ones. */
  #index = 0;
  #knownTotal = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  override focus(): void {
    this.#scroller.value?.focus();
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.#scroller.value!);
    this.requestUpdate();
  }

  protected override updated(): void {
    const [first, last] = this.#range();
    this.source.need(first, last);
    this.#spacer.value!.style.height = `${(this.source.total ?? 0) * rowHeight}px`;
    this.#window.value!.style.transform = `translateY(${first * rowHeight}px)`;
    this.#holdPlace();
  }

  protected override render(): TemplateResult {
    const total = this.source.total ?? 0;
    const [first, last] = this.#range();
    const rows: TemplateResult[] = [];
    for (let index = first; index < last; index++) rows.push(this.#row(index, total));
    const active = this.#activeIndex();
    return html`<div
      class="list"
      role="listbox"
      tabindex="0"
      aria-label=${t('Outputs')}
      aria-activedescendant=${active >= first && active < last ? `row-${active}` : nothing}
      ${ref(this.#scroller)}
      @scroll=${() => {
        this.requestUpdate();
      }}
      @keydown=${this.#pressed}
    >
      <div class="list-spacer" role="presentation" ${ref(this.#spacer)}>
        <div class="list-window" role="presentation" ${ref(this.#window)}>${rows}</div>
      </div>
    </div>`;
  }

  #row(index: number, total: number): TemplateResult {
    const row = this.source.row(index);
    const selected = row !== undefined && row.id === this.selected;
    return html`<div
      class="row ${selected ? 'selected' : ''}"
      id="row-${index}"
      role="option"
      aria-selected=${String(selected)}
      aria-setsize=${total}
      aria-posinset=${index + 1}
      @click=${() => {
        this.#choose(index, true);
      }}
    >
      ${row === undefined ? html`<span class="row-loading"><span class="visually-hidden">${t('Loading…')}</span></span>` : outputRow(row, this.now)}
    </div>`;
  }

  /** First and one past the last row to be in the page. */
  #range(): [number, number] {
    const total = this.source.total ?? 0;
    const scroller = this.#scroller.value;
    const top = Math.trunc((scroller?.scrollTop ?? 0) / rowHeight);
    const shown = Math.ceil((scroller?.clientHeight ?? 0) / rowHeight);
    return [Math.max(0, top - spare), Math.min(total, top + shown + spare)];
  }

  /** Rows that appear above what someone reads must not push it away. */
  #holdPlace(): void {
    const total = this.source.total ?? 0;
    const added = total - this.#knownTotal;
    const scroller = this.#scroller.value!;
    // What a search finds comes in anywhere.
    const fromAbove = this.source.search === undefined;
    if (fromAbove && added > 0 && this.#knownTotal > 0 && scroller.scrollTop > rowHeight) {
      scroller.scrollTop += added * rowHeight;
    }
    this.#knownTotal = total;
  }

  #activeIndex(): number {
    const known = this.selected === undefined ? undefined : this.source.indexOf(this.selected);
    if (known !== undefined) this.#index = known;
    return this.#index;
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const total = this.source.total ?? 0;
    const page = Math.max(1, Math.trunc(this.#scroller.value!.clientHeight / rowHeight) - 1);
    const at = this.#activeIndex();
    const moves: Record<string, number> = {
      ArrowDown: this.selected === undefined ? at : at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: total - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) this.#choose(Math.min(Math.max(to, 0), total - 1), false);
    else if (event.key === 'Enter' || event.key === ' ') this.#choose(at, true);
    else return;
    event.preventDefault();
  };

  #choose(index: number, open: boolean): void {
    this.#index = index;
    this.#reveal(index);
    const row: OutputRow | undefined = this.source.row(index);
    if (row !== undefined) this.dispatchEvent(new RowChosen(row.id, open));
    else this.source.need(index, index);
  }

  #reveal(index: number): void {
    const scroller = this.#scroller.value!;
    const top = index * rowHeight;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + rowHeight > scroller.scrollTop + scroller.clientHeight) {
      scroller.scrollTop = top + rowHeight - scroller.clientHeight;
    }
  }
}

customElements.define('output-list', OutputList);
