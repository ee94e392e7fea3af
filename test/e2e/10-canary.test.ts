import * as assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Workbench } from '../support/workbench.ts';
import { canaryKey, walk } from './walk.ts';

/** Forms in which a key could lie somewhere. */
const forms = [
  canaryKey,
  Buffer.from(canaryKey).toString('base64').replaceAll('=', ''),
  encodeURIComponent(JSON.stringify(canaryKey)),
];

/** Files below `directory` that contain the key in any form. */
async function filesWithKey(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((file) => file.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    if (forms.some((form) => bytes.includes(form))) found.push(path);
  }
  return found;
}

describe('the key', () => {
  it('was in use', () => {
    assert.ok(walk().openai.asked('Tell the long story.') > 0);
  });

  it('lies in no file: store, logs, settings, workspace', async () => {
    assert.deepEqual(await filesWithKey(walk().session.directory), []);
  });

  it('is on no page, in no log on screen, in no console', async () => {
    const { window } = walk();
    await window.command('Prompt: Show Log');
    await window.page.locator('.output-view, .part.panel .monaco-editor').first().waitFor();
    for (const { page, console: lines } of Workbench.open()) {
      for (const frame of page.frames()) {
        const text = await frame.evaluate(() => document.documentElement.outerHTML).catch(() => '');
        assert.equal(
          forms.some((form) => text.includes(form)),
          false,
          frame.url(),
        );
      }
      assert.equal(
        lines.some((line) => line.includes(canaryKey)),
        false,
      );
    }
  });

  it('would be found if it were there', async () => {
    const { session } = walk();
    const { writeFile } = await import('node:fs/promises');
    await writeFile(join(session.directory, 'planted.txt'), `x${canaryKey}x`);
    assert.equal((await filesWithKey(session.directory)).length, 1);
  });
});
