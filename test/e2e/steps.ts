/** Things a person does several times during the walk. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { Workbench } from '../support/workbench.ts';
import { canaryKey, walk } from './walk.ts';

export interface NewCredential {
  readonly name: string;
  readonly baseUrl?: string;
  readonly key?: string;
}

/** Begins Add Credential from the palette, for a provider by its name. */
export async function beginCredential(window: Workbench, provider = 'OpenAI'): Promise<void> {
  await window.command('Prompt: Add Credential…');
  await window.quickInput.asks('Whose key is it?');
  await window.quickInput.choose(provider);
}

/** Answers the questions of Add Credential; what follows (models, or why there are none) is the caller's. */
export async function enterCredential(
  window: Workbench,
  { name, baseUrl = walk().openai.baseUrl, key = canaryKey }: NewCredential,
): Promise<void> {
  const { quickInput } = window;
  await quickInput.asks('A name for this credential');
  await quickInput.answer(name);
  await quickInput.asks('Base URL of the API');
  await quickInput.answer(baseUrl);
  await quickInput.asks('Kept in the secret storage');
  await quickInput.answer(key);
}

/** The row of Providers & Credentials that contains `text`. */
export async function credentialRow(window: Workbench, text: string): Promise<Locator> {
  const pane = await window.showView('credentials');
  const row = pane.locator('.monaco-list-row', { hasText: text }).first();
  await row.waitFor();
  return row;
}

/** The row of Jobs that contains `text`. */
export async function jobRow(window: Workbench, text: string): Promise<Locator> {
  const pane = await window.showView('jobs');
  const row = pane.locator('.monaco-list-row', { hasText: text }).first();
  await row.waitFor();
  return row;
}

/** Writes a prompt into the walk's folder and opens it. */
export async function openPrompt(name: string, text: string): Promise<void> {
  const { folder, window } = walk();
  await writeFile(join(folder, name), text);
  await window.openFile(name);
}

/** Runs the prompt in front, as the keys say. */
export async function pressRun(window: Workbench): Promise<void> {
  await window.editor.focus();
  await window.page.keyboard.press('Control+Enter');
}
