import assert from 'node:assert/strict';
import type { Browser, Locator } from 'playwright-core';
import type { Handlers } from '../../client/panels/channel.ts';
import type { OutputDetail, OutputsContract } from '../../client/panels/protocol.ts';
import { launchBrowser } from '../support/browser.ts';
import { detail, markdownAnswer, outputsHost, rows } from '../support/outputStates.ts';
import { PageStage } from '../support/pageStage.ts';
import { until } from '../support/processes.ts';

describe('An answer that streams in', () => {
  let browser: Browser;
  let stage: PageStage<OutputsContract>;

  before(async () => {
    browser = await launchBrowser(console.log);
  });
  after(() => browser.close());
  afterEach(() => stage.close());

  async function open(
    shown: OutputDetail,
    change: Partial<Handlers<OutputsContract>> = {},
  ): Promise<void> {
    const handlers = outputsHost(rows(20), shown, change);
    stage = await PageStage.open<OutputsContract>(browser, { page: 'outputs', handlers });
    await stage.settled();
  }

  const $ = (selector: string): Locator => stage.page.locator(selector);
  const streaming = (text = ''): OutputDetail => detail('output-0', { status: 'processing', text });
  const say = (offset: number, text: string): void =>
    stage.host.emit('text', { id: 'output-0', offset, text });
  const answer = (): Promise<string> => $('.answer').innerText();

  it('shows text as it arrives and leaves what is there alone', async () => {
    await open(streaming('# One\n\nFirst'));
    await $('.answer h1').evaluate((heading) => Object.assign(heading, { same: true }));
    let offset = '# One\n\nFirst'.length;
    for (const text of [' paragraph.\n\n', '- a\n- b\n', '\nLast', ' words']) {
      say(offset, text);
      offset += text.length;
    }
    await $('.answer').getByText('Last words').waitFor();
    assert.equal(await answer(), 'One\n\nFirst paragraph.\n\na\nb\n\nLast words');
    const kept = await $('.answer h1').evaluate((heading) => 'same' in heading);
    assert.equal(kept, true, 'the heading was rendered again');
  });

  it('drops what it has, and asks again when something is missing', async () => {
    let whole = 'Hello';
    await open(streaming(whole), { detail: () => streaming(whole) });
    say(3, 'lo wor');
    await $('.answer').getByText('Hello wor').waitFor();
    whole = 'Hello world, how are you?';
    say(20, 'you?');
    await $('.answer').getByText('Hello world, how are you?').waitFor();
  });

  it('appends to a long plain text without touching the rest', async () => {
    const long = Array.from({ length: 5000 }, (_, line) => `line ${line}`).join('\n');
    await open(detail('output-0', { status: 'processing', format: 'text', text: long }));
    await $('.answer').evaluate((root) => {
      const counts = { removed: 0 };
      Object.assign(window, { counts });
      new MutationObserver((records) => {
        for (const { removedNodes } of records) counts.removed += removedNodes.length;
      }).observe(root, { childList: true, subtree: true });
    });
    let offset = long.length;
    for (let n = 0; n < 200; n++) {
      say(offset, `\nmore ${n}`);
      offset += `\nmore ${n}`.length;
    }
    await $('.answer').getByText('more 199').waitFor();
    const { removed } = await stage.page.evaluate(
      () => (window as unknown as { counts: { removed: number } }).counts,
    );
    assert.equal(removed, 0);
    const text = await $('.answer').evaluate((root) =>
      [...root.children].map((block) => block.textContent).join('\n'),
    );
    assert.equal(text.split('\n').length, 5200);
  });

  it('follows the end only for those who are there', async () => {
    const long = `${markdownAnswer}\n\n`.repeat(5);
    await open(streaming(long));
    const body = $('.detail-body');
    const top = (): Promise<number> => body.evaluate((element) => element.scrollTop);
    const atEnd = (): Promise<boolean> =>
      body.evaluate((it) => it.scrollHeight - it.scrollTop - it.clientHeight < 2);
    assert.equal(await top(), 0);
    say(long.length, 'Not followed.\n\n'.repeat(10));
    await $('.answer').getByText('Not followed.').first().waitFor();
    assert.equal(await top(), 0);
    await body.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    say(long.length + 150, 'Followed.\n\n'.repeat(10));
    await $('.answer').getByText('Followed.').last().waitFor();
    assert.equal(await atEnd(), true);
  });

  it('ends: the status changes, the buttons change, JSON is laid out', async () => {
    let state = detail('output-0', { status: 'processing', format: 'json', text: '{"a":' });
    await open(state, { detail: () => state });
    await stage.page.getByRole('button', { name: 'Cancel' }).click();
    assert.deepEqual(await stage.asked('cancel'), { id: 'output-0' });
    say(5, '[1]}');
    state = detail('output-0', { format: 'json', text: '{"a":[1]}' });
    stage.host.emit('changed', { ids: ['output-0'] });
    await stage.page.getByText('Re-run').waitFor();
    assert.equal(await answer(), '{\n  "a": [\n    1\n  ]\n}');
    await $('.fact').getByText('Completed').waitFor();
    assert.equal(await $('outputs-page > [role=status]').textContent(), 'Completed');
  });

  it('is read out in sentences', async () => {
    await open(streaming());
    say(0, 'One sentence. And half a');
    const region = $('outputs-page > [role=status]');
    await until('the sentence', async () => (await region.textContent()) === 'One sentence.');
  });
});
