import * as assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OpenAiDouble } from '../support/openaiDouble.ts';
import type { Workbench } from '../support/workbench.ts';
import { enterCredential, pressRun } from './steps.ts';
import { pagesOf, walk } from './walk.ts';

const prompt = (name: string) =>
  `---\nname: From ${name}\nprovider: openai\nmodel: gpt-4o\n---\nI am in ${name}.\n`;

describe('a workspace with several folders', () => {
  let window: Workbench;
  let openai: OpenAiDouble;

  before(async () => {
    const { session } = walk();
    openai = await OpenAiDouble.start();
    const folders = ['one', 'two'].map((name) => ({ name, path: join(session.directory, name) }));
    for (const { name, path } of folders) {
      await mkdir(path);
      await writeFile(join(path, `${name}.prompt`), prompt(name));
      openai.answer(`I am in ${name}.`, `Hello, ${name}.`);
    }
    const file = join(session.directory, 'both.code-workspace');
    await writeFile(file, JSON.stringify({ folders: folders.map(({ path }) => ({ path })) }));
    window = await session.open(file);
  });

  after(async () => {
    await window.close();
    await openai.stop();
  });

  it('keeps a key per folder', async () => {
    for (const name of ['one', 'two']) {
      await window.openFile(`${name}.prompt`);
      await window.command('Prompt: Add Credential…');
      await enterCredential(window, {
        name: 'Mine',
        baseUrl: openai.baseUrl,
        key: `sk-key-of-folder-${name}`,
      });
      await window.quickInput.asks('Mine: the key works');
      await window.quickInput.cancel();
    }
    const { outputs } = pagesOf(window);
    for (const name of ['one', 'two']) {
      const before = openai.authorizations.length;
      await window.openFile(`${name}.prompt`);
      await pressRun(window);
      await outputs.shows(`From ${name}`, 'Completed');
      await outputs.answers(`Hello, ${name}.`);
      assert.deepEqual(openai.authorizations.slice(before), [`Bearer sk-key-of-folder-${name}`]);
    }
  });

  it('shows each folder with its credential', async () => {
    const rows = await window.treeRows(await window.showView('credentials'));
    assert.equal(rows.filter((row) => row.startsWith('Mine')).length, 2, rows.join('\n'));
  });
});
