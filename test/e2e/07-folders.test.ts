import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../support/processes.ts';
import { OpenAiDouble } from '../support/openaiDouble.ts';
import type { OutputsPage } from '../support/pages.ts';
import type { Workbench } from '../support/workbench.ts';
import { beginCredential, enterCredential, pressRun } from './steps.ts';
import { pagesOf, walk } from './walk.ts';

const prompt = (name: string) =>
  `---\nname: From ${name}\nprovider: openai\nmodel: gpt-4o\n---\nI am in ${name}.\n`;

describe('a workspace with several folders', () => {
  let window: Workbench;
  let openai: OpenAiDouble;

  before(async () => {
    const { session } = walk();
    openai = await OpenAiDouble.start(['sk-key-of-folder-one']);
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
    openai.stop();
    await window.close();
  });

  it('keeps a key per folder: one that works in one folder does nothing for the other', async () => {
    const { outputs } = pagesOf(window);
    for (const name of ['one', 'two']) {
      await window.openFile(`${name}.prompt`);
      await beginCredential(window);
      const key = `sk-key-of-folder-${name}`;
      await enterCredential(window, { name: 'Mine', baseUrl: openai.baseUrl, key });
      if (name === 'one') await window.quickInput.asks('Mine: the key works');
      else await window.notification('401').waitFor();
      await window.quickInput.cancel();
    }
    await window.clearNotifications();
    for (const [name, end] of [
      ['two', 'Failed'],
      ['one', 'Completed'],
    ] as const) {
      await window.openFile(`${name}.prompt`);
      await pressRun(window);
      await outputs.shows(`From ${name}`, end);
    }
    await outputs.answers('Hello, one.');
  });

  it('shows each folder with its credential', async () => {
    const rows = (await window.showView('credentials')).locator('.monaco-list-row');
    await until('both', async () => (await rows.filter({ hasText: 'Mine' }).count()) === 2);
  });

  it('has one history with windows that open one of its folders alone, also with two of them', async () => {
    const { session } = walk();
    const path = join(session.directory, 'one');
    // A page behind another is drawn late: each window is in front while something is done in it.
    const alone = await session.open(path);
    const opened = [alone];
    try {
      await alone.openFile('one.prompt');
      await alone.command('Prompt: Show Outputs');
      const twin = await session.open(path);
      opened.push(twin);
      await twin.openFile('one.prompt');
      await twin.command('Prompt: Show Outputs');
      const [many, first, second] = [window, alone, twin].map((one) => pagesOf(one).outputs);
      const rows = async (page: OutputsPage) => (await page.rows('From one')).count();
      for (const page of [first!, second!]) {
        await until('the output of the other window', async () => (await rows(page)) === 1);
      }
      await alone.page.bringToFront();
      await alone.openFile('one.prompt');
      await pressRun(alone);
      await first!.shows('From one', 'Completed');
      await until('the output in the second tab', async () => (await rows(second!)) === 2);
      await twin.page.bringToFront();
      await second!.select('From one');
      await second!.rate('Good');
      await until(
        'the rating in the first tab',
        async () => (await (await first!.frame()).getByText('Rated good').count()) > 0,
      );
      await window.page.bringToFront();
      await window.openFile('one.prompt');
      await window.command('Prompt: Show Outputs');
      await until('both outputs among those of all folders', async () => (await rows(many!)) === 2);
    } finally {
      for (const one of opened) await one.close();
    }
  });
});
