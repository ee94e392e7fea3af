import assert from 'node:assert/strict';
import type { Browser, Locator } from 'playwright-core';
import type { Feedback } from '../../client/model.ts';
import type { Handlers } from '../../client/panels/channel.ts';
import type { OutputsContract } from '../../client/panels/protocol.ts';
import { launchBrowser } from '../support/browser.ts';
import { detail, outputsHost, rows } from '../support/outputStates.ts';
import { PageStage } from '../support/pageStage.ts';

describe('Rating an output', () => {
  let browser: Browser;
  let stage: PageStage<OutputsContract>;
  let feedback: Feedback | undefined;
  let refuse: string | undefined;

  before(async () => {
    browser = await launchBrowser(console.log);
  });
  after(() => browser.close());

  beforeEach(async () => {
    feedback = undefined;
    refuse = undefined;
    const current = () => detail('output-2', { output: { ...(feedback && { feedback }) } });
    const change: Partial<Handlers<OutputsContract>> = {
      detail: current,
      rate({ comment, rating }) {
        if (refuse !== undefined) throw new Error(refuse);
        feedback = rating && { rating, user: 'Ada', at: 1, ...(comment && { comment }) };
        stage.host.emit('changed', { ids: ['output-2'] });
      },
    };
    const handlers = outputsHost(rows(5), current(), change);
    stage = await PageStage.open<OutputsContract>(browser, { page: 'outputs', handlers });
    await stage.settled();
  });
  afterEach(() => stage.close());

  const thumb = (name: string): Locator => stage.page.getByRole('button', { name });
  const box = (): Locator => stage.page.getByLabel('Comment on the rating');

  it('counts at once, and the comment follows with Enter', async () => {
    await thumb('Good').focus();
    await stage.page.keyboard.press('Enter');
    await box().waitFor();
    assert.deepEqual(feedback, { rating: 'up', user: 'Ada', at: 1 });
    await stage.page.keyboard.type('clear');
    await stage.page.keyboard.press('Shift+Enter');
    await stage.page.keyboard.type('and short');
    await stage.page.keyboard.press('Enter');
    await stage.page.getByText('clear and short').waitFor();
    assert.equal(feedback?.comment, 'clear\nand short');
    assert.equal(await thumb('Good').getAttribute('aria-pressed'), 'true');
    const focused = await stage.page.evaluate(() => document.activeElement?.ariaPressed);
    assert.equal(focused, 'true', 'the focus goes back to the thumb');
  });

  it('saves with Ctrl+Enter as well', async () => {
    await thumb('Bad').click();
    await box().fill('wrong');
    await stage.page.keyboard.press('Control+Enter');
    await box().waitFor({ state: 'detached' });
    assert.deepEqual([feedback?.rating, feedback?.comment], ['down', 'wrong']);
  });

  it('gives up the comment with Escape, not the thumb', async () => {
    await thumb('Bad').click();
    await box().fill('never mind');
    await stage.page.keyboard.press('Escape');
    await box().waitFor({ state: 'detached' });
    assert.deepEqual(feedback, { rating: 'down', user: 'Ada', at: 1 });
  });

  it('is changed without losing the comment, and taken back', async () => {
    await thumb('Good').click();
    await box().fill('fine');
    await stage.page.keyboard.press('Enter');
    await stage.page.getByText('fine', { exact: true }).waitFor();
    await thumb('Bad').click();
    assert.equal(await box().inputValue(), 'fine');
    await stage.page.keyboard.press('Enter');
    await box().waitFor({ state: 'detached' });
    assert.deepEqual([feedback?.rating, feedback?.comment], ['down', 'fine']);
    await thumb('Bad').click();
    await stage.page.getByText('Was this answer good?').waitFor();
    assert.equal(feedback, undefined);
  });

  it('gives the comment back when it cannot be written', async () => {
    await thumb('Good').click();
    await box().fill('precious words');
    refuse = 'The disk is full.';
    await stage.page.keyboard.press('Enter');
    await stage.page.getByText('The disk is full.').waitFor();
    assert.equal(await box().inputValue(), 'precious words');
    refuse = undefined;
    await stage.page.getByText('Save Comment').click();
    await stage.page.getByText('precious words').waitFor();
    assert.equal(feedback?.comment, 'precious words');
  });
});
