import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, loadedBundles, show, until } from './support.ts';

describe('activation', () => {
  it('happens when a prompt is opened, not before', async () => {
    assert.equal(extension().isActive, false);
    await show('welcome_email.prompt');
    await until('activation', () => extension().isActive);
  });

  it('loads no SDK, no database and no panel', () => {
    assert.deepEqual(loadedBundles(), ['extension.cjs']);
  });

  it('registers every command it contributes', async () => {
    const manifest = extension().packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      contributed.filter((command) => !registered.has(command)),
      [],
    );
  });
});
