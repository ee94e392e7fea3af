import assert from 'node:assert/strict';
import type { Browser, Locator } from 'playwright-core';
import type { Handlers } from '../../client/panels/channel.ts';
import type { OutputDetail, OutputsContract, SearchState } from '../../client/panels/protocol.ts';
import { launchBrowser } from '../support/browser.ts';
import { details, outputsHost, rows } from '../support/outputStates.ts';
import { PageStage, type Staging } from '../support/pageStage.ts';

type Stage = PageStage<OutputsContract>;

describe('The Outputs page in use', () => {
  let browser: Browser;
  let stage: Stage;

  before(async () => {
    browser = await launchBrowser(console.log);
  });
  after(() => browser.close());
  afterEach(() => stage.close());

  async function open(
    shown: OutputDetail | undefined,
    change: Partial<Handlers<OutputsContract>> = {},
    more: Partial<Staging<OutputsContract>> = {},
    total = 200,
  ): Promise<Stage> {
    const handlers = outputsHost(rows(total), shown, change);
    stage = await PageStage.open<OutputsContract>(browser, { page: 'outputs', handlers, ...more });
    await stage.settled();
    return stage;
  }

  const $ = (selector: string): Locator => stage.page.locator(selector);
  const focused = (): Promise<string> =>
    stage.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? '');

  describe('the list', () => {
    it('holds 100,000 outputs with a handful of elements, and gets to the last in one key', async () => {
      await open(undefined, {}, {}, 100_000);
      assert.ok((await $('.row').count()) < 40);
      await $('.list').focus();
      await stage.page.keyboard.press('End');
      await $('#row-99999').getByText('Review a pull request').waitFor();
      assert.ok((await $('.row').count()) < 40);
      await stage.page.keyboard.press('Home');
      await $('#row-0').waitFor();
      const lists = stage.requests.filter(({ method }) => method === 'list');
      assert.ok(lists.length <= 4, `${lists.length} requests`);
    });

    it('is walked with the arrow keys; what is selected is read out and shown', async () => {
      await open(undefined);
      await $('.list').focus();
      await stage.page.keyboard.press('Home');
      await stage.page.keyboard.press('ArrowDown');
      assert.equal(await $('.list').getAttribute('aria-activedescendant'), 'row-1');
      assert.equal(await $('#row-1').getAttribute('aria-selected'), 'true');
      await $('.answer').getByText('Answer of output-1.').waitFor();
    });

    it('is searched and filtered, and says when nothing fits', async () => {
      await open(undefined);
      await stage.page.getByRole('searchbox').fill('invoice');
      await stage.page.getByText('40 outputs').waitFor();
      await stage.page.getByLabel('Status').selectOption('failed');
      await stage.page.getByText('No match').waitFor();
      await stage.page.getByText('Clear Filters').click();
      await stage.page.getByText('200 outputs').waitFor();
      assert.equal(await stage.page.getByRole('searchbox').inputValue(), '');
    });

    it('is filtered by template and model, and goes back to all', async () => {
      await open(undefined);
      await stage.page.getByLabel('Template').selectOption('Extract invoice fields');
      await stage.page.getByText('40 outputs').waitFor();
      await stage.page.getByLabel('Model').selectOption('echo-1');
      await stage.page.getByText('10 outputs').waitFor();
      await stage.page.getByRole('button', { name: 'Clear Filters' }).click();
      await stage.page.getByText('200 outputs').waitFor();
      assert.equal(await stage.page.getByLabel('Model').inputValue(), '');
    });

    it('is searched through all texts: says so, shows what is found, and can be cancelled', async () => {
      let found = rows(1);
      let state: SearchState['state'] = 'searching';
      let cancelled = 0;
      await open(undefined, {
        list: ({ filter }) =>
          filter.text === ''
            ? { rows: rows(3), total: 3 }
            : {
                rows: found,
                total: found.length,
                search: { state, found: found.length, share: 0.4 },
              },
        cancelSearch: () => {
          cancelled++;
          state = 'cancelled';
          stage.host.emit('search', { state, found: found.length, share: 0.6 });
        },
      });
      await stage.page.getByRole('searchbox').fill('needle');
      await stage.page.getByRole('status').getByText('Searching all texts…').waitFor();
      await stage.page.getByText('1 found · 40 %').waitFor();
      found = rows(2);
      stage.host.emit('search', { state, found: 2, share: 0.6 });
      await stage.page.getByText('2 found').waitFor();
      await $('#row-1').waitFor();
      await stage.page.getByRole('button', { name: 'Cancel' }).first().click();
      await stage.page.getByText('2 found until the search was cancelled').waitFor();
      assert.equal(cancelled, 1);
      await stage.page.getByRole('searchbox').fill('');
      await stage.page.getByText('3 outputs').waitFor();
    });

    it('does not push away what is read when new outputs arrive', async () => {
      let all = rows(200);
      await open(undefined, { list: (params) => outputsHost(all, undefined).list(params) });
      await $('.list').evaluate((list) => list.scrollTo(0, 66 * 50));
      await $('#row-50').waitFor();
      const place = async (id: number): Promise<number> =>
        (await $(`#row-${id}`).boundingBox())?.y ?? NaN;
      const before = await place(52);
      all = [{ ...all[0]!, id: 'new-1' }, { ...all[0]!, id: 'new-2' }, ...all];
      stage.host.emit('changed', { ids: ['new-1', 'new-2'] });
      await stage.page.getByText('202 outputs').waitFor();
      await stage.settled();
      assert.equal(await place(54), before);
    });

    it('tries again after an error', async () => {
      let tries = 0;
      await open(undefined, {
        list: (params) => {
          if (++tries === 1) throw new Error('No disk.');
          return outputsHost(rows(3), undefined).list(params);
        },
      });
      await stage.page.getByText('No disk.').waitFor();
      await stage.page.getByText('Try Again').click();
      await stage.page.getByText('3 outputs').waitFor();
    });

    it('offers the first run when there is nothing', async () => {
      await open(undefined, {}, {}, 0);
      await stage.page.getByText('Run Prompt').click();
      await stage.asked('runPrompt');
    });

    it('shows the first output when it arrives', async () => {
      let all = rows(0);
      await open(undefined, { list: (params) => outputsHost(all, undefined).list(params) });
      await stage.page.getByText('No outputs yet').waitFor();
      all = rows(1);
      stage.host.emit('changed', { ids: ['output-0'] });
      await stage.page.getByText('1 output', { exact: true }).waitFor();
      await $('.answer').getByText('Answer of output-0.').waitFor();
    });

    it('takes turns with the output in a narrow panel, and the focus goes along', async () => {
      await open(undefined, {}, { width: 380 });
      assert.equal(await $('output-detail').isVisible(), false);
      await $('#row-3').click();
      await $('output-detail').waitFor();
      assert.match(await focused(), /All Outputs/);
      assert.equal(await $('.list').isVisible(), false);
      await stage.page.keyboard.press('Enter');
      await $('.list').waitFor();
      assert.match(await focused(), /class="list"/);
    });

    it('is widened with the keyboard', async () => {
      await open(undefined);
      const width = async (): Promise<number> => (await $('.pane').first().boundingBox())!.width;
      const before = await width();
      await stage.page.getByRole('separator').focus();
      await stage.page.keyboard.press('ArrowRight');
      await stage.page.keyboard.press('ArrowRight');
      await stage.settled();
      assert.equal(await width(), before + 48);
    });
  });

  describe('actions', () => {
    it('runs again and shows the new output', async () => {
      await open(details.completed);
      await stage.page.getByText('Re-run').click();
      assert.deepEqual(await stage.asked('rerun'), { id: 'output-2' });
      await $('.answer').getByText('Answer of output-0.').waitFor();
    });

    it('copies and says so', async () => {
      await open(details.completed);
      await stage.page.getByText('Copy', { exact: true }).click();
      await stage.page.getByText('Copied', { exact: true }).first().waitFor();
    });

    it('puts the answer to use, and asks for other values', async () => {
      await open(details.completed);
      const { id } = details.completed.output;
      for (const how of ['insert', 'save', 'open']) {
        stage.requests.length = 0;
        await stage.page
          .getByRole('button', { name: new RegExp(`^${how} the answer`, 'i') })
          .click();
        assert.deepEqual(await stage.asked('use'), { id, how });
      }
      await stage.page.getByText('Regenerate…').click();
      assert.deepEqual(await stage.asked('regenerate'), { id });
    });

    it('says why something did not work, until the next try', async () => {
      let refuse = true;
      await open(details.completed, {
        openTemplate: () => {
          if (refuse) throw new Error('The file is gone.');
        },
      });
      await stage.page.getByText('Open Template').click();
      await stage.page.getByText('The file is gone.').waitFor();
      refuse = false;
      await stage.page.getByText('Open Template').click();
      await stage.page.getByText('The file is gone.').waitFor({ state: 'detached' });
    });

    it("offers an error's actions", async () => {
      await open(details.failed);
      await stage.page.getByText('Replace Key').click();
      assert.deepEqual(await stage.asked('act'), { id: 'output-3', action: 'replaceKey' });
    });

    it('shows the trouble of the store', async () => {
      await open(details.completed);
      stage.host.emit('trouble', { message: 'The disk is full.' });
      await stage.page.getByText('The disk is full.').waitFor();
      stage.host.emit('trouble', { message: undefined });
      await stage.page.getByText('The disk is full.').waitFor({ state: 'detached' });
    });

    it('has its tabs on the arrow keys', async () => {
      await open(details.completed);
      await stage.page.getByRole('tab', { name: 'Answer' }).focus();
      await stage.page.keyboard.press('ArrowRight');
      await stage.page.getByText('You write release notes').waitFor();
      await stage.page.keyboard.press('End');
      await stage.page.getByText('Attempt 1').waitFor();
      assert.match(await focused(), /tab-attempts/);
    });

    it('rests when the person wants less motion', async () => {
      await open(details.streaming);
      await stage.page.emulateMedia({ reducedMotion: 'reduce' });
      const name = await $('.codicon-modifier-spin')
        .first()
        .evaluate((icon) => getComputedStyle(icon).animationName);
      assert.equal(name, 'none');
    });
  });

  describe('a reload', () => {
    it('finds selection, filters, width and a half-written comment again', async () => {
      await open(details.completed);
      await stage.page.getByLabel('Status').selectOption('completed');
      await stage.page.getByLabel('Model').selectOption('gpt-5-mini');
      await $('#row-1').click();
      await $('.answer').getByText('Answer of output-7.').waitFor();
      await stage.page.getByRole('button', { name: 'Bad' }).click();
      await stage.page.keyboard.type('half a thou');
      await stage.settled();
      const saved = (await stage.saved()) as { identity: unknown };
      assert.deepEqual(saved.identity, {
        folder: 'file:///prompts',
        uri: 'file:///prompts/greeting.prompt',
      });
      await stage.close();
      await open(undefined, {}, { saved });
      await $('.answer').getByText('Answer of output-7.').waitFor();
      assert.equal(await stage.page.getByLabel('Status').inputValue(), 'completed');
      assert.equal(await stage.page.getByLabel('Model').inputValue(), 'gpt-5-mini');
      assert.equal(
        await stage.page.getByLabel('Comment on the rating').inputValue(),
        'half a thou',
      );
    });
  });
});
