import { html, nothing, type TemplateResult } from 'lit';
import type { OutputDetail } from '../../client/panels/protocol.ts';
import { count, duration, exactTime, money, relativeTime } from '../shared/format.ts';
import { icon } from '../shared/icon.ts';
import { language, t } from '../shared/l10n.ts';
import { statusLook } from '../shared/status.ts';
import { visibleControls } from '../shared/visibleControls.ts';

/** What was run, how it stands, who answered, what it took. */
export function outputHead(
  { credentialName, estimatedCompletion, output }: OutputDetail,
  now: number,
): TemplateResult {
  const look = statusLook(output.status);
  return html`
    <h1 class="title" dir="auto">${visibleControls(output.template.name)}</h1>
    <ul class="facts" aria-label=${t('About this output')}>
      <li class="fact status-${output.status}">
        ${icon(look.icon, { spin: look.spin ?? false })} ${look.label}
      </li>
      ${fact('chip', `${output.provider} · ${output.model}`, t('Provider and model'))}
      ${credentialName === undefined ? nothing : fact('key', credentialName, t('Credential'))}
      ${
        output.durationMs === undefined
          ? nothing
          : fact('watch', duration(output.durationMs, language), t('Duration'))
      }
      ${
        estimatedCompletion === undefined
          ? nothing
          : fact(
              'watch',
              t('ends ≈ {0}', relativeTime(Math.max(estimatedCompletion, now), now, language)),
              t(
                'Expected end, {0}: how long this template usually takes with this model, and what waits before it.',
                exactTime(estimatedCompletion, language),
              ),
            )
      }
      ${tokens(output.usage)} ${cost(output)}
      ${fact(
        'calendar',
        relativeTime(output.createdAt, now, language),
        exactTime(output.createdAt, language),
      )}
    </ul>
  `;
}

function tokens(usage: OutputDetail['output']['usage']): TemplateResult | typeof nothing {
  if (usage === undefined) return nothing;
  const about = usage.estimated === true ? '≈ ' : '';
  const number = (value: number | undefined): string =>
    value === undefined ? '?' : count(value, language);
  const text = t('{0} → {1} tokens', about + number(usage.inputTokens), number(usage.outputTokens));
  const help = usage.estimated === true ? t('Sent → received, estimated') : t('Sent → received');
  return fact('symbol-numeric', text, help);
}

/** Never a guess: what is not known is said to be unknown, where it could be asked for at all. */
function cost({
  cost: paid,
  offline,
  usage,
}: OutputDetail['output']): TemplateResult | typeof nothing {
  if (offline || usage === undefined) return nothing;
  if (paid === undefined) {
    return fact(
      'credit-card',
      t('price unknown'),
      t('The price of this model is not in the table.'),
    );
  }
  const { amount, inputPrice, outputPrice, priceDate } = paid;
  const help = t(
    'Per million tokens {0} sent, {1} received. Prices as of {2}.',
    money(inputPrice, language),
    money(outputPrice, language),
    priceDate,
  );
  return fact('credit-card', money(amount, language), help);
}

function fact(name: string, text: string, help: string): TemplateResult {
  return html`<li class="fact" title=${help}>${icon(name)} <span dir="auto">${text}</span></li>`;
}
