import * as assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { until } from '../support/processes.ts';
import { jobRow, openPrompt, pressRun } from './steps.ts';
import { walk } from './walk.ts';

const prompt = (name: string, text: string) =>
  `---\nname: ${name}\nprovider: openai\nmodel: gpt-4o\n---\n${text}\n`;

const themes: [theme: string, className: string][] = [
  ['Dark 2026', 'vs-dark'],
  ['Dark High Contrast', 'hc-black'],
  ['Light 2026', 'vs'],
];

describe('the Jobs view', () => {
  let pane: Locator;
  const labels = () => walk().window.treeRows(pane);

  before(async () => {
    const { window } = walk();
    await window.closeAllEditors();
    pane = await window.showView('jobs');
    await window.command('Prompt: Clear Finished Jobs');
  });
  after(() => walk().window.closeAllEditors());

  it('keeps failed jobs together, and runs all of them again at once', async () => {
    const { openai, outputs, window } = walk();
    openai.refuse('Refuse me', 400, 'This is not for me.');
    for (const name of ['Refused first', 'Refused second']) {
      await openPrompt(`${name.replaceAll(' ', '_')}.prompt`, prompt(name, `Refuse me, ${name}.`));
      await pressRun(window);
      await outputs.shows(name, 'Failed');
    }
    await window.clearNotifications();
    await jobRow(window, 'Refused second');
    assert.equal(openai.asked('Refuse me'), 2);
    await window.command('Prompt: Run All Failed Again');
    await until('both to be asked again', () => openai.asked('Refuse me') === 4);
    // The new ones take the places of the old ones.
    await until('two failed jobs', async () => {
      const rows = await labels();
      return rows.filter((label) => label.includes('Refused')).length === 2;
    });
    await window.clearNotifications();
  });

  it('says of a waiting job why it waits, in every theme', async () => {
    const { openai, window } = walk();
    openai.answer('Wait for me', 'Here you are.');
    await window.command('Prompt: Pause Queue');
    await openPrompt('patient.prompt', prompt('Patient', 'Wait for me.'));
    await pressRun(window);
    const row = await jobRow(window, 'Patient');
    assert.match((await row.getAttribute('aria-label')) ?? '', /paused/i);
    for (const [theme, className] of themes) {
      await window.useTheme(theme, className);
      await window.showView('jobs');
      await window.screenshot(`window-jobs-${theme}`);
    }
    await window.command('Prompt: Resume Queue');
    await walk().outputs.shows('Patient', 'Completed');
  });

  it('says so when nothing runs, waits or has failed', async () => {
    const { window } = walk();
    await window.command('Prompt: Clear Finished Jobs');
    await window.showView('jobs');
    await pane.getByText('No prompt is running or waiting.').waitFor();
    await window.screenshot('window-jobs-empty');
  });
});
