/** VS Code's quick input: command palette, lists and one-line questions. */
import type { Locator, Page } from 'playwright-core';
import { until } from './processes.ts';

export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator('.quick-input-widget');
  }

  get input(): Locator {
    return this.#widget.locator('.quick-input-box input');
  }

  /** Presses the key that opens it until it is open: right after a start, keys can go nowhere. */
  async open(key: string): Promise<void> {
    await this.cancel();
    await until(`the quick input after ${key}`, async () => {
      if (await this.#widget.isVisible()) return true;
      await this.#page.keyboard.press(key);
      return soon(this.#widget.waitFor({ state: 'visible', timeout: 1000 }));
    });
  }

  async filter(text: string): Promise<void> {
    await this.input.fill(text);
  }

  /**
   * Opens it with `key`, types `text` and takes the row `label`. A window that is still restoring its editors takes
   * the focus, and with it the quick input, away at any moment before the click: then from the beginning.
   */
  async pick(key: string, text: string, label: string): Promise<void> {
    await until(`${label} in the quick input after ${key}`, async () => {
      await this.open(key);
      if (!(await soon(this.input.fill(text, { timeout: 1000 })))) return false;
      return (await this.has(label)) && soon(this.choose(label, 2000));
    });
  }

  /** Waits until the question says why what was typed will not do. */
  async says(text: RegExp): Promise<void> {
    await this.#widget.locator('.quick-input-message').filter({ hasText: text }).waitFor();
  }

  /** Waits for a question by its title, prompt or placeholder. */
  async asks(text: string): Promise<void> {
    const placeholder = this.#page.locator(`input[placeholder*="${text}"]`);
    const found = this.#widget
      .filter({ hasText: text })
      .or(this.#widget.filter({ has: placeholder }));
    await found.waitFor();
  }

  async rows(): Promise<string[]> {
    const rows = await this.#rows().all();
    return Promise.all(rows.map(async (row) => (await row.getAttribute('aria-label')) ?? ''));
  }

  #rows(): Locator {
    return this.#widget.locator('.quick-input-list .monaco-list-row');
  }

  /** True when a row with this label appears soon. */
  async has(text: string): Promise<boolean> {
    return soon(this.#labelled(text).first().waitFor({ timeout: 2000 }));
  }

  #labelled(text: string): Locator {
    return this.#rows().filter({ has: this.#page.locator('.label-name', { hasText: text }) });
  }

  /** Clicks the row whose label is `text`, else the first that contains it. */
  async choose(text: string, timeout?: number): Promise<void> {
    const labelled = this.#labelled(text);
    await labelled.first().waitFor({ timeout });
    const names = await labelled.locator('.label-name').first().textContent({ timeout });
    const exact = this.#rows().filter({
      has: this.#page.getByText(text, { exact: true }),
    });
    const row = names !== text && (await exact.count()) > 0 ? exact.first() : labelled.first();
    await row.click({ timeout });
  }

  /** Types an answer and confirms it. */
  async answer(text: string): Promise<void> {
    await this.input.fill(text);
    await this.input.press('Enter');
  }

  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  async cancel(): Promise<void> {
    await until('the quick input to close', async () => {
      if (!(await this.#widget.isVisible())) return true;
      await this.#page.keyboard.press('Escape');
      return false;
    });
  }

  async closed(): Promise<void> {
    await this.#widget.waitFor({ state: 'hidden' });
  }
}

/** Whether what was given a time came about in it. */
const soon = (action: Promise<void>): Promise<boolean> =>
  action.then(
    () => true,
    () => false,
  );
