import * as assert from 'node:assert/strict';
import { until } from '../support/processes.ts';
import { jobRow, openPrompt, pressRun } from './steps.ts';
import { walk } from './walk.ts';

const story = (name: string, text: string) => `---
name: ${name}
provider: openai
model: gpt-4o
---
${text}
`;

const words = (count: number) =>
  Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

describe('running', () => {
  beforeEach(async () => {
    await walk().window.closeAllEditors();
  });

  it('asks for missing values in one form, and answers offline', async () => {
    const { form, outputs, window } = walk();
    await window.openFile('welcome_email.prompt');
    await pressRun(window);
    await form.enter({ user_name: 'Grace', company: 'Tidewater' });
    assert.match(await form.text(), /Echo \(offline\)/);
    await form.run();
    await form.closed();
    await outputs.shows('Welcome Email', 'Completed');
    await outputs.answers('Grace');
    await outputs.notice('Offline');
    const prompt = await outputs.openTab('Prompt');
    assert.match((await prompt.textContent()) ?? '', /Write a welcome e-mail to Grace/);
  });

  it('remembers the values last given', async () => {
    const { form, window } = walk();
    await window.openFile('welcome_email.prompt');
    await pressRun(window);
    await until('the remembered values', async () => (await form.value('user_name')) === 'Grace');
    assert.equal(await form.value('company'), 'Tidewater');
  });

  it('says before a run what it will use and cost, and never guesses a price', async () => {
    const { window } = walk();
    const lens = window.page.locator('.codelens-decoration', { hasText: 'tokens' }).first();
    const says = (text: RegExp) =>
      until(`the lens ${text}`, async () => text.test((await lens.textContent()) ?? ''));
    await openPrompt('costs.prompt', '---\nname: Costs\nprovider: echo\n---\nWrite a haiku.\n');
    await says(/≈ 4 tokens, free/);
    await window.editor.replace('provider: echo', 'provider: openai\nmodel: gpt-4o');
    // Another server than OpenAI’s own answers.
    await says(/≈ 4 tokens, price unknown/);
    await window.screenshot('window-forecast');
    await window.editor.save();
  });

  it('runs from the lens, the title and the palette', async () => {
    const { outputs, window } = walk();
    await openPrompt('haiku.prompt', '---\nname: Haiku\n---\nWrite a haiku.\n');
    const ways = [
      () => window.codeLens('Run').click(),
      () => window.titleButton('Run Prompt').first().click(),
      () => window.command('Prompt: Run Prompt'),
    ];
    for (const [index, way] of ways.entries()) {
      await window.tab('haiku.prompt').click();
      await way();
      await until(
        `output ${index + 1}`,
        async () => (await (await outputs.rows('Haiku')).count()) === index + 1,
      );
      await outputs.shows('Haiku', 'Completed');
    }
  });

  it('streams an answer of OpenAI token by token', async () => {
    const { openai, outputs, window } = walk();
    openai.answer('Tell the long story.', words(120), 40);
    await openPrompt('story.prompt', story('Long Story', 'Tell the long story.'));
    await pressRun(window);
    await outputs.shows('Long Story', 'Running');
    await outputs.answers('word1');
    await window.statusBarItem('1 running').waitFor();
    await jobRow(window, 'Long Story');
    const early = await outputs.answer();
    await until('more of the answer', async () => (await outputs.answer()).length > early.length);
    assert.ok(early.length < words(120).length, 'the answer is seen growing');
    await outputs.shows('Long Story', 'Completed');
    assert.equal((await outputs.answer()).trim(), words(120));
    await window.statusBarItem('1 running').waitFor({ state: 'detached' });
    assert.equal(openai.asked('Tell the long story.'), 1);
  });

  it('keeps the partial text when it is cancelled', async () => {
    const { openai, outputs, window } = walk();
    openai.answer('Never end.', words(1000), 40);
    await openPrompt('endless.prompt', story('Endless', 'Never end.'));
    await pressRun(window);
    await outputs.answers('word3');
    await outputs.press('Cancel');
    await outputs.shows('Endless', 'Cancelled');
    await outputs.notice('incomplete');
    assert.match(await outputs.answer(), /^word0 word1/);
  });

  it('cancels from the Jobs view', async () => {
    const { outputs, window } = walk();
    await openPrompt('endless.prompt', story('Endless', 'Never end.'));
    await pressRun(window);
    await outputs.answers('word3');
    const row = await jobRow(window, 'Endless');
    await row.hover();
    await row.getByLabel('Cancel Job').click();
    await outputs.shows('Endless', 'Cancelled');
  });

  it('takes a rating with a comment, and runs the same again', async () => {
    const { openai, outputs, window } = walk();
    openai.answer('Be brief.', 'Brief it is.');
    await openPrompt('brief.prompt', story('Brief', 'Be brief.'));
    await pressRun(window);
    await outputs.shows('Brief', 'Completed');
    await outputs.rate('Good', 'Short and right');
    await outputs.rated('Good', 'Short and right');
    await outputs.press('Re-run');
    const rows = await outputs.rows('Brief');
    await until('a second output', async () => (await rows.count()) === 2);
    await outputs.shows('Brief', 'Completed');
    await outputs.answers('Brief it is.');
    assert.equal(openai.asked('Be brief.'), 2);
  });

  it('inserts the answer where the cursor was, opens it, and runs the template with other values', async () => {
    const { form, outputs, window } = walk();
    const { editor, page } = window;
    await window.openFile('brief.prompt');
    await editor.toEnd();
    await window.command('Prompt: Show Outputs');
    await outputs.searchTemplate('Brief');
    await outputs.select('Rated good');
    await outputs.pressIcon('Insert the answer at the cursor');
    await until('the answer in the editor', async () =>
      /Brief it is\.$/m.test(await editor.text()),
    );
    await page.keyboard.press('Control+Z');
    await until('the text as it was', async () => !/Brief it is/.test(await editor.text()));
    await outputs.pressIcon('Open the answer as a document');
    await until('a document of it', async () => /^Brief it is\.$/m.test(await editor.text()));
    await window.command('Prompt: Show Outputs');
    await outputs.searchTemplate('Welcome Email');
    await outputs.select('Welcome Email');
    await outputs.shows('Welcome Email', 'Completed');
    await outputs.press('Regenerate…');
    await until('the values of the run', async () => (await form.value('user_name')) === 'Grace');
    await window.command('Prompt: Show Outputs');
    await outputs.search('');
  });

  it('finds an output by its text', async () => {
    const { outputs, window } = walk();
    await window.command('Prompt: Show Outputs');
    await outputs.search('Brief it');
    const rows = await outputs.rows();
    await until('two rows', async () => (await rows.count()) === 2);
    await outputs.search('');
  });
});
