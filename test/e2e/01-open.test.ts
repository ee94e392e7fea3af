import * as assert from 'node:assert/strict';
import { walk } from './walk.ts';

describe('a prompt file in VS Code', () => {
  it('opens as a prompt template', async () => {
    const { window } = walk();
    await window.openFile('welcome_email.prompt');
    await window.statusBarItem('Prompt Template').waitFor();
    await window.statusBarItem('Echo (offline)').waitFor();
  });

  it('colours keys, tags and text differently', async () => {
    const { editor } = walk().window;
    await editor.coloured();
    const key = await editor.colourOf('description');
    const text = await editor.colourOf('Write a welcome e-mail to');
    const variable = await editor.colourOf('user_name', 'last');
    assert.equal(new Set([key, text, variable]).size, 3, [key, text, variable].join(' '));
  });

  it('offers its commands in the palette', async () => {
    const { window } = walk();
    for (const title of ['Prompt: Run Prompt', 'Prompt: Add Credential…', 'Prompt: Show Outputs']) {
      assert.equal(await window.offers(title), true, title);
    }
  });

  it('says in its views what to do next', async () => {
    const { window } = walk();
    const jobs = await window.showView('jobs');
    await jobs.getByText('No prompt is running or waiting.').waitFor();
    const credentials = await window.showView('credentials');
    await credentials.getByText('no credential yet').first().waitFor();
  });
});
