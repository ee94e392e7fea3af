/** What a run will use and cost, in words. */
import * as vscode from 'vscode';
import type { Forecast } from '../providers/forecast.ts';

const { t } = vscode.l10n;

/** `≈ 412 tokens, ≈ $0.002`: above the first line. Only the tokens where nobody knows yet who answers. */
export function forecastTitle({ cost, free, inputTokens }: Forecast): string {
  const tokens = t('≈ {0} tokens', number(inputTokens));
  if (free) return t('{0}, free', tokens);
  return cost === undefined
    ? t('{0}, price unknown', tokens)
    : `${tokens}, ≈ ${money(cost.amount)}`;
}

/** Where the numbers come from. @param values what the variables were filled with */
export function forecastTooltip({ cost, free, inputTokens, output }: Forecast, values: string) {
  return [
    t('About {0} tokens in the prompt, with {1}.', number(inputTokens), values),
    output && answer(output),
    !output && !free && t('How long the answer will be is not known: it costs extra.'),
    cost &&
      t(
        '${0} per million tokens in, ${1} out, as of {2}.',
        cost.inputPrice,
        cost.outputPrice,
        cost.priceDate,
      ),
    free && t('Answers on this machine cost nothing.'),
  ]
    .filter((line) => typeof line === 'string')
    .join('\n');
}

function answer({ basis, tokens }: NonNullable<Forecast['output']>): string {
  return basis === 'earlier'
    ? t('About {0} in the answer: the median of earlier ones.', number(tokens))
    : t('At most {0} in the answer: its `max_tokens`.', number(tokens));
}

function number(value: number): string {
  return value.toLocaleString(vscode.env.language);
}

/** With as many places as it takes to tell cheap from free. */
function money(amount: number): string {
  const digits = amount >= 1 ? 2 : amount >= 0.01 ? 3 : 5;
  return new Intl.NumberFormat(vscode.env.language, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  }).format(amount);
}
