import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';
import { walk } from './walk.ts';

const themes: [name: string, theme: string, className: string][] = [
  ['light', 'Light 2026', 'vs'],
  ['dark', 'Dark 2026', 'vs-dark'],
  ['high-contrast', 'Default High Contrast', 'hc-black'],
  ['high-contrast-light', 'Default High Contrast Light', 'hc-light'],
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
    await window.openFile('welcome_email.prompt');
    await window.command('Prompt: Open Preview to the Side');
    await preview.useSample('ada');
    await preview.shows('User', 'Ada');
    await window.command('Prompt: Show Outputs');
    await outputs.select('Rated good');
    await outputs.rated('Good', 'Short and right');
    await window.showView('jobs');
  });

  after(() => walk().window.closeAllEditors());

  for (const [name, theme, className] of themes) {
    it(`is readable in ${theme}`, async () => {
      const { outputs, session, window } = walk();
      await session.configure({ 'workbench.colorTheme': theme });
      await window.page.locator(`.monaco-workbench.${className}`).waitFor();
      const frame = await outputs.frame();
      await frame.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
      await window.screenshot(`outputs-${name}`);
      assert.deepEqual(await violations(frame), []);
    });
  }

  for (const [name, theme, className] of themes) {
    it(`has a readable preview and form in ${theme}`, async () => {
      const { form, preview, session, window } = walk();
      await session.configure({ 'workbench.colorTheme': theme });
      await window.page.locator(`.monaco-workbench.${className}`).waitFor();
      await window.openFile('welcome_email.prompt');
      await window.command('Prompt: Open Preview to the Side');
      const previewFrame = await preview.frame();
      await previewFrame.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
      await window.screenshot(`preview-${name}`);
      assert.deepEqual(await violations(previewFrame), []);
      await window.editor.focus();
      await window.page.keyboard.press('Control+Enter');
      const formFrame = await form.frame();
      await window.screenshot(`form-${name}`);
      assert.deepEqual(await violations(formFrame), []);
    });
  }
});
