import { html, nothing, type TemplateResult } from 'lit';
import type { OutputRow } from '../../client/panels/protocol.ts';
import { count, exactTime, relativeTime } from '../shared/format.ts';
import { icon } from '../shared/icon.ts';
import { language, t } from '../shared/l10n.ts';
import { statusLook } from '../shared/status.ts';
import { visibleControls } from '../shared/visibleControls.ts';

/** One output in the list: what it is, who answered, how it ended, how it begins. */
export function outputRow(row: OutputRow, now: number): TemplateResult {
  const look = statusLook(row.status);
  return html`
    <span class="row-status status-${row.status}" title=${look.label}
      >${icon(look.icon, { spin: look.spin ?? false })}${hidden(look.label)}</span
    >
    <div class="row-head">
      <span class="row-name" dir="auto">${visibleControls(row.templateName)}</span>
      ${row.rating === undefined ? nothing : ratingIcon(row.rating)}
      <span class="row-time" title=${exactTime(row.createdAt, language)}
        >${relativeTime(row.createdAt, now, language)}</span
      >
    </div>
    <div class="row-facts">
      ${row.offline ? html`<span class="badge offline">${t('Offline')}</span>` : nothing}
      <span class="row-model">${row.model}</span>
      ${
        row.outputTokens === undefined
          ? nothing
          : html`<span class="row-tokens"
              >${t('{0} tokens', count(row.outputTokens, language))}</span
            >`
      }
    </div>
    <div class="row-preview" dir="auto">${visibleControls(plain(row.preview)) || look.label}</div>
  `;
}

/** One line of the answer as it reads, without Markdown's marks for bold, headings and code. */
function plain(text: string): string {
  return text.replace(/\*\*|`|^#+ | #+ (?=\S)/g, (mark) => (mark.startsWith(' ') ? ' ' : ''));
}

function ratingIcon(rating: 'up' | 'down'): TemplateResult {
  return html`<span class="row-rating" title=${ratingLabel(rating)}
    >${icon(rating === 'up' ? 'thumbsup-filled' : 'thumbsdown-filled')}${hidden(ratingLabel(rating))}</span
  >`;
}

/** What an icon says, for people who listen. */
function hidden(text: string): TemplateResult {
  return html`<span class="visually-hidden">${text}</span>`;
}

function ratingLabel(rating: 'up' | 'down'): string {
  return rating === 'up' ? t('Rated good') : t('Rated bad');
}
