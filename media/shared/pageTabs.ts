import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { PageElement } from './pageElement.ts';

export interface Tab {
  readonly id: string;
  readonly label: string;
}

export class TabChosen extends Event {
  readonly id: string;

  constructor(id: string) {
    super('tab-chosen', { bubbles: true });
    this.id = id;
  }
}

/** Tabs as the ARIA pattern has them: one stop, arrows choose. Panels are `tabPanelId(id)`, labelled by `tabId(id)`. */
export class PageTabs extends PageElement {
  static override readonly properties: PropertyDeclarations = {
    tabs: { attribute: false },
    chosen: { type: String },
    label: { type: String },
  };

  declare tabs: readonly Tab[];
  declare chosen: string;
  declare label: string;

  protected override render(): TemplateResult {
    return html`<div class="tabs" role="tablist" aria-label=${this.label} @keydown=${this.#pressed}>
      ${this.tabs.map(({ id, label }) => {
        const chosen = id === this.chosen;
        return html`<button
          class="tab"
          role="tab"
          id=${tabId(id)}
          aria-selected=${String(chosen)}
          aria-controls=${tabPanelId(id)}
          tabindex=${chosen ? 0 : -1}
          @click=${() => {
            this.dispatchEvent(new TabChosen(id));
          }}
        >
          ${label}
        </button>`;
      })}
    </div>`;
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const at = this.tabs.findIndex(({ id }) => id === this.chosen);
    const last = this.tabs.length - 1;
    const moves: Record<string, number> = {
      ArrowLeft: at === 0 ? last : at - 1,
      ArrowRight: at === last ? 0 : at + 1,
      Home: 0,
      End: last,
    };
    const tab = this.tabs[moves[event.key] ?? -1];
    if (tab === undefined) return;
    event.preventDefault();
    this.dispatchEvent(new TabChosen(tab.id));
    this.querySelector<HTMLElement>(`#${tabId(tab.id)}`)?.focus();
  };
}

export function tabId(id: string): string {
  return `tab-${id}`;
}

export function tabPanelId(id: string): string {
  return `panel-${id}`;
}

customElements.define('page-tabs', PageTabs);
