/** Our webview pages, as a person sees and uses them. Frames are looked up anew each time: a reload replaces them. */
import type { Frame, Locator } from 'playwright-core';
import { until } from './processes.ts';
import type { Workbench } from './workbench.ts';

type Status = 'Waiting' | 'Running' | 'Completed' | 'Failed' | 'Cancelled' | 'Interrupted';

const button = (root: Frame | Locator, label: string): Locator =>
  root.locator('vscode-button, button').filter({ hasText: label });

export class OutputsPage {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  frame(): Promise<Frame> {
    return this.#workbench.panel('outputs-page');
  }

  async #detail(): Promise<Locator> {
    return (await this.frame()).locator('article.detail');
  }

  /** The rows of the list that contain `text`. */
  async rows(text: string | RegExp = /./): Promise<Locator> {
    return (await this.frame()).locator('output-list .row').filter({ hasText: text });
  }

  async select(text: string | RegExp): Promise<void> {
    await (await this.rows(text)).first().click();
  }

  /** Waits until the selected output shows something. The page may be made anew meanwhile. */
  async #sees(
    what: string,
    find: (detail: Locator) => Locator,
    timeout?: number,
  ): Promise<Locator> {
    return until(
      what,
      async () => {
        const found = find(await this.#detail()).first();
        return (await found.isVisible().catch(() => false)) && found;
      },
      timeout,
    );
  }

  /** Waits until the selected output belongs to a template and stands so. */
  async shows(template: string, status: Status, timeout = 20_000): Promise<void> {
    const title = (detail: Locator) => detail.locator('h1.title', { hasText: template });
    const fact = (detail: Locator) => detail.locator('.fact', { hasText: status });
    await this.#sees(`the output of ${template}`, title, timeout);
    await this.#sees(`${template} to be ${status}`, fact, timeout);
  }

  async answer(): Promise<string> {
    return (await (await this.#detail()).locator('.answer').textContent()) ?? '';
  }

  /** Waits until the answer contains `text`. */
  async answers(text: string): Promise<void> {
    await this.#sees(`the answer ${text}`, (detail) =>
      detail.locator('.answer', { hasText: text }),
    );
  }

  /** The strip that says something about the output (offline, failed, interrupted …). */
  async notice(text: string | RegExp): Promise<Locator> {
    return this.#sees(`the notice ${text}`, (detail) =>
      detail.locator('.notice').filter({ hasText: text }),
    );
  }

  async press(label: string): Promise<void> {
    await button(await this.#detail(), label)
      .first()
      .click();
  }

  /** A button that is only an icon. */
  async pressIcon(label: string): Promise<void> {
    await (await this.#detail()).getByRole('button', { name: label }).click();
  }

  async openTab(name: string): Promise<Locator> {
    const detail = await this.#detail();
    await detail.getByRole('tab', { name }).click();
    return detail.getByRole('tabpanel', { name });
  }

  async rate(thumb: 'Good' | 'Bad', comment?: string): Promise<void> {
    const detail = await this.#detail();
    await detail.getByRole('button', { name: thumb, exact: true }).click();
    if (comment === undefined) return;
    await detail.getByRole('textbox', { name: 'Comment on the rating' }).fill(comment);
    await button(detail, 'Save Comment').click();
  }

  /** Waits until the selected output is rated so. */
  async rated(thumb: 'Good' | 'Bad', comment: string): Promise<void> {
    const pressed = `.icon-button[aria-pressed="true"][aria-label^="${thumb}"]`;
    await this.#sees(`the rating ${thumb}`, (detail) => detail.locator(pressed));
    await this.#sees(`the comment ${comment}`, (detail) =>
      detail.locator('.comment', { hasText: comment }),
    );
  }

  async search(text: string): Promise<void> {
    await (await this.frame()).getByRole('searchbox').fill(text);
  }

  /** Searches a template's outputs, and waits until the list holds no others: rows that are on their way move under the pointer. */
  async searchTemplate(name: string): Promise<void> {
    await this.search(name);
    await until(`the outputs of ${name} alone`, async () => {
      const rows = await (await this.rows()).allTextContents();
      return rows.length > 0 && rows.every((row) => row.includes(name));
    });
  }
}

export class RunFormPage {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  frame(): Promise<Frame> {
    return this.#workbench.panel('run-form-page');
  }

  async field(name: string): Promise<Locator> {
    return (await this.frame()).locator(`[id="field-${name}"]`);
  }

  async enter(values: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(values)) await (await this.field(name)).fill(value);
  }

  async value(name: string): Promise<string> {
    return (await this.field(name)).inputValue();
  }

  async text(): Promise<string> {
    return (await (await this.frame()).locator('run-form-page').textContent()) ?? '';
  }

  /** @param index of the template's samples */
  async useSample(index: number): Promise<void> {
    await (await this.frame()).getByLabel('Sample').selectOption(String(index));
  }

  async run(): Promise<void> {
    await button(await this.frame(), 'Run')
      .first()
      .click();
  }

  async closed(): Promise<void> {
    await until(
      'the run form to close',
      async () => !(await this.#workbench.hasPanel('run-form-page')),
    );
  }
}

export class PreviewPage {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  frame(): Promise<Frame> {
    return this.#workbench.panel('preview-page');
  }

  /** The rendered messages: role and text. */
  async messages(): Promise<[role: string, text: string][]> {
    const sections = await (await this.frame()).locator('section.message').all();
    return Promise.all(
      sections.map(async (section): Promise<[string, string]> => [
        (await section.getAttribute('aria-label')) ?? '',
        ((await section.locator('.content').textContent()) ?? '').trim(),
      ]),
    );
  }

  /** Waits until a message of `role` contains `text`. */
  async shows(role: 'System' | 'User' | 'Assistant', text: string): Promise<void> {
    await (
      await this.frame()
    )
      .locator(`section.message[aria-label="${role}"]`)
      .filter({ hasText: text })
      .first()
      .waitFor();
  }

  /** @param label as the list of samples has it */
  async useSample(label: string): Promise<void> {
    await (await this.frame()).getByLabel('Sample').selectOption({ label });
  }

  async missing(): Promise<string[]> {
    const marks = await (await this.frame()).locator('mark.missing').allTextContents();
    return [...new Set(marks)];
  }
}
