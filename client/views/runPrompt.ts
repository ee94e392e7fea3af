import * as vscode from 'vscode';
import type { DescribeResult, RenderResult } from '../../server/protocol.ts';
import type { Folders, OpenFolder } from '../editor/folders.ts';
import type { PromptLanguage } from '../editor/languageClient.ts';
import { requireTrust } from '../editor/trust.ts';
import { RestrictedError } from '../jobs/restricted.ts';
import { blank, maskedContext } from '../jobs/withheld.ts';
import type { Context, Credential, ErrorInfo, Job, Message, TemplateRef } from '../model.ts';
import { systemClock } from '../providers/clock.ts';
import { ProviderError } from '../providers/provider.ts';
import { showTrouble } from './errorHelp.ts';
import { OneAtATime } from './oneAtATime.ts';
import type { Panels } from './panels.ts';
import { pickTemplate } from './pickTemplate.ts';
import { errorsOf, refused, textOf } from './templateErrors.ts';

interface Run {
  readonly description: DescribeResult;
  readonly given: Context;
  readonly rendered: RenderResult;
  readonly template: vscode.Uri;
}

/** Prompt: Run Prompt, from wherever it is asked for. */
export class RunPrompt {
  readonly #language: PromptLanguage;
  readonly #folders: Folders;
  readonly #panels: () => Panels;
  readonly #underWay = new OneAtATime(systemClock);

  constructor(language: PromptLanguage, folders: Folders, panels: () => Panels) {
    this.#language = language;
    this.#folders = folders;
    this.#panels = panels;
  }

  /**
   * Runs at once when nothing is missing, else asks in the run form, which offers the values last given. Asked again
   * while it is about to run, it runs once.
   * @param given values the caller has already (the preview's).
   */
  async run(uri: vscode.Uri | undefined, given: Context = {}): Promise<void> {
    const template = uri ?? (await pickTemplate());
    if (template === undefined || !(await requireTrust())) return;
    await this.#underWay.do(template.toString(), () =>
      withProgress((token) => this.#run(template, given, token)),
    );
  }

  async #run(template: vscode.Uri, given: Context, token: vscode.CancellationToken): Promise<void> {
    const description = await this.#language.describe(template, token);
    if (description === undefined) {
      throw new Error(vscode.l10n.t('{0} cannot be read.', template.fsPath));
    }
    const rendered = await this.#language.render(template, given, {}, token);
    if (refused(template, rendered)) return;
    const open = await this.#folders.forDocument(template);
    if ((await unanswerable(open, description, template)) || token.isCancellationRequested) return;
    if (rendered.missing.length > 0) (await this.#panels().runForm()).show(template, given);
    else await this.#queue(open, { description, given, rendered, template });
  }

  /**
   * Queues the template with these values: what the run form's button does.
   * @throws Error with the reason when that is not possible.
   */
  async enqueue(template: vscode.Uri, values: Context): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      // Not awaited: the form says so too, and does not wait for an answer.
      void requireTrust();
      throw new RestrictedError();
    }
    const description = await this.#language.describe(template);
    const rendered = await this.#language.render(template, values);
    const [mistake] = errorsOf(rendered);
    if (description === undefined || mistake !== undefined) {
      throw new Error(
        mistake ? textOf(mistake) : vscode.l10n.t('{0} cannot be read.', template.fsPath),
      );
    }
    if (rendered.missing.length > 0) {
      throw new Error(vscode.l10n.t('Still missing: {0}.', rendered.missing.join(', ')));
    }
    const open = await this.#folders.forDocument(template);
    const problem = await unanswerable(open, description, template);
    if (problem !== undefined) throw new ProviderError(problem);
    await this.#queue(open, { description, given: values, rendered, template });
  }

  /** Who would answer this template, for people. */
  async target(template: vscode.Uri): Promise<{ label: string; offline: boolean }> {
    const description = await this.#language.describe(template);
    if (description === undefined) return { label: '', offline: false };
    const { folder } = await this.#folders.forDocument(template);
    try {
      const { provider, model } = await folder.resolveTarget(description);
      const { name, offline } = folder.providers.get(provider)!;
      return { label: `${name} · ${model}`, offline };
    } catch (error) {
      return { label: error instanceof Error ? error.message : '', offline: false };
    }
  }

  async #queue(open: OpenFolder, run: Run): Promise<Job> {
    const { description, given, rendered, template } = run;
    const { folder } = open;
    const names = description.variables.flatMap((one) => (one.sensitive ? [one.name] : []));
    const storable = await this.#storable(run, names);
    const job = await folder.queue.enqueue({
      template: templateRef(description, template),
      context: given,
      request: await folder.requestFor(description, rendered.messages),
      priority: description.priority,
      user: folder.user,
      sensitive: { names, messages: (await folder.requestFor(description, storable)).messages },
      startedBy: 'user',
    });
    (await this.#panels().outputs()).show(open.key, job.outputId, { preserveFocus: true });
    return job;
  }

  /** The messages as they may be kept: without the sensitive values, whatever helpers would make of them. */
  async #storable(
    { given, rendered, template }: Pick<Run, 'given' | 'rendered' | 'template'>,
    sensitive: readonly string[],
  ): Promise<readonly Message[]> {
    if (!sensitive.some((name) => Object.hasOwn(given, name))) return rendered.messages;
    const masked = await this.#language.render(template, maskedContext(given, sensitive));
    return masked.messages.length > 0 ? masked.messages : blank(rendered.messages);
  }
}

/** Until the job is queued. Cancelling ends it without a word. */
async function withProgress(
  work: (token: vscode.CancellationToken) => Promise<void>,
): Promise<void> {
  const title = vscode.l10n.t('Preparing the prompt…');
  const location = vscode.ProgressLocation.Notification;
  await vscode.window.withProgress({ location, title, cancellable: true }, async (_, token) => {
    try {
      await work(token);
    } catch (error) {
      if (!token.isCancellationRequested) throw error;
    }
  });
}

/** Why nobody can answer this template, if so; that is told then, with what helps. */
async function unanswerable(
  open: OpenFolder,
  description: DescribeResult,
  uri: vscode.Uri,
): Promise<ErrorInfo | undefined> {
  try {
    await open.folder.resolveTarget(description);
    return undefined;
  } catch (error) {
    if (!ProviderError.is(error)) throw error;
    const { provider } = description;
    const credential = (await credentialOf(open, description))?.id;
    // Not awaited: the notification may stay for long.
    void showTrouble(open, {
      error: error.info,
      template: templateRef(description, uri),
      ...(provider && { provider }),
      ...(credential && { credential }),
    });
    return error.info;
  }
}

/** The credential that would answer, for the buttons that change it. */
async function credentialOf(
  { folder: { credentials } }: OpenFolder,
  { credential, provider }: DescribeResult,
): Promise<Credential | undefined> {
  if (credential !== undefined) return credentials.find(credential);
  return provider === undefined ? undefined : credentials.defaultFor(provider);
}

function templateRef({ name, slug }: DescribeResult, uri: vscode.Uri): TemplateRef {
  return { slug, name, uri: uri.toString() };
}
