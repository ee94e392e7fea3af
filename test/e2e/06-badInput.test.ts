import * as assert from 'node:assert/strict';
import { freePort } from '../support/ports.ts';
import { beginCredential, enterCredential, openPrompt, pressRun } from './steps.ts';
import { walk } from './walk.ts';

/** A template that does not run: what it is, its text, and what the message must name. */
const broken: [what: string, text: string, names: RegExp][] = [
  ['malformed YAML', '---\nname: [unclosed\n---\nHello.\n', /YAML|flow|expected/i],
  ['an unclosed block', 'Hello <<#if a>>there.\n', /if/],
  ['an unknown helper', 'Hello <<shout name>>.\n', /shout/],
  [
    "another dialect's front matter",
    '---\nmodel:\n  api: chat\n  configuration:\n    type: azure_openai\n---\nsystem:\nHello.\n',
    /Prompty|dialect|model/i,
  ],
];

describe('bad input', () => {
  beforeEach(async () => {
    const { window } = walk();
    await window.clearNotifications();
    await window.closeAllEditors();
  });

  for (const [index, [what, text, names]] of broken.entries()) {
    it(`names ${what}, does not run it, and leads to the place`, async () => {
      const { window } = walk();
      await openPrompt(`broken-${index}.prompt`, text);
      await window.editor.squiggles('error').first().waitFor();
      await pressRun(window);
      const notification = window.notification('This prompt does not run');
      await notification.waitFor();
      assert.match((await notification.textContent()) ?? '', names);
      await notification.getByRole('button', { name: 'Go to Error' }).click();
      await window.page.locator('.monaco-editor.focused').waitFor();
    });
  }

  it('asks for a missing variable and says which one when it stays empty', async () => {
    const { form, window } = walk();
    await openPrompt('needs.prompt', '---\nname: Needs\n---\nHello <<who>>.\n');
    await pressRun(window);
    await form.field('who');
    await form.run();
    const problem = (await form.frame()).locator('[id="field-who-problem"]');
    await problem.filter({ hasText: /./ }).waitFor();
    await form.enter({ who: 'World' });
    await form.run();
    await form.closed();
    await walk().outputs.shows('Needs', 'Completed');
  });

  it('offers a credential or the offline provider when there is none', async () => {
    const { window } = walk();
    await openPrompt(
      'nobody.prompt',
      '---\nname: Nobody\nprovider: openai\ncredential: Nobody\nmodel: gpt-4o\n---\nHello.\n',
    );
    await pressRun(window);
    const notification = window.notification(/credential/i);
    await notification.waitFor();
    await notification.getByRole('button', { name: 'Add Credential' }).waitFor();
  });

  it('says that the key is wrong and offers to replace it', async () => {
    const { outputs, window } = walk();
    await beginCredential(window);
    await enterCredential(window, { name: 'Wrong', key: 'sk-wrong-key' });
    await window.notification(/key/i).waitFor();
    await window.clearNotifications();
    await openPrompt(
      'wrong.prompt',
      '---\nname: Wrong Key\nprovider: openai\ncredential: Wrong\nmodel: gpt-4o\n---\nHello.\n',
    );
    await pressRun(window);
    await outputs.shows('Wrong Key', 'Failed');
    const notice = await outputs.notice(/key/i);
    await notice.getByText('Replace Key').click();
    await window.quickInput.asks('Replace Key of Wrong');
    await window.quickInput.cancel();
  });

  it('says which model is unknown', async () => {
    const { openai, outputs, window } = walk();
    openai.refuse('No such model.', 404, "The model 'gpt-nope' does not exist", 'model_not_found');
    await openPrompt(
      'nope.prompt',
      '---\nname: Nope\nprovider: openai\nmodel: gpt-nope\n---\nNo such model.\n',
    );
    await pressRun(window);
    await outputs.shows('Nope', 'Failed');
    await outputs.notice('gpt-nope');
    assert.equal(openai.asked('No such model.'), 1);
  });

  it('tries a host that cannot be reached again, then names it', async () => {
    const { outputs, window } = walk();
    const baseUrl = `http://127.0.0.1:${await freePort()}/v1`;
    await beginCredential(window);
    await enterCredential(window, { name: 'Gone', baseUrl });
    await window.notification('127.0.0.1').waitFor();
    await openPrompt(
      'gone.prompt',
      '---\nname: Gone Host\nprovider: openai\ncredential: Gone\nmodel: gpt-4o\n---\nHello.\n',
    );
    await pressRun(window);
    await outputs.shows('Gone Host', 'Waiting');
    await outputs.shows('Gone Host', 'Failed', 40_000);
    const notice = await outputs.notice(baseUrl.slice('http://'.length, -'/v1'.length));
    await notice.getByText('Edit Credential').waitFor();
  });
});
