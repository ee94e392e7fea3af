import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';
import { walk } from './walk.ts';

/** What it is called, its id, and the class a window in it has. */
const themes: [theme: string, id: string, className: string][] = [
  ['Light 2026', 'Light 2026', 'vs'],
  ['Dark 2026', 'Dark 2026', 'vs-dark'],
  ['Dark High Contrast', 'Default High Contrast', 'hc-black'],
  ['Light High Contrast', 'Default High Contrast Light', 'hc-light'],
];

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds against WCAG 2.1 A and AA in a page of ours: rule and element. */
async function violations(frame: Frame): Promise<string[]> {
  await frame.evaluate(axe);
  return frame.evaluate(async () => {
    interface Result {
      violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
    }
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<Result> } };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
    const { violations } = await axe.run({ runOnly: tags });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ failureSummary, html }) => `${id}: ${html.slice(0, 120)} ${failureSummary}`),
    );
  });
}

describe('looks', () => {
  before(async () => {
    const { outputs, preview, window } = walk();
    await window.clearNotifications();
    await window.closeAllEditors();
    await window.openFile('welcome_email.prompt');
    await window.command('Prompt: Open Preview to the Side');
    await preview.useSample('Sample: ada');
    await preview.shows('User', 'Ada');
    await window.command('Prompt: Show Outputs');
    // Found, not scrolled to: a list that is longer than its pane moves under the pointer.
    await outputs.searchTemplate('Brief');
    await outputs.select('Rated good');
    await outputs.rated('Good', 'Short and right');
    await window.showView('jobs');
  });

  after(() => walk().window.closeAllEditors());

  for (const [theme, id, className] of themes) {
    it(`is readable in ${theme}`, async () => {
      const { outputs, window } = walk();
      await window.useTheme(theme, className);
      const frame = await outputs.frame();
      await frame.locator(`body[data-vscode-theme-id="${id}"]`).waitFor();
      await window.screenshot(`window-outputs-${theme}`);
      assert.deepEqual(await violations(frame), []);
    });
  }

  for (const [theme, id, className] of themes) {
    it(`has a readable preview and form in ${theme}`, async () => {
      const { form, preview, window } = walk();
      await window.useTheme(theme, className);
      await window.openFile('welcome_email.prompt');
      await window.command('Prompt: Open Preview to the Side');
      const previewFrame = await preview.frame();
      await previewFrame.locator(`body[data-vscode-theme-id="${id}"]`).waitFor();
      await window.screenshot(`window-preview-${theme}`);
      assert.deepEqual(await violations(previewFrame), []);
      await window.editor.focus();
      await window.page.keyboard.press('Control+Enter');
      const formFrame = await form.frame();
      await window.screenshot(`window-form-${theme}`);
      assert.deepEqual(await violations(formFrame), []);
    });
  }
});
