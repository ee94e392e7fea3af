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
      return this.#widget
        .waitFor({ state: 'visible', timeout: 1000 })
        .then(() => true)
        .catch(() => false);
    });
  }

  async filter(text: string): Promise<void> {
    await this.input.fill(text);
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
    return this.#labelled(text)
      .first()
      .waitFor({ timeout: 2000 })
      .then(() => true)
      .catch(() => false);
  }

  #labelled(text: string): Locator {
    return this.#rows().filter({ has: this.#page.locator('.label-name', { hasText: text }) });
  }

  /** Clicks the row whose label is `text`, else the first that contains it. */
  async choose(text: string): Promise<void> {
    const labelled = this.#labelled(text);
    await labelled.first().waitFor();
    const names = await labelled.locator('.label-name').first().textContent();
    const exact = this.#rows().filter({
      has: this.#page.getByText(text, { exact: true }),
    });
    const row = names !== text && (await exact.count()) > 0 ? exact.first() : labelled.first();
    await row.click();
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
