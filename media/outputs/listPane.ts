import { html, nothing, type TemplateResult } from 'lit';
import type { OutputChoices, OutputListFilter, SearchState } from '../../client/panels/protocol.ts';
import { button } from '../shared/button.ts';
import { count } from '../shared/format.ts';
import { language, t } from '../shared/l10n.ts';
import { emptyState } from '../shared/notice.ts';
import type { FilterChange } from './filterBar.ts';
import './filterBar.ts';
import { isOpen, noFilter } from './filters.ts';
import type { RowChosen } from './outputList.ts';
import './outputList.ts';
import type { RowSource } from './rowSource.ts';

interface ListActions {
  readonly filter: (filter: OutputListFilter) => void;
  readonly retry: () => void;
  readonly cancelSearch: () => void;
  readonly choose: (event: RowChosen) => void;
}

/** Search, filters and the list, or why there is none. */
export function listPane(
  rows: RowSource,
  choices: OutputChoices,
  selected: string | undefined,
  version: number,
  actions: ListActions,
): TemplateResult {
  return html`
    <h1 class="visually-hidden">${t('Outputs')}</h1>
    <filter-bar
      .filter=${rows.filter}
      .choices=${choices}
      @filter-change=${(event: FilterChange) => actions.filter(event.filter)}
    ></filter-bar>
    ${rows.search?.state === 'searching' ? searching(rows.search, actions) : countLine(rows, actions)}
    ${state(rows, actions)}
    <output-list
      ?hidden=${(rows.total ?? 0) === 0 || rows.error !== undefined}
      .source=${rows}
      .selected=${selected}
      .now=${Date.now()}
      .version=${version}
      @row-chosen=${actions.choose}
    ></output-list>
  `;
}

/** How many there are, and the way back to all of them; without any, the empty list offers it. */
function countLine(rows: RowSource, { filter }: ListActions): TemplateResult {
  const clear = (): void => filter(noFilter);
  const filtered = !isOpen(rows.filter) && (rows.total ?? 0) > 0;
  return html`<div class="count count-line">
    <span role="status">${counted(rows)}</span>
    ${
      filtered
        ? html`<button class="link-button" @click=${clear}>${t('Clear Filters')}</button>`
        : nothing
    }
  </div>`;
}

/** Only that it searches is read out, not every number. */
function searching({ found, share }: SearchState, { cancelSearch }: ListActions): TemplateResult {
  const percent = Math.floor(share * 100);
  return html`<div class="count searching">
    <span role="status">${t('Searching all texts…')}</span>
    <span>${t('{0} found', count(found, language))} · ${percent} %</span>
    <button class="link-button" @click=${cancelSearch}>${t('Cancel')}</button>
  </div>`;
}

function counted({ search, total }: RowSource): string {
  if (total === undefined) return '';
  const found = count(total, language);
  if (search?.state === 'cancelled') return t('{0} found until the search was cancelled', found);
  if (search?.state === 'failed') return t('{0} found; only the beginnings were searched', found);
  return total === 1 ? t('1 output') : t('{0} outputs', count(total, language));
}

function state(rows: RowSource, { filter, retry }: ListActions): TemplateResult | typeof nothing {
  if (rows.error !== undefined) {
    const again = button(t('Try Again'), retry, { primary: true });
    return emptyState('error', t('The outputs could not be read'), rows.error, again);
  }
  if (rows.total === undefined) return html`<p class="loading dim">${t('Loading…')}</p>`;
  if (rows.total > 0 || rows.search?.state === 'searching') return nothing;
  const clear = button(t('Clear Filters'), () => filter(noFilter));
  return emptyState('search', t('No match'), t('No output fits the search and filters.'), clear);
}
