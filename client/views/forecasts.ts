import * as vscode from 'vscode';
import type { DescribeResult } from '../../server/protocol.ts';
import type { Folders, OpenFolder } from '../editor/folders.ts';
import type { PromptLanguage } from '../editor/languageClient.ts';
import { tokensOf } from '../jobs/tokens.ts';
import type { Context, Message } from '../model.ts';
import { RememberedValues } from '../panels/rememberedValues.ts';
import { knownValues } from '../panels/values.ts';
import type { Forecast } from '../providers/forecast.ts';
import { forecastTitle, forecastTooltip } from './forecastText.ts';

export interface ForecastText {
  readonly title: string;
  readonly tooltip: string;
}

/** What runs of templates will use and cost. Opens no folder's history and sends nothing. */
export class Forecasts {
  readonly #language: PromptLanguage;
  readonly #folders: Folders;

  constructor(language: PromptLanguage, folders: Folders) {
    this.#language = language;
    this.#folders = folders;
  }

  /** `undefined`: the template cannot be rendered. */
  async of(uri: vscode.Uri, token: vscode.CancellationToken): Promise<ForecastText | undefined> {
    const description = await this.#language.describe(uri, token);
    if (description === undefined || description.hasErrors) return undefined;
    const open = this.#opened(uri);
    const { from, values } = await this.#values(description, open);
    const { messages } = await this.#language.render(uri, values, {}, token);
    if (messages.length === 0) return undefined;
    const forecast = open && (await whatIf(open, description, messages));
    if (forecast) {
      return { title: forecastTitle(forecast), tooltip: forecastTooltip(forecast, from) };
    }
    const tokens = messages.reduce((sum, { content }) => sum + tokensOf(content), 0);
    const shown = tokens.toLocaleString(vscode.env.language);
    return {
      title: vscode.l10n.t('≈ {0} tokens', shown),
      tooltip: vscode.l10n.t('About {0} tokens in the prompt, with {1}.', shown, from),
    };
  }

  #opened(uri: vscode.Uri): OpenFolder | undefined {
    const key = vscode.workspace.getWorkspaceFolder(uri)?.uri.toString();
    return vscode.workspace.isTrusted
      ? this.#folders.opened.find(({ workspaceFolder }) => workspaceFolder?.uri.toString() === key)
      : undefined;
  }

  /** Those of the last run, else of the first sample, else made-up ones. */
  async #values(
    { generated, samples, slug, variables }: DescribeResult,
    open: OpenFolder | undefined,
  ): Promise<{ values: Context; from: string }> {
    if (open !== undefined) {
      const remembered = new RememberedValues(() => Promise.resolve(open.folder.store), Date.now);
      const values = knownValues(await remembered.read(slug), variables);
      if (Object.keys(values).length > 0) {
        return { values, from: vscode.l10n.t('the values of the last run') };
      }
    }
    const [sample] = samples;
    if (sample !== undefined) {
      return { values: sample.values, from: vscode.l10n.t('the sample “{0}”', sample.name) };
    }
    const from =
      variables.length === 0 ? vscode.l10n.t('no values') : vscode.l10n.t('made-up values');
    return { values: generated, from };
  }
}

/** Nobody to answer yet: a run says so and helps. */
async function whatIf(
  { folder }: OpenFolder,
  description: DescribeResult,
  messages: readonly Message[],
): Promise<Forecast | undefined> {
  return folder.forecast(description, messages).catch(() => undefined);
}
