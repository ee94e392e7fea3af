import { html, nothing, type TemplateResult } from 'lit';
import type { Feedback } from '../../client/model.ts';
import { button, iconButton } from '../shared/button.ts';
import { icon } from '../shared/icon.ts';
import { t } from '../shared/l10n.ts';
import { emptyState, notice } from '../shared/notice.ts';
import type { OutputsContract } from '../../client/panels/protocol.ts';
import type { Wishes } from '../shared/wishes.ts';
import type { DetailSource } from './detailSource.ts';
import type { DetailCommand } from './outputButtons.ts';
import type { DetailAction } from './outputDetail.ts';
import './outputDetail.ts';
import type { DraftChange, Rate } from './ratingBar.ts';

export interface Actions {
  readonly command: (command: DetailCommand) => void;
  readonly retry: () => void;
  readonly draft: (text: string | undefined) => void;
  readonly rate: (rating: Feedback['rating'] | undefined, comment: string) => void;
}

/** The selected output, or why there is none to see. */
export function outputPane(
  source: DetailSource,
  drafts: ReadonlyMap<string, string>,
  copied: boolean,
  actions: Actions,
): TemplateResult {
  const { state } = source;
  switch (state.kind) {
    case 'none':
      return emptyState('output', t('No output selected'), t('Choose one from the list.'));
    case 'loading':
      return html`<p class="loading dim">${icon('loading', { spin: true })} ${t('Loading…')}</p>`;
    case 'gone':
      return emptyState('trash', t('This output is gone'), t('It was deleted from the history.'));
    case 'failed': {
      const again = button(t('Try Again'), actions.retry, { primary: true });
      return emptyState('error', t('This output could not be read'), state.message, again);
    }
    case 'shown': {
      const { id } = state.detail.output;
      return html`<output-detail
        .detail=${state.detail}
        .draft=${drafts.get(id)}
        .now=${Date.now()}
        .copied=${copied}
        @detail-action=${(event: DetailAction) => actions.command(event.command)}
        @draft-change=${(event: DraftChange) => actions.draft(event.text)}
        @rate=${(event: Rate) => actions.rate(event.rating, event.comment)}
      ></output-detail>`;
    }
  }
}

/** Before the first run: what this place is for and how to fill it. */
export function noOutputs(run: () => void): TemplateResult {
  return html`<main class="whole">
    <h1 class="visually-hidden">${t('Outputs')}</h1>
    ${emptyState(
      'output',
      t('No outputs yet'),
      t(
        'Run a prompt, and its answer streams in here and stays, to be rated, run again and found.',
      ),
      button(t('Run Prompt'), run, { icon: 'play', primary: true }),
    )}
  </main>`;
}

/** In the narrow layout: the way back to the list. */
export function backBar(back: () => void): TemplateResult {
  return html`<nav class="back" aria-label=${t('Back')}>
    <button class="link-button" @click=${back}>${icon('arrow-left')} ${t('All Outputs')}</button>
  </nav>`;
}

/** Why the last wish was not fulfilled, until it is closed or the next one. */
export function failureNotice(wishes: Wishes<OutputsContract>): TemplateResult | typeof nothing {
  if (wishes.failure === undefined) return nothing;
  return notice('error', wishes.failure, [iconButton('close', t('Close'), () => wishes.forget())]);
}
