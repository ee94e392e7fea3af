import * as assert from 'node:assert/strict';
import { beginCredential, credentialRow, enterCredential } from './steps.ts';
import { canaryKey, walk } from './walk.ts';

describe('credentials', () => {
  it('takes an OpenAI key: name, base URL filled in, key, model', async () => {
    const { openai, window } = walk();
    const { quickInput } = window;
    await beginCredential(window);
    await quickInput.asks('A name for this credential');
    await quickInput.answer('Loopback');
    await quickInput.asks('Base URL of the API');
    assert.equal(await quickInput.input.inputValue(), 'https://api.openai.com/v1');
    await quickInput.answer(openai.baseUrl);
    await quickInput.asks('Kept in the secret storage');
    assert.equal(await quickInput.input.getAttribute('type'), 'password');
    await quickInput.answer(canaryKey);
    await quickInput.asks('Loopback: the key works');
    await quickInput.choose('gpt-4o');
    await credentialRow(window, 'gpt-4o');
  });

  it('tells a mistake while it can be mended', async () => {
    const { window } = walk();
    const { quickInput } = window;
    await beginCredential(window);
    await quickInput.asks('A name for this credential');
    await quickInput.answer('Loopback');
    await quickInput.says(/already|exists|taken/i);
    await quickInput.answer('Second');
    await quickInput.asks('Base URL of the API');
    await quickInput.answer('not a url');
    await quickInput.says(/URL/);
    await quickInput.answer('ftp://example.org');
    await quickInput.says(/http/);
    await quickInput.answer('https://api.openai.com/v1');
    await quickInput.asks('Kept in the secret storage');
    await quickInput.answer('');
    await quickInput.says(/needs a key/);
    await quickInput.cancel();
    const rows = await window.treeRows(await window.showView('credentials'));
    assert.equal(
      rows.some((row) => row.includes('Second')),
      false,
    );
  });

  it('never shows a key again', async () => {
    const { window } = walk();
    const { quickInput } = window;
    await window.command('Prompt: Replace Key…');
    await quickInput.asks('Replace Key of Loopback');
    assert.equal(await quickInput.input.inputValue(), '');
    await quickInput.answer(canaryKey);
    await window.notification('The key of Loopback was replaced.').waitFor();
    await window.clearNotifications();
  });

  it('renames a credential, and asks for the key again when the host changes', async () => {
    const { openai, window } = walk();
    const { quickInput } = window;
    await window.command('Prompt: Edit Credential…');
    await quickInput.asks('Edit Loopback');
    await quickInput.answer('Local OpenAI');
    await quickInput.asks('Another host needs the key');
    await quickInput.answer(openai.baseUrl);
    await credentialRow(window, 'Local OpenAI');
    await window.command('Prompt: Edit Credential…');
    await quickInput.asks('Edit Local OpenAI');
    await quickInput.answer('Local OpenAI');
    await quickInput.asks('Another host needs the key');
    await quickInput.answer('https://elsewhere.example/v1');
    await quickInput.asks('Replace Key of Local OpenAI');
    await quickInput.cancel();
    const item = await credentialRow(window, 'Local OpenAI');
    assert.match((await item.getAttribute('aria-label')) ?? '', /127\.0\.0\.1/);
  });

  it('deletes a credential after asking', async () => {
    const { window } = walk();
    const { quickInput } = window;
    await beginCredential(window);
    await enterCredential(window, { name: 'For the bin' });
    await quickInput.asks('For the bin: the key works');
    await quickInput.cancel();
    await credentialRow(window, 'For the bin');
    await window.command('Prompt: Delete Credential…');
    await quickInput.choose('For the bin');
    await window.dialogButton('Delete').click();
    await credentialRow(window, 'Local OpenAI');
    const gone = (await window.showView('credentials')).locator('.monaco-list-row', {
      hasText: 'For the bin',
    });
    await gone.waitFor({ state: 'detached' });
  });
});
