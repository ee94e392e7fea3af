import * as assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../support/processes.ts';
import { walk } from './walk.ts';

const invitation = `---
name: Invitation
model: gpt-5
temperature: 0.3
variables:
  guest: string
samples:
  ada: { guest: Ada }
---
Invite << guest >> and <<geust>>.
Be kind to all of them.
<<> closing guest=guest>>
`;
const closing = `---
name: Closing
variables:
  guest: string
---
Farewell <<guest>>.
`;

describe('editing', () => {
  const file = (name: string) => join(walk().folder, name);
  const onDisk = (name: string) => readFile(file(name), 'utf8');

  before(async () => {
    const { window } = walk();
    await writeFile(file('closing.prompt'), closing);
    await writeFile(file('invitation.prompt'), invitation);
    await window.openFile('invitation.prompt');
    await window.editor.squiggles('warning').first().waitFor();
  });

  after(() => walk().window.closeAllEditors());

  /** Until the text is so: an edit of the language server comes a moment after it was asked for. */
  async function becomes(what: string, matches: RegExp): Promise<void> {
    const { editor } = walk().window;
    await until(what, async () => matches.test(await editor.text()));
  }

  it('mends a slip with a quick fix', async () => {
    const { editor } = walk().window;
    await editor.select('geust');
    await editor.takeAction('Change to “guest”');
    await becomes('the name to be mended', /and <<guest>>\./);
  });

  it('warns of a parameter the model refuses, and takes it away', async () => {
    const { editor } = walk().window;
    await editor.select('temperature');
    await editor.takeAction('Remove “temperature”');
    await becomes('the key to be gone', /model: gpt-5\n *variables:/);
    await editor.clean();
  });

  it('formats tags and leaves the text alone', async () => {
    const { editor } = walk().window;
    await editor.toEnd();
    await editor.insert('<<#if   guest>>x  y<</if>>');
    await walk().window.command('Format Document');
    await becomes('the tag to be tidy', /^<<#if guest>>x {2}y<<\/if>>$/m);
  });

  it('extracts a selection to a partial of its own', async () => {
    const { editor, page } = walk().window;
    await editor.select('Be kind to all of them.');
    await editor.takeAction('Extract to the partial');
    await becomes('the call of the partial', /^<<> [\w-]+>>$/m);
    const name = /^<<> ([\w-]+)>>$/m.exec(await editor.text())?.[1];
    await page.keyboard.press('Escape');
    await editor.save();
    await until('the partial to be on disk', async () => {
      const text = await onDisk(`${name}.prompt`).catch(() => '');
      return text.includes('Be kind to all of them.');
    });
  });

  it('renames a variable through its declaration, sample, uses and calls, and takes it back at once', async () => {
    const { window } = walk();
    const { editor, page } = window;
    await editor.save();
    const before = await editor.text();
    await editor.select('guest: string');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('F2');
    const box = page.locator('.rename-box input');
    await box.waitFor();
    await box.fill('visitor');
    await page.keyboard.press('Enter');
    await becomes('the new name', /visitor: string\n *samples:\n *ada: \{ visitor: Ada \}/);
    await becomes('the uses', /<<> closing guest=visitor>>/);
    await page.keyboard.press('Control+Z');
    await until('the old name', async () => (await editor.text()) === before);
  });

  it('leads from the preview to the template', async () => {
    const { preview, window } = walk();
    const { editor } = window;
    await window.command('Prompt: Open Preview to the Side');
    await preview.shows('User', 'Invite');
    const content = (await preview.frame()).locator('section.message .content').first();
    await content.focus();
    await content.press('Home');
    await content.press('Enter');
    await until('the cursor in the template', async () =>
      /^Ln \d+, Col 1\b/.test(await editor.cursor()),
    );
    const line = Number(/Ln (\d+)/.exec(await editor.cursor())?.[1]);
    const lines = (await onDisk('invitation.prompt')).split('\n');
    assert.match(lines[line - 1] ?? '', /^Invite/);
  });
});
