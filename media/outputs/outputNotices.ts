import { html, type TemplateResult } from 'lit';
import type { OutputDetail } from '../../client/panels/protocol.ts';
import { button } from '../shared/button.ts';
import { exactTime, relativeTime } from '../shared/format.ts';
import { language, t } from '../shared/l10n.ts';
import { notice } from '../shared/notice.ts';

/** What must be known before the answer is read: offline, waiting, broken off, failed and what helps, left out. */
export function outputNotices(
  detail: OutputDetail,
  now: number,
  act: (action: string) => void,
): TemplateResult[] {
  const { output } = detail;
  const notices: TemplateResult[] = [];
  if (output.offline) {
    notices.push(
      notice('offline', t('Offline: made on this computer to try things out. No model was asked.')),
    );
  }
  if (detail.waiting !== undefined) notices.push(waitingNotice(detail.waiting, now));
  const partial = partialText(detail);
  if (output.error !== undefined && output.status !== 'pending') {
    const actions = detail.actions.map(({ id, label }, index) =>
      button(t(label), () => act(id), { primary: index === 0 }),
    );
    const kind = output.status === 'failed' ? 'error' : 'warning';
    const text = [output.error.message, partial].filter(Boolean).join(' ');
    notices.push(notice(kind, text, actions));
  } else if (partial !== undefined) {
    notices.push(notice('warning', partial));
  }
  if (output.notes !== undefined) {
    notices.push(notice('info', html`${output.notes.map((note) => html`<div>${note}</div>`)}`));
  }
  return notices;
}

function waitingNotice(
  { reason, until }: NonNullable<OutputDetail['waiting']>,
  now: number,
): TemplateResult {
  if (until === undefined) return notice('info', reason);
  return notice(
    'info',
    html`${reason}
      <span class="dim" title=${exactTime(until, language)}
        >${relativeTime(Math.max(until, now), now, language)}</span
      >`,
  );
}

/** Why the text is not the whole answer, when that is not obvious. */
function partialText({ output }: OutputDetail): string | undefined {
  const ended = output.status !== 'pending' && output.status !== 'processing';
  if (ended && output.partial) {
    if (output.status === 'cancelled') {
      return output.text === ''
        ? t('Cancelled before anything arrived.')
        : t('Cancelled. The text below is incomplete.');
    }
    return output.text === '' ? undefined : t('The text below is incomplete.');
  }
  if (ended && output.finishReason === 'length') {
    return t('The answer ends here because it reached its token limit.');
  }
  return undefined;
}
