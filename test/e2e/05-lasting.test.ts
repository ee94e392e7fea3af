import * as assert from 'node:assert/strict';
import { until } from '../support/processes.ts';
import { openPrompt, pressRun } from './steps.ts';
import { pagesOf, walk } from './walk.ts';

const asked = (name: string, text: string) =>
  `---\nname: ${name}\nprovider: openai\nmodel: gpt-4o\n---\n${text}\n`;

describe('what lasts', () => {
  it('keeps outputs, ratings and the panel through a reload', async () => {
    const { outputs, window } = walk();
    await window.command('Prompt: Show Outputs');
    await outputs.select('Rated good');
    await outputs.rated('Good', 'Short and right');
    await window.reload();
    await outputs.rated('Good', 'Short and right');
  });

  it('still has the key after a reload', async () => {
    const { openai, outputs, window } = walk();
    openai.answer('After the reload.', 'Still here.');
    await openPrompt('after.prompt', asked('After', 'After the reload.'));
    await pressRun(window);
    await outputs.shows('After', 'Completed');
    await outputs.answers('Still here.');
    await window.closeAllEditors();
  });

  it('shows the same in a second window, at once', async () => {
    const { folder, openai, session, window } = walk();
    openai.answer('Seen twice.', 'In both windows.');
    await openPrompt('twice.prompt', asked('Twice', 'Seen twice.'));
    const second = await session.open(folder);
    const there = pagesOf(second).outputs;
    await second.command('Prompt: Show Outputs');
    await (await there.rows('Rated good')).first().waitFor();
    await pressRun(window);
    await there.select('Twice');
    await there.answers('In both windows.');
    await there.rate('Bad', 'Seen from the other side');
    const { outputs } = walk();
    await outputs.select('Twice');
    await outputs.rated('Bad', 'Seen from the other side');
    await second.close();
    await window.closeAllEditors();
  });

  it('comes back after a crash: nothing sent twice, what waited goes on', async () => {
    const { openai, outputs, session, window } = walk();
    openai.answer('Cut short.', 'half '.repeat(1000), 40);
    openai.answer('Wait your turn.', 'It was my turn.');
    await session.configure({ 'promptWorkbench.jobs.concurrency': 1 });
    await openPrompt('cut.prompt', asked('Cut', 'Cut short.'));
    await openPrompt('turn.prompt', asked('Turn', 'Wait your turn.'));
    await window.reload();
    await window.openFile('cut.prompt');
    await pressRun(window);
    await outputs.answers('half');
    await window.openFile('turn.prompt');
    await pressRun(window);
    await outputs.shows('Turn', 'Waiting');
    assert.equal(openai.asked('Wait your turn.'), 0);

    await until('some of the answer on disk', async () =>
      /"status":"processing","text":"half/.test(await session.journal()),
    );
    await session.crash();
    await window.reopen();
    await window.command('Prompt: Show Outputs');
    await outputs.select('Turn');
    await outputs.shows('Turn', 'Completed', 40_000);
    await outputs.select('Cut');
    await outputs.shows('Cut', 'Interrupted', 40_000);
    assert.match(await outputs.answer(), /^half half/);
    assert.equal(openai.asked('Cut short.'), 1);
    assert.equal(openai.asked('Wait your turn.'), 1);
    await outputs.notice('Run it again');
    await outputs.press('Run Again');
    await until(
      'it is sent again because a person said so',
      () => openai.asked('Cut short.') === 2,
    );
    await outputs.answers('half');
    await outputs.press('Cancel');
    await outputs.shows('Cut', 'Cancelled');
    await session.configure({ 'promptWorkbench.jobs.concurrency': 4 });
    await window.closeAllEditors();
  });
});
