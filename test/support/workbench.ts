/** A VS Code window, driven as a person does: by keyboard, mouse and eyes. Every wait is for a condition. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { results } from './paths.ts';
import { until } from './processes.ts';
import { QuickInput } from './quickInput.ts';
import { TextEditor } from './textEditor.ts';

/** The element each of our pages consists of. */
export type PanelElement = 'outputs-page' | 'preview-page' | 'run-form-page';

const openWindows = new Set<Workbench>();

export class Workbench {
  /** Every window of this process that is open. */
  static open(): Workbench[] {
    return [...openWindows];
  }

  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly editor: TextEditor;
  /** What the window wrote to its console, newest last. */
  readonly console: string[] = [];

  constructor(page: Page) {
    this.page = page;
    this.quickInput = new QuickInput(page);
    this.editor = new TextEditor(page);
    page.setDefaultTimeout(15_000);
    openWindows.add(this);
    page.once('close', () => openWindows.delete(this));
    page.on('console', (message) => this.console.push(`${message.type()} ${message.text()}`));
    page.on('pageerror', (error) => this.console.push(`uncaught ${error.stack ?? error.message}`));
    // A reload with unsaved work asks; a person would say yes.
    page.on('dialog', (dialog) => {
      void dialog.accept().catch(() => undefined);
    });
  }

  /** The window has its files and its extension host. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.sidebar').waitFor();
    await this.page.locator('.part.statusbar .statusbar-item').first().waitFor();
  }

  /** Reload Window, as a person does: VS Code keeps what it had open. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.command('Developer: Reload Window');
    await loaded;
    await this.ready();
  }

  /** Loads the page anew, as after a crash. */
  async reopen(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Chooses a colour theme and waits until the window wears it. */
  async useTheme(theme: string, className: string): Promise<void> {
    await this.command('Preferences: Color Theme');
    await this.quickInput.asks('Select Color Theme');
    await this.quickInput.filter(theme);
    await this.quickInput.choose(theme);
    await this.quickInput.closed();
    await this.page.locator(`.monaco-workbench.${className}`).waitFor();
  }

  async close(): Promise<void> {
    await this.page.close({ runBeforeUnload: false });
  }

  /** Runs a command by its title from the command palette; waits until the palette knows it. */
  async command(title: string): Promise<void> {
    await this.quickInput.pick('F1', `>${title}`, title);
  }

  /** True when the palette offers the command. */
  async offers(title: string): Promise<boolean> {
    await this.quickInput.open('F1');
    await this.quickInput.filter(`>${title}`);
    const rows = await this.quickInput.rows();
    await this.quickInput.cancel();
    return rows.some((row) => row.includes(title));
  }

  /** Opens a file of the workspace by name, in a tab that stays. */
  async openFile(name: string): Promise<void> {
    // Beside a panel, not over it.
    await this.page.keyboard.press('Control+1');
    // A file that was made a moment ago is not in the list yet.
    await this.quickInput.pick('Control+P', name, name);
    await this.tab(name).waitFor();
    await this.editor.ready(name);
  }

  tab(name: string): Locator {
    return this.page.locator(`.tabs-container .tab[aria-label^="${name}"]`).first();
  }

  async closeAllEditors(): Promise<void> {
    await this.command('View: Close All Editors');
    const discard = this.dialogButton("Don't Save");
    await until('all editors to close', async () => {
      if (await discard.isVisible()) await discard.click();
      return (await this.page.locator('.tabs-container .tab').count()) === 0;
    });
  }

  dialogButton(label: string): Locator {
    return this.page.locator('.monaco-dialog-box .monaco-button', { hasText: label });
  }

  /** The message of a notification that contains `text`. */
  notification(text: string | RegExp): Locator {
    return this.page
      .locator(
        '.notifications-toasts .notification-list-item, .notifications-center .notification-list-item',
      )
      .filter({ hasText: text });
  }

  async clearNotifications(): Promise<void> {
    await until('notifications to go', async () => {
      // One of something that has just happened may come late.
      await this.command('Notifications: Clear All Notifications');
      return (await this.notification(/./).count()) === 0;
    });
  }

  /** Shows one of our views in the side bar. */
  async showView(id: 'jobs' | 'credentials'): Promise<Locator> {
    const names = { jobs: 'Jobs', credentials: 'Providers & Credentials' };
    await this.command(`Prompts: Focus on ${names[id]} View`);
    const pane = this.page.locator('.part.sidebar .pane').filter({
      has: this.page.locator('.pane-header', { hasText: names[id] }),
    });
    await pane.locator('.pane-body').waitFor();
    return pane;
  }

  /** Rows of a view's tree, as they read. */
  async treeRows(pane: Locator): Promise<string[]> {
    const rows = await pane.locator('.monaco-list-row').all();
    return Promise.all(rows.map(async (row) => (await row.getAttribute('aria-label')) ?? ''));
  }

  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item').filter({ hasText: text });
  }

  codeLens(text: string): Locator {
    return this.page.locator('.codelens-decoration a', { hasText: text });
  }

  /** A button in the title of the editor. */
  titleButton(label: string): Locator {
    return this.page.locator(`.editor-actions .action-label[aria-label^="${label}"]`);
  }

  /** The frame of the visible webview that shows `element`. */
  async panel(element: PanelElement): Promise<Frame> {
    return until(`the ${element} panel`, async () => {
      for (const frame of this.page.frames()) {
        const found = await frame
          .locator(element)
          .isVisible()
          .catch(() => false);
        if (found) return frame;
      }
      return undefined;
    });
  }

  async hasPanel(element: PanelElement): Promise<boolean> {
    const counts = this.page.frames().map((frame) =>
      frame
        .locator(element)
        .isVisible()
        .catch(() => false),
    );
    return (await Promise.all(counts)).includes(true);
  }

  /** A picture for people, in test-results/screens. */
  async screenshot(name: string): Promise<string> {
    const directory = join(results, 'screens');
    mkdirSync(directory, { recursive: true });
    const path = join(directory, `${name.replaceAll(/[^\w.-]+/g, '-')}.png`);
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }
}
