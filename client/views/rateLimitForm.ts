import * as vscode from 'vscode';
import { limitFrom, problemWithLimit } from '../credentials/limitText.ts';
import { askInOrder, type Step, textStep } from '../editor/steps.ts';
import type { RateLimits } from '../model.ts';

/** Asks for both limits, with Back; an empty answer is no limit. @returns `undefined` when the person gave up */
export async function askForRateLimits(
  title: string,
  now: RateLimits,
): Promise<RateLimits | undefined> {
  const texts = {
    requestsPerMinute: String(now.requestsPerMinute ?? ''),
    tokensPerMinute: String(now.tokensPerMinute ?? ''),
  };
  const step = (limit: keyof typeof texts, prompt: string, placeholder: string): Step =>
    textStep({
      title,
      prompt,
      placeholder,
      value: () => texts[limit],
      check: problemWithLimit,
      answer: (text) => {
        texts[limit] = text;
      },
    });
  const steps = [
    step(
      'requestsPerMinute',
      vscode.l10n.t('Requests per minute; empty for no limit'),
      vscode.l10n.t('For example {0}', 60),
    ),
    step(
      'tokensPerMinute',
      vscode.l10n.t('Tokens per minute, of prompts and answers together; empty for no limit'),
      vscode.l10n.t('For example {0}', 30_000),
    ),
  ];
  if (!(await askInOrder(steps))) return undefined;
  const requestsPerMinute = limitFrom(texts.requestsPerMinute);
  const tokensPerMinute = limitFrom(texts.tokensPerMinute);
  return {
    ...(requestsPerMinute !== undefined && { requestsPerMinute }),
    ...(tokensPerMinute !== undefined && { tokensPerMinute }),
  };
}
