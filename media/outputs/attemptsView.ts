import { html, nothing, type TemplateResult } from 'lit';
import type { Attempt } from '../../client/model.ts';
import type { OutputDetail } from '../../client/panels/protocol.ts';
import { duration, exactTime } from '../shared/format.ts';
import { icon } from '../shared/icon.ts';
import { language, t } from '../shared/l10n.ts';

/** Every call to a provider that this output took, in words. */
export function attemptsView({ attempts, output }: OutputDetail): TemplateResult {
  if (attempts.length === 0) {
    return html`<p class="dim">
      ${output.status === 'pending' ? t('Nothing was sent yet.') : t('No call was recorded.')}
    </p>`;
  }
  return html`<ol class="attempts">
    ${attempts.map((attempt) => attemptItem(attempt))}
  </ol>`;
}

function attemptItem(attempt: Attempt): TemplateResult {
  const { durationMs, error, modelAnswered, modelAsked, number, provider, requestId } = attempt;
  const time = duration(durationMs, language);
  const outcome = error === undefined ? t('answered after {0}', time) : t('failed after {0}', time);
  return html`<li class="attempt ${error === undefined ? 'status-completed' : 'status-failed'}">
    ${icon(error === undefined ? 'pass' : 'error')}
    <div>
      <p>
        <strong>${t('Attempt {0}', number)}</strong>
        ${t('{0} · {1} {2}', provider, modelAsked, outcome)}
      </p>
      ${
        modelAnswered !== undefined && modelAnswered !== modelAsked
          ? html`<p>${t('The model that answered is {0}.', modelAnswered)}</p>`
          : nothing
      }
      ${error === undefined ? nothing : html`<p dir="auto">${error.message}</p>`}
      <p class="dim">
        ${exactTime(attempt.startedAt, language)}
        ${requestId === undefined ? nothing : html` · ${t('Request {0}', requestId)}`}
      </p>
    </div>
  </li>`;
}
