/** Where things lie in the checkout. Absolute paths. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const samples = join(root, 'samples');
/** Downloaded editors and what they need; survives between runs, ignored by git. */
export const downloads = join(root, '.vscode-test');
/** What a run leaves behind for people: screenshots, logs, counts. */
export const results = join(root, 'test-results');
export const vsix = join(root, 'prompt-workbench.vsix');

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
  readonly engines: { readonly vscode: string };
}

export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
export const extensionId = `${manifest.publisher}.${manifest.name}`;
