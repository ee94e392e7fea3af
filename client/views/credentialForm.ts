import * as vscode from 'vscode';
import { askInOrder, choiceStep, type Step, textStep } from '../editor/steps.ts';
import type { Preset, ProviderDescription } from '../providers/provider.ts';

/** What a person enters for a credential. `key` is empty for a server that needs none. */
export interface CredentialEntry {
  provider: ProviderDescription;
  /** The server that was chosen, where the provider is a protocol that many speak. */
  preset: Preset | undefined;
  name: string;
  baseUrl: string;
  key: string;
}

/** Checks of the credentials room, so that a mistake is told while it can still be mended. */
export interface EntryChecks {
  readonly name: (name: string) => string | undefined;
  readonly baseUrl: (url: string) => string | undefined;
  readonly key: (key: string) => string | undefined;
}

/** An entry nobody has typed into yet. */
export function newEntry(provider: ProviderDescription): CredentialEntry {
  const preset = provider.presets?.[0];
  return { provider, preset, name: '', baseUrl: preset?.baseUrl ?? provider.baseUrl, key: '' };
}

/**
 * Asks for a credential, step by step, with Back. What is typed goes into `entry`, so that asking again goes on
 * from there.
 * @param providers to choose from; with one there is nothing to choose.
 * @returns false when the person gave up.
 */
export async function askForCredential(
  title: string,
  entry: CredentialEntry,
  providers: readonly ProviderDescription[],
  checks: EntryChecks,
): Promise<boolean> {
  const steps: Step[] = [
    nameStep(title, entry, checks),
    baseUrlStep(title, entry, checks),
    keyStep(title, entry, checks),
  ];
  const choices = providers.flatMap(choicesOf);
  if (choices.length > 1) steps.unshift(providerStep(title, choices, entry));
  return askInOrder(steps);
}

interface Choice {
  readonly provider: ProviderDescription;
  readonly preset: Preset | undefined;
}

function choicesOf(provider: ProviderDescription): Choice[] {
  return provider.presets === undefined
    ? [{ provider, preset: undefined }]
    : provider.presets.map((preset) => ({ provider, preset }));
}

function providerStep(title: string, choices: readonly Choice[], entry: CredentialEntry): Step {
  const items = choices.map((choice) => ({
    label: (choice.preset ?? choice.provider).name,
    description: (choice.preset ?? choice.provider).baseUrl,
    choice,
  }));
  return choiceStep({
    title,
    placeholder: vscode.l10n.t('Whose key is it?'),
    items,
    answer: ({ choice: { preset, provider } }) => {
      if (entry.provider === provider && entry.preset === preset) return;
      entry.baseUrl = (preset ?? provider).baseUrl;
      entry.provider = provider;
      entry.preset = preset;
    },
  });
}

function nameStep(title: string, entry: CredentialEntry, checks: EntryChecks): Step {
  return textStep({
    title,
    prompt: vscode.l10n.t('A name for this credential, as you want to see it in lists'),
    value: () => entry.name || (entry.preset ?? entry.provider).name,
    check: checks.name,
    answer: (text) => {
      entry.name = text.trim();
    },
  });
}

function baseUrlStep(title: string, entry: CredentialEntry, checks: EntryChecks): Step {
  return textStep({
    title,
    prompt: vscode.l10n.t('Base URL of the API. The key will only ever be sent to this host.'),
    placeholder: (entry.preset ?? entry.provider).baseUrl,
    value: () => entry.baseUrl,
    check: checks.baseUrl,
    answer: (text) => {
      entry.baseUrl = text.trim();
    },
  });
}

function keyStep(title: string, entry: CredentialEntry, checks: EntryChecks): Step {
  const check = (text: string): string | undefined => {
    if (text.trim() !== '') return checks.key(text);
    const { baseUrl, name } = entry.preset ?? entry.provider;
    const needsKey =
      entry.preset?.needsKey !== false && new URL(entry.baseUrl).origin === new URL(baseUrl).origin;
    return needsKey ? vscode.l10n.t('{0} needs a key.', name) : undefined;
  };
  return {
    // Made when it is asked: what it says depends on the provider chosen by then.
    ask: (place) =>
      textStep({
        title,
        prompt: keyPrompt(entry),
        placeholder: vscode.l10n.t('API key'),
        password: true,
        value: () => entry.key,
        check,
        answer: (text) => {
          entry.key = text.trim();
        },
      }).ask(place),
  };
}

function keyPrompt({ preset, provider }: CredentialEntry): string {
  const { keyUrl } = preset ?? provider;
  const where = keyUrl ? ` ${vscode.l10n.t('You get one at {0}.', keyUrl)}` : '';
  return (
    vscode.l10n.t(
      'Kept in the secret storage of VS Code and never shown again. Leave it empty for a server of your own that needs none.',
    ) + where
  );
}

/** Asks for a key only; it goes into `entry`. False when the person gave up. */
export async function askForKey(
  title: string,
  host: string,
  entry: Pick<CredentialEntry, 'key'>,
  check: EntryChecks['key'],
): Promise<boolean> {
  return askInOrder([
    textStep({
      title,
      prompt: vscode.l10n.t('It will only ever be sent to {0}, and is never shown again.', host),
      placeholder: vscode.l10n.t('API key'),
      password: true,
      value: () => entry.key,
      check,
      answer: (text) => {
        entry.key = text.trim();
      },
    }),
  ]);
}

/** Asks for a credential's name and base URL, which go into `entry`. False when the person gave up. */
export async function askForChanges(
  title: string,
  entry: Pick<CredentialEntry, 'baseUrl' | 'name'>,
  checks: EntryChecks,
): Promise<boolean> {
  return askInOrder([
    textStep({
      title,
      prompt: vscode.l10n.t('Name'),
      value: () => entry.name,
      check: checks.name,
      answer: (text) => {
        entry.name = text.trim();
      },
    }),
    textStep({
      title,
      prompt: vscode.l10n.t('Base URL. Another host needs the key to be entered again.'),
      value: () => entry.baseUrl,
      check: checks.baseUrl,
      answer: (text) => {
        entry.baseUrl = text.trim();
      },
    }),
  ]);
}
