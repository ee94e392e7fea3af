/** The active text editor of a VS Code window. */
import type { Locator, Page } from 'playwright-core';
import { until } from './processes.ts';

export class TextEditor {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get #active(): Locator {
    return this.#page
      .locator('.editor-group-container.active .editor-instance .monaco-editor')
      .first();
  }

  /** The file's text is on screen and the cursor in it. */
  async ready(name: string): Promise<void> {
    await this.#page
      .locator(`.editor-group-container.active .monaco-editor[data-uri$="/${name}"] .view-line`)
      .first()
      .waitFor();
    await this.focus();
  }

  async focus(): Promise<void> {
    await this.#page.keyboard.press('Control+1');
    await this.#page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
  }

  /** The lines on screen, at one moment: they come and go. */
  async text(): Promise<string> {
    const lines = await this.#active.locator('.view-line').evaluateAll((all) =>
      all.map((line) => ({
        top: Number.parseFloat((line as HTMLElement).style.top),
        text: (line.textContent ?? '').replaceAll('\u00a0', ' '),
      })),
    );
    return lines
      .sort((one, other) => one.top - other.top)
      .map(({ text }) => text)
      .join('\n');
  }

  /** Types at the cursor, key by key, as fast as a good typist. */
  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text, { delay: 50 });
  }

  /** Puts text in at once, as pasting does: no completion, no closing brackets. */
  async insert(text: string): Promise<void> {
    await this.#page.keyboard.insertText(text);
  }

  async replaceAll(text: string): Promise<void> {
    await this.#page.keyboard.press('Control+A');
    await this.insert(text);
  }

  async save(): Promise<void> {
    await this.#page.keyboard.press('Control+S');
    await until('the file to be saved', async () => {
      const dirty = await this.#page.locator('.tabs-container .tab.active.dirty').count();
      return dirty === 0;
    });
  }

  async toEnd(): Promise<void> {
    await this.#page.keyboard.press('Control+End');
  }

  /** Selects the first place of `text` with the find widget and closes it. */
  async select(text: string): Promise<void> {
    await this.#page.keyboard.press('Control+Home');
    await this.#page.keyboard.press('Control+F');
    const find = this.#page.locator('.find-widget.visible .find-part .input').first();
    await find.waitFor();
    await find.fill(text);
    await this.#page.locator('.find-widget.visible .matchesCount', { hasText: /of \d/ }).waitFor();
    await this.#page.keyboard.press('Escape');
  }

  /** Labels of the open completion list. */
  async completions(): Promise<string[]> {
    const rows = this.#page.locator('.suggest-widget.visible .monaco-list-row');
    await rows.first().waitFor();
    const labels = await rows.locator('.label-name').allTextContents();
    return labels.map((label) => label.trim());
  }

  /** Asks until there is an answer: a language server that is still starting has none. */
  async triggerCompletion(): Promise<string[]> {
    const list = this.#page.locator('.suggest-widget.visible');
    await until('completions', async () => {
      // Asked again while it shows, it would show the details instead.
      if (!(await list.isVisible())) await this.#page.keyboard.press('Control+Space');
      return list
        .locator('.monaco-list-row')
        .first()
        .waitFor({ timeout: 2000 })
        .then(() => true)
        .catch(() => false);
    });
    return this.completions();
  }

  /** What the hover says over the place of the cursor or selection. */
  async hover(): Promise<string> {
    await this.#page.keyboard.press('Control+K');
    await this.#page.keyboard.press('Control+I');
    const hover = this.#page
      .locator('.monaco-resizable-hover:visible .monaco-hover-content')
      .first();
    await hover.waitFor();
    await until('the hover to load', async () => {
      const text = await hover.textContent();
      return Boolean(text) && !text?.startsWith('Loading');
    });
    const text = (await hover.textContent()) ?? '';
    await this.#page.keyboard.press('Escape');
    return text;
  }

  /** Takes what the light bulb offers at the cursor, by its title. */
  async takeAction(title: string): Promise<void> {
    const menu = this.#page.locator('.action-widget:not(.action-list-submenu-panel)');
    const row = menu.locator('.monaco-list-row.action', { hasText: title }).first();
    await until(`the action ${title}`, async () => {
      // Asked again while it shows, it would take the first one.
      if (!(await menu.isVisible())) await this.#page.keyboard.press('Control+.');
      return row
        .waitFor({ timeout: 2000 })
        .then(() => true)
        .catch(() => false);
    });
    await row.click();
    await menu.waitFor({ state: 'hidden' });
  }

  /** Where the cursor is, and how much is selected, as the status bar says it. */
  async cursor(): Promise<string> {
    return (
      (await this.#page.locator('.statusbar-item[id="status.editor.selection"]').textContent()) ??
      ''
    );
  }

  squiggles(severity: 'error' | 'warning' | 'info'): Locator {
    return this.#active.locator(`.squiggly-${severity}`);
  }

  /** No squiggle is left. */
  async clean(): Promise<void> {
    await until('the squiggles to go', async () => {
      const counts = [this.squiggles('error'), this.squiggles('warning')].map((all) => all.count());
      return (await Promise.all(counts)).every((count) => count === 0);
    });
  }

  /** Replaces every place of `text` in the file, as the find widget does. */
  async replace(text: string, by: string): Promise<void> {
    await this.select(text);
    await this.#page.keyboard.press('Control+Shift+L');
    await this.insert(by);
    await this.#page.keyboard.press('Escape');
  }

  /** Waits for the grammar: a text in one colour is not coloured yet. */
  async coloured(): Promise<void> {
    await until('colours', async () => {
      const spans = await this.#active.locator('.view-line span span').all();
      const classes = await Promise.all(spans.map((span) => span.getAttribute('class')));
      return new Set(classes).size > 2;
    });
  }

  /** Colour classes differ between themes; the colour of the first or last place of a text is what a person sees. */
  async colourOf(text: string, which: 'first' | 'last' = 'first'): Promise<string> {
    const spans = this.#active.locator('.view-line span span', { hasText: text });
    return spans[which]().evaluate((element) => getComputedStyle(element).color);
  }
}
