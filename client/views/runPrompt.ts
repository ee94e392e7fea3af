import * as vscode from 'vscode';
import { type DescribeResult, languageId, type RenderResult } from '../../server/protocol.ts';
import type { Folders, OpenFolder } from '../editor/folders.ts';
import type { PromptLanguage } from '../editor/languageClient.ts';
import { requireTrust } from '../editor/trust.ts';
import { RestrictedError } from '../jobs/restricted.ts';
import { blank, maskedContext } from '../jobs/withheld.ts';
import type { Context, Job, Message, TemplateRef } from '../model.ts';
import { ProviderError } from '../providers/provider.ts';
import { showTrouble } from './errorHelp.ts';
import type { Panels } from './panels.ts';

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

  constructor(language: PromptLanguage, folders: Folders, panels: () => Panels) {
    this.#language = language;
    this.#folders = folders;
    this.#panels = panels;
  }

  /**
   * Runs at once when nothing is missing, else asks in the run form, which offers the values last given.
   * @param given values the caller has already (the preview's).
   */
  async run(uri: vscode.Uri | undefined, given: Context = {}): Promise<void> {
    const template = uri ?? (await pickTemplate());
    if (template === undefined || !(await requireTrust())) return;
    const description = await this.#language.describe(template);
    if (description === undefined) {
      throw new Error(vscode.l10n.t('{0} cannot be read.', template.fsPath));
    }
    const rendered = await this.#language.render(template, given);
    if (await refused(template, rendered)) return;
    const open = await this.#folders.forDocument(template);
    if (!(await answerable(open, description, template))) return;
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
    const [problem] = errorsOf(rendered);
    if (description === undefined || problem !== undefined) {
      throw new Error(
        problem ? textOf(problem) : vscode.l10n.t('{0} cannot be read.', template.fsPath),
      );
    }
    if (rendered.missing.length > 0) {
      throw new Error(vscode.l10n.t('Still missing: {0}.', rendered.missing.join(', ')));
    }
    const open = await this.#folders.forDocument(template);
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

/** Whether somebody can answer this template; says who is missing and offers to add them. */
async function answerable(
  open: OpenFolder,
  description: DescribeResult,
  uri: vscode.Uri,
): Promise<boolean> {
  try {
    await open.folder.resolveTarget(description);
    return true;
  } catch (error) {
    if (!ProviderError.is(error)) throw error;
    const template = templateRef(description, uri);
    const { provider } = description;
    void showTrouble(open, { error: error.info, template, ...(provider && { provider }) });
    return false;
  }
}

function templateRef({ name, slug }: DescribeResult, uri: vscode.Uri): TemplateRef {
  return { slug, name, uri: uri.toString() };
}

function errorsOf({ problems }: RenderResult): RenderResult['problems'] {
  return problems.filter(({ severity }) => severity === 1);
}

/** Says why a template with an error does not run, and goes there. */
async function refused(template: vscode.Uri, rendered: RenderResult): Promise<boolean> {
  const errors = errorsOf(rendered);
  const [first] = errors;
  if (first === undefined) return false;
  const { line, character } = first.range.start;
  const text = vscode.l10n.t('This prompt does not run. Line {0}: {1}', line + 1, textOf(first));
  void goToError(text, template, new vscode.Position(line, character));
  return true;
}

/** Servers may send a message as Markdown. */
function textOf({ message }: RenderResult['problems'][number]): string {
  return typeof message === 'string' ? message : message.value;
}

async function goToError(text: string, template: vscode.Uri, at: vscode.Position): Promise<void> {
  const go = vscode.l10n.t('Go to Error');
  if ((await vscode.window.showErrorMessage(text, go)) !== go) return;
  await vscode.window.showTextDocument(template, { selection: new vscode.Range(at, at) });
}

/** The prompt in front, else one picked from the workspace. */
export async function pickTemplate(): Promise<vscode.Uri | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId === languageId) return document.uri;
  const files = await vscode.workspace.findFiles('**/*.prompt', '**/node_modules/**', 1000);
  if (files.length === 0) {
    const create = vscode.l10n.t('New Prompt');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('There is no .prompt file in this workspace yet.'),
      create,
    );
    if (answer === create) await vscode.commands.executeCommand('promptWorkbench.newPrompt');
    return undefined;
  }
  const items = files
    .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const placeHolder = vscode.l10n.t('Prompt to run');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.uri;
}
