import assert from 'node:assert/strict';
import type { Browser, Locator } from 'playwright-core';
import type { Handlers } from '../../client/panels/channel.ts';
import type {
  PreviewContract,
  PreviewState,
  RunFormContract,
  RunFormState,
} from '../../client/panels/protocol.ts';
import { launchBrowser } from '../support/browser.ts';
import {
  brokenPreview,
  previewHost,
  previewState,
  runFormHost,
  runFormState,
} from '../support/formStates.ts';
import { PageStage } from '../support/pageStage.ts';
import { until } from '../support/processes.ts';

let browser: Browser;

describe('The pages for values', () => {
  before(async () => {
    browser = await launchBrowser(console.log);
  });
  after(() => browser.close());

  describe('the preview', () => {
    let stage: PageStage<PreviewContract>;
    afterEach(() => stage.close());

    async function open(state: PreviewState | undefined): Promise<void> {
      const handlers = previewHost(state);
      stage = await PageStage.open<PreviewContract>(browser, { page: 'preview', handlers });
      await stage.settled();
    }
    const field = (name: string): Locator => stage.page.locator(`[id="field-${name}"]`);

    it('marks missing values in place, keeps white space, and leads to their fields', async () => {
      await open(previewState);
      const user = stage.page.getByRole('region', { name: 'User' });
      assert.equal(await user.locator('.content').textContent(), previewState.messages[1]!.content);
      assert.deepEqual(await user.locator('mark').allTextContents(), ['⟦version⟧', '⟦changes⟧']);
      await stage.page.getByRole('button', { name: 'changes' }).click();
      await field('changes').waitFor();
      await until('the field to have the focus', () =>
        stage.page.evaluate(() => document.activeElement?.id === 'field-changes'),
      );
    });

    it('does not take its own markers in the text for missing values', async () => {
      const messages = [{ role: 'user', content: 'Write ⟦name⟧ and ⟦version⟧.' } as const];
      await open({ ...previewState, messages, missing: ['version'] });
      assert.deepEqual(await stage.page.locator('mark').allTextContents(), ['⟦version⟧']);
    });

    it('follows without taking focus, cursor or scroll away', async () => {
      const long = Array.from({ length: 60 }, (_, n) => `Line ${n}`).join('\n\n');
      const state = (text: string): PreviewState => ({
        ...previewState,
        messages: [{ role: 'user', content: `${text}\n\n${long}` }],
      });
      await open(state('One'));
      await stage.page.locator('summary').click();
      await field('background').fill('typing here');
      await stage.page.keyboard.press('Home');
      await stage.page.keyboard.press('ArrowRight');
      await stage.page.evaluate(() => document.scrollingElement!.scrollTo(0, 500));
      const top = (): Promise<number> =>
        stage.page.evaluate(() => document.scrollingElement!.scrollTop);
      const before = await top();
      stage.host.emit('show', { ...state('Two'), values: { background: 'typing here' } });
      await stage.page.locator('.content', { hasText: 'Two' }).waitFor();
      await stage.page.keyboard.press('X');
      assert.equal(await field('background').inputValue(), 'tXyping here');
      assert.equal(await top(), before);
    });

    it('sends typed values by their type, and takes them away when emptied', async () => {
      await open(previewState);
      await stage.page.locator('summary').click();
      const sent = async (act: () => Promise<unknown>): Promise<unknown> => {
        stage.requests.length = 0;
        await act();
        return stage.asked('setValue');
      };
      const typed = (name: string, text: string): Promise<unknown> =>
        sent(() => field(name).fill(text));
      assert.deepEqual(await typed('version', '4.0'), { name: 'version', value: '4.0' });
      assert.deepEqual(await typed('changes', '["a"]'), { name: 'changes', value: ['a'] });
      assert.deepEqual(await typed('words', '99'), { name: 'words', value: 99 });
      assert.deepEqual(await typed('version', ''), { name: 'version', value: undefined });
      const emoji = await sent(() => field('emoji').check());
      assert.deepEqual(emoji, { name: 'emoji', value: true });
      const tone = await sent(() => field('tone').selectOption('formal'));
      assert.deepEqual(tone, { name: 'tone', value: 'formal' });
      stage.requests.length = 0;
      await field('words').fill('many');
      await stage.page.getByText('This must be a number.').waitFor();
      assert.deepEqual(stage.requests, [], 'what is no value is not sent');
    });

    it('lists errors instead of an empty prompt, each leading to its line', async () => {
      await open(brokenPreview);
      await stage.page.getByText('This block is never closed').click();
      assert.deepEqual(await stage.asked('reveal'), { line: 11, character: 0 });
      const run = stage.page.getByRole('button', { name: 'Run' });
      assert.equal(await run.getAttribute('disabled'), '');
    });

    it('takes a sample, and runs', async () => {
      await open(previewState);
      await stage.page.getByLabel('Sample').selectOption('Sample: Long release');
      assert.deepEqual(await stage.asked('useSample'), { name: 'Long release' });
      await stage.page.getByLabel('Sample').selectOption('My values');
      await until('no sample', () =>
        stage.requests.some(
          ({ method, params }) =>
            method === 'useSample' && (params as { name?: string }).name === undefined,
        ),
      );
      await stage.page.getByRole('button', { name: 'Run' }).click();
      await stage.asked('run');
    });
  });

  describe('the run form', () => {
    let stage: PageStage<RunFormContract>;
    afterEach(() => stage.close());

    async function open(
      state: Partial<RunFormState> = {},
      change: Partial<Handlers<RunFormContract>> = {},
    ): Promise<void> {
      const handlers = runFormHost({ ...runFormState, ...state }, change);
      stage = await PageStage.open<RunFormContract>(browser, { page: 'runForm', handlers });
      await stage.settled();
    }
    const field = (name: string): Locator => stage.page.locator(`[id="field-${name}"]`);
    const focused = (): Promise<string | undefined> =>
      stage.page.evaluate(() => document.activeElement?.id);

    it('begins with what is known, at the first field that needs something', async () => {
      await open();
      assert.equal(await field('version').inputValue(), '3.2');
      assert.equal(
        await field('tone').evaluate((it: HTMLSelectElement) => it.selectedOptions[0]!.text),
        'friendly',
      );
      assert.equal(await focused(), 'field-changes');
    });

    it('says what is wrong as it is typed, and to those who listen', async () => {
      await open();
      await field('words').fill('5');
      await stage.page.getByText('This must be at least 20.').waitFor();
      assert.equal(await field('words').getAttribute('aria-invalid'), 'true');
      const described = (await field('words').getAttribute('aria-describedby'))!.split(' ');
      assert.ok(described.includes('field-words-problem'));
      await field('words').fill('50');
      await stage.page.getByText('This must be at least 20.').waitFor({ state: 'detached' });
    });

    it('does not run with what will not do, and goes there', async () => {
      await open();
      await field('tone').focus();
      await stage.page.keyboard.press('Control+Enter');
      await stage.page.getByText('A value is needed.').waitFor();
      assert.equal(await focused(), 'field-changes');
      assert.ok(!stage.requests.some(({ method }) => method === 'run'));
    });

    it('runs with Ctrl+Enter from any field, each value by its type', async () => {
      await open();
      await field('changes').fill('["one", {"two": 2}]');
      await field('emoji').check();
      await field('access_token').fill('sk-secret');
      await stage.page.keyboard.press('Control+Enter');
      assert.deepEqual(await stage.asked('run'), {
        values: {
          version: '3.2',
          tone: 'friendly',
          words: 120,
          changes: ['one', { two: 2 }],
          emoji: true,
          access_token: 'sk-secret',
        },
      });
    });

    it('stays with the reason when the run is refused, also while it keeps what is typed', async () => {
      await open(
        { values: { version: '3.2', changes: [] } },
        { run: () => Promise.reject(new Error('There is no key for OpenAI.')) },
      );
      await stage.page.getByRole('button', { name: 'Run' }).click();
      await stage.page.getByText('There is no key for OpenAI.').waitFor();
      await field('background').fill('more');
      await stage.asked('keep');
      assert.ok(await stage.page.getByText('There is no key for OpenAI.').isVisible());
    });

    it('keeps what is typed soon, at once when it is left, and no secret of it itself', async () => {
      await open();
      await field('background').fill('typed');
      const kept = (await stage.asked('keep')) as { values: Record<string, unknown> };
      assert.equal(kept.values['background'], 'typed');
      await field('access_token').fill('sk-secret');
      stage.requests.length = 0;
      await stage.page.evaluate(() => window.dispatchEvent(new Event('blur')));
      await stage.asked('keep');
      assert.ok(!JSON.stringify(await stage.saved()).includes('sk-secret'));
      assert.equal(await field('access_token').getAttribute('type'), 'password');
    });

    it('fills in a sample and leaves the rest', async () => {
      await open();
      await field('background').fill('mine');
      await stage.page.getByLabel('Sample').selectOption('Sample: Short release');
      await until('the sample', async () => (await field('version').inputValue()) === '1.0');
      assert.equal(await field('words').inputValue(), '40');
      assert.equal(await field('background').inputValue(), 'mine');
    });

    it('follows the template and loses nothing typed', async () => {
      await open();
      await field('background').fill('mine');
      const variables = [
        ...runFormState.variables,
        { name: 'extra', type: 'string', required: false } as const,
      ];
      stage.host.emit('show', { ...runFormState, variables });
      await field('extra').waitFor();
      assert.equal(await field('background').inputValue(), 'mine');
    });

    it('closes on Cancel after keeping what was typed', async () => {
      await open();
      await field('background').fill('mine');
      await stage.page.getByRole('button', { name: 'Cancel' }).click();
      await stage.asked('close');
      const methods = stage.requests.map(({ method }) => method);
      assert.ok(methods.lastIndexOf('keep') < methods.indexOf('close'));
    });

    it('says so when the form cannot be made, and tries again', async () => {
      let tries = 0;
      await open(
        {},
        {
          ready: () => {
            if (++tries === 1) throw new Error('The language server has stopped.');
            return runFormState;
          },
        },
      );
      await stage.page.getByText('The language server has stopped.').waitFor();
      await stage.page.getByText('Try Again').click();
      await field('version').waitFor();
    });
  });
});
