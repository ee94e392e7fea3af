import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { OutputChoices, OutputListFilter } from '../../client/panels/protocol.ts';
import { jobStates } from '../../client/model.ts';
import { icon } from '../shared/icon.ts';
import { t } from '../shared/l10n.ts';
import { PageElement } from '../shared/pageElement.ts';
import { statusLook } from '../shared/status.ts';
import { visibleControls } from '../shared/visibleControls.ts';

export class FilterChange extends Event {
  readonly filter: OutputListFilter;

  constructor(filter: OutputListFilter) {
    super('filter-change', { bubbles: true });
    this.filter = filter;
  }
}

/** Typing rests this long before the list is searched. */
const restMs = 150;

/** Search box and filters above the list. */
export class FilterBar extends PageElement {
  static override readonly properties: PropertyDeclarations = {
    filter: { attribute: false },
    choices: { attribute: false },
  };

  declare filter: OutputListFilter;
  declare choices: OutputChoices;
  #rest: number | undefined;

  override focus(): void {
    this.querySelector('input')?.focus();
  }

  protected override render(): TemplateResult {
    const { model, rating, status, template, text } = this.filter;
    return html`<search class="filters">
      <span class="search">
        ${icon('search')}
        <input
          class="control"
          type="search"
          aria-label=${t('Search outputs')}
          placeholder=${t('Search outputs')}
          spellcheck="false"
          .value=${text}
          @input=${this.#typed}
        />
      </span>
      ${select(t('Template'), template, templateChoices(this.choices, template), (value) => {
        this.#change({ template: value });
      })}
      ${select(t('Model'), model, modelChoices(this.choices, model), (value) => {
        this.#change({ model: value });
      })}
      ${select(t('Status'), status, statusChoices(), (value) => {
        this.#change({ status: value as OutputListFilter['status'] });
      })}
      ${select(t('Rating'), rating, ratingChoices(), (value) => {
        this.#change({ rating: value as OutputListFilter['rating'] });
      })}
    </search>`;
  }

  readonly #typed = (event: Event): void => {
    const text = (event.target as HTMLInputElement).value;
    window.clearTimeout(this.#rest);
    this.#rest = window.setTimeout(() => {
      this.#change({ text });
    }, restMs);
  };

  #change(change: Partial<OutputListFilter>): void {
    this.dispatchEvent(new FilterChange({ ...this.filter, ...change }));
  }
}

type Choice = readonly [value: string, label: string];

/** What is filtered by is among the choices, also when its last output is gone. */
function templateChoices({ templates }: OutputChoices, chosen: string): Choice[] {
  const known = templates.map(({ name, slug }): Choice => [slug, visibleControls(name)]);
  return [['', t('Any template')], ...withChosen(known, chosen)];
}

function modelChoices({ models }: OutputChoices, chosen: string): Choice[] {
  const known = models.map((model): Choice => [model, visibleControls(model)]);
  return [['', t('Any model')], ...withChosen(known, chosen)];
}

function withChosen(known: readonly Choice[], chosen: string): readonly Choice[] {
  if (chosen === '' || known.some(([value]) => value === chosen)) return known;
  return [...known, [chosen, visibleControls(chosen)]];
}

function statusChoices(): Choice[] {
  return [
    ['', t('Any status')],
    ...jobStates.map((state): Choice => [state, statusLook(state).label]),
  ];
}

function ratingChoices(): Choice[] {
  return [
    ['', t('Any rating')],
    ['up', t('Rated good')],
    ['down', t('Rated bad')],
    ['none', t('Not rated')],
  ];
}

function select(
  label: string,
  chosen: string,
  choices: readonly Choice[],
  changed: (value: string) => void,
): TemplateResult {
  return html`<span class="select">
    <select
      class="control"
      aria-label=${label}
      @change=${(event: Event) => {
        changed((event.target as HTMLSelectElement).value);
      }}
    >
      ${choices.map(
        ([value, text]) =>
          html`<option value=${value} .selected=${value === chosen}>${text}</option>`,
      )}
    </select>
    ${icon('chevron-down')}
  </span>`;
}

customElements.define('filter-bar', FilterBar);
