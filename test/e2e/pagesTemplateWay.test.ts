import assert from 'node:assert/strict';
import type { Browser, Locator } from 'playwright-core';
import type { Handlers } from '../../client/panels/channel.ts';
import type { PreviewContract } from '../../client/panels/protocol.ts';
import { launchBrowser } from '../support/browser.ts';
import { previewHost, previewState } from '../support/formStates.ts';
import { PageStage } from '../support/pageStage.ts';
import { until } from '../support/processes.ts';

describe('From a message of the preview to the template', () => {
  let browser: Browser;
  let stage: PageStage<PreviewContract>;
  before(async () => {
    browser = await launchBrowser(console.log);
  });
  after(() => browser.close());
  afterEach(() => stage.close());

  async function open(change: Partial<Handlers<PreviewContract>> = {}): Promise<void> {
    const handlers = previewHost({ ...previewState, messages, missing: [] }, change);
    stage = await PageStage.open<PreviewContract>(browser, { page: 'preview', handlers });
    await stage.settled();
  }

  const content = 'Dear Ada,\n\n\u202eBe kind.\nBye';
  const messages = [previewState.messages[0]!, { role: 'user', content } as const];
  const user = (): Locator => stage.page.getByRole('region', { name: 'User' });
  const text = (): Locator => user().locator('.content');
  const located = () =>
    stage.requests.filter(({ method }) => method === 'locate').map(({ params }) => params);
  /** Where a text stands on the screen. */
  const place = (word: string) =>
    text().evaluate((element, wanted) => {
      const node = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()!;
      const range = document.createRange();
      const start = node.nodeValue!.indexOf(wanted);
      range.setStart(node, start);
      range.setEnd(node, start + wanted.length);
      const { left, top, height, width } = range.getBoundingClientRect();
      return { left, right: left + width, x: left + width / 2, y: top + height / 2 };
    }, word);

  it('where a click falls; a double click goes there', async () => {
    await open();
    const { left, y } = await place('kind');
    await stage.page.mouse.click(left + 1, y);
    await until('a place to be asked for', () => located().length === 1);
    const offset = content.indexOf('kind');
    assert.deepEqual(located(), [{ message: 1, offset, focus: false }]);
    await stage.page.mouse.dblclick(left + 2, y);
    await until('the template to be gone to', () => located().length === 3);
    assert.deepEqual(located()[2], { message: 1, offset, focus: true });
  });

  it('but not who selects to copy', async () => {
    await open();
    const { left, right, y } = await place('kind');
    await stage.page.mouse.move(left + 1, y);
    await stage.page.mouse.down();
    await stage.page.mouse.move(right - 1, y, { steps: 3 });
    await stage.page.mouse.up();
    const selected = () => stage.page.evaluate(() => String(window.getSelection()));
    await until('the selection', async () => (await selected()).length > 1);
    assert.deepEqual(located(), []);
  });

  it('line by line with the keyboard, and reads the line out', async () => {
    await open();
    await text().focus();
    const spoken = stage.page.locator('.spoken');
    const lines: (string | null)[] = [];
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowDown', 'End']) {
      await stage.page.keyboard.press(key);
      lines.push(await spoken.textContent());
    }
    const kind = '‹U+202E›Be kind.';
    assert.deepEqual(lines, ['Dear Ada,', 'Empty line', kind, 'Empty line', kind, 'Bye']);
    assert.equal(await stage.page.evaluate(() => CSS.highlights.size), 1);
    await stage.page.keyboard.press('Enter');
    await until('the template to be gone to', () => located().length === 1);
    assert.deepEqual(located(), [{ message: 1, offset: content.indexOf('Bye'), focus: true }]);
    await stage.page.keyboard.press('Shift+Tab');
    assert.equal(await stage.page.evaluate(() => CSS.highlights.size), 0);
  });

  it('and says so when the place is not known', async () => {
    await open({ locate: () => Promise.reject(new Error('Where this comes from is not known.')) });
    await text().click();
    await stage.page.getByText('Where this comes from is not known.').waitFor();
  });
});
