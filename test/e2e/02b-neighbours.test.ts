import * as assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { walk } from './walk.ts';

const foreign = `---
model: googleai/gemini-1.5-pro
config:
  temperature: 0.4
  safetySettings: none
input:
  schema:
    guest: string, who is greeted
---
{{role "system"}}
Be kind.
{{role "user"}}
Greet {{guest}}.
`;

describe('prompts of other tools', () => {
  before(async () => {
    const { folder } = walk();
    await mkdir(join(folder, 'others'), { recursive: true });
    await writeFile(join(folder, 'others', 'welcome.prompt'), foreign);
  });

  after(() => walk().window.closeAllEditors());

  it('are offered for import, and imported without errors beside the original', async () => {
    const { folder, window } = walk();
    await window.openFile('welcome.prompt');
    await window.notification('welcome.prompt looks like a Dotprompt file.').waitFor();
    await window.screenshot('neighbours-offer');
    await window.page.getByRole('button', { name: 'Import…' }).click();
    await window.tab('welcome_2.prompt').waitFor();
    await window.editor.ready('welcome_2.prompt');
    const text = await readFile(join(folder, 'others', 'welcome_2.prompt'), 'utf8');
    assert.match(text, /^ {2}guest:\n {4}type: string\n {4}description: who is greeted$/m);
    assert.match(text, /Greet <<guest>>\./);
    await window.editor.clean();
    await window.notification('was imported as welcome_2.prompt').waitFor();
    await window.screenshot('neighbours-imported');
    assert.equal(await readFile(join(folder, 'others', 'welcome.prompt'), 'utf8'), foreign);
  });

  it('says what could not be carried over', async () => {
    const { window } = walk();
    await window.page.getByRole('button', { name: 'Open Report' }).click();
    await window.page.locator('.view-lines', { hasText: 'safetySettings' }).first().waitFor();
    await window.screenshot('neighbours-report');
    await window.closeAllEditors();
  });

  it('asks only once in a folder', async () => {
    const { folder, window } = walk();
    await writeFile(join(folder, 'others', 'second.prompt'), foreign);
    await window.openFile('second.prompt');
    await window.editor.squiggles('error').first().waitFor();
    assert.equal(await window.notification('looks like a').count(), 0);
    assert.deepEqual((await readdir(join(folder, 'others'))).sort(), [
      'second.prompt',
      'welcome.prompt',
      'welcome_2.prompt',
    ]);
  });
});
