import * as assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { walk } from './walk.ts';

const letter = `---
name: Letter
variables:
  user_name: { type: string, description: Who is written to. }
  tone: { type: string, enum: [warm, formal], default: warm }
samples:
  ada: { user_name: Ada }
---
<<#system>>
Be <<tone>>.
<</system>>
Write to <<user_name>>.
`;

describe('the language', () => {
  before(async () => {
    const { folder, window } = walk();
    await writeFile(join(folder, 'letter.prompt'), letter);
    await window.openFile('letter.prompt');
    // The outline comes from the language server: from here on it answers.
    await window.page.locator('.breadcrumbs-control').getByText('Front matter').waitFor();
  });

  after(() => walk().window.closeAllEditors());

  it('completes variables while a tag is typed', async () => {
    const { editor } = walk().window;
    await editor.toEnd();
    await editor.type('<<us');
    assert.deepEqual(await editor.completions(), ['user_name']);
    await walk().window.page.keyboard.press('Enter');
    assert.match(await editor.text(), /<<user_name>>$/m);
  });

  it('leaves a whole tag, whether the editor closed both of its brackets or one', async () => {
    const { editor } = walk().window;
    await editor.toEnd();
    await editor.insert('\n');
    await editor.type('<<#if (eq tone "');
    assert.deepEqual(await editor.completions(), ['"warm"', '"formal"']);
    await walk().window.page.keyboard.press('Enter');
    await editor.toEnd();
    await editor.insert('yes<</if>>');
    assert.match(await editor.text(), /^<<#if \(eq tone "warm"\)>>yes<<\/if>>$/m);
    await editor.clean();
  });

  it('takes over closing brackets that are typed by hand', async () => {
    const { editor } = walk().window;
    await editor.toEnd();
    await editor.insert('\n');
    await editor.type('Be <<tone>> and so');
    assert.match(await editor.text(), /^Be <<tone>> and so$/m);
  });

  it('marks a variable that nothing declares or fills, until it is declared', async () => {
    const { editor } = walk().window;
    await editor.toEnd();
    await editor.insert('\nAnd <<stranger>>.\n');
    await editor.squiggles('warning').or(editor.squiggles('error')).first().waitFor();
    await editor.select('<<stranger');
    assert.match(await editor.hover(), /stranger/);
    await editor.replace('stranger', 'user_name');
    await editor.clean();
  });

  it('explains a variable', async () => {
    const { editor } = walk().window;
    await editor.select('Write to <<user');
    assert.match(await editor.hover(), /Who is written to\./);
  });

  it('previews the messages to the side, and follows typing', async () => {
    const { preview, window } = walk();
    await window.command('Prompt: Open Preview to the Side');
    await preview.shows('System', 'Be warm.');
    await preview.shows('User', 'Write to Ada.');
    await window.editor.focus();
    await window.editor.toEnd();
    await window.editor.type('Mention the sea.');
    await preview.shows('User', 'Mention the sea.');
  });

  it('marks what has no value in its place, and fills it from a sample', async () => {
    const { preview } = walk();
    await preview.useSample('My values');
    await preview.shows('User', 'Write to ⟦user_name⟧.');
    assert.deepEqual(await preview.missing(), ['⟦user_name⟧']);
    await preview.useSample('Sample: ada');
    await preview.shows('User', 'Write to Ada.');
    assert.deepEqual(await preview.missing(), []);
  });
});
