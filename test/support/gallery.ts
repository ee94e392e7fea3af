/**
 * `node test/support/gallery.ts [name …]`: pictures of every page in every theme and state, in
 * test-results/gallery. Needs the built pages. Names what is not accessible or sticks out.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { PageContract } from '../../client/panels/protocol.ts';
import { launchBrowser } from './browser.ts';
import { PageStage, type Staging, type Theme, themes } from './pageStage.ts';
import {
  brokenPreview,
  previewHost,
  previewState,
  runFormHost,
  runFormState,
} from './formStates.ts';
import { details, outputsHost, rows } from './outputStates.ts';
import { results } from './paths.ts';

/** A picture: what is on stage and what is done before it is taken. */
interface Exhibit {
  readonly name: string;
  readonly staging: Staging<PageContract>;
  readonly act?: (stage: PageStage<PageContract>) => Promise<void>;
}

const never = (): Promise<never> => new Promise(() => undefined);
const many = rows(1204);

function outputs(
  name: string,
  handlers: ReturnType<typeof outputsHost>,
  more: Partial<Staging<PageContract>> = {},
  act?: Exhibit['act'],
): Exhibit {
  const staging = { page: 'outputs', handlers, ...more } as Staging<PageContract>;
  return { name: `outputs-${name}`, staging, ...(act && { act }) };
}

const tab =
  (name: string): Exhibit['act'] =>
  (stage) =>
    stage.page.getByRole('tab', { name }).click();

const narrow = { width: 380, height: 720 };

/** Every state a page can be in. */
export const exhibits: readonly Exhibit[] = [
  outputs('empty', outputsHost([], undefined)),
  outputs('loading', outputsHost([], undefined, { list: never })),
  outputs(
    'error',
    outputsHost([], undefined, {
      list: () => Promise.reject(new Error('The history folder cannot be read (EACCES).')),
    }),
  ),
  outputs('no-match', outputsHost(many, details.completed), {}, async ({ page }) => {
    await page.getByRole('searchbox').fill('no such thing');
    await page.getByText('No match').waitFor();
  }),
  ...Object.entries(details).map(([name, detail]) => outputs(name, outputsHost(many, detail))),
  outputs('comment', outputsHost(many, details.completed), {}, async ({ page }) => {
    await page.getByRole('button', { name: 'Good', exact: true }).click();
  }),
  outputs('prompt', outputsHost(many, details.completed), {}, tab('Prompt')),
  outputs('values', outputsHost(many, details.completed), {}, tab('Values')),
  outputs('attempts', outputsHost(many, details.waiting), {}, tab('Attempts')),
  outputs('narrow-list', outputsHost(many, undefined), narrow),
  outputs('narrow-detail', outputsHost(many, details.rated), narrow),
  outputs('narrow-failed', outputsHost(many, details.failed), narrow),
  outputs('narrow-long', outputsHost(many, details.long), { width: 320, height: 720 }),
  outputs('focus', outputsHost(many, details.completed), {}, async ({ page }) => {
    await page.getByRole('listbox').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
  }),
  preview('missing', previewState),
  preview('broken', brokenPreview),
  preview('gone', undefined),
  preview('failure', {
    ...previewState,
    messages: [],
    failure: 'The language server has stopped.',
  }),
  preview('values', previewState, {}, ({ page }) => page.locator('summary').click()),
  preview('line', previewState, {}, async ({ page }) => {
    await page.getByRole('region', { name: 'User' }).locator('.content').focus();
    await page.keyboard.press('ArrowDown');
  }),
  preview('narrow', previewState, narrow),
  runForm('full', {}),
  runForm('problems', {}, async ({ page }) => {
    await page.locator('[id="field-version"]').fill('three');
    await page.locator('[id="field-words"]').fill('a few');
    await page.getByText('Ctrl+Enter runs').click();
    await page.keyboard.press('Control+Enter');
  }),
  runForm('narrow', narrow),
];

function preview(
  name: string,
  state: Parameters<typeof previewHost>[0],
  more: Partial<Staging<PageContract>> = {},
  act?: Exhibit['act'],
): Exhibit {
  const handlers = previewHost(state);
  const staging = { page: 'preview', handlers, width: 760, ...more } as Staging<PageContract>;
  return { name: `preview-${name}`, staging, ...(act && { act }) };
}

function runForm(
  name: string,
  more: Partial<Staging<PageContract>>,
  act?: Exhibit['act'],
): Exhibit {
  const handlers = runFormHost(runFormState);
  const staging = { page: 'runForm', handlers, width: 760, height: 900, ...more };
  return {
    name: `runForm-${name}`,
    staging: staging as Staging<PageContract>,
    ...(act && { act }),
  };
}

/** Puts one exhibit on stage in a theme. */
export async function stageExhibit(
  browser: Browser,
  { act, staging }: Exhibit,
  theme: Theme,
): Promise<PageStage<PageContract>> {
  const stage = await PageStage.open(browser, { ...staging, theme });
  await stage.settled();
  await act?.(stage);
  await stage.settled();
  return stage;
}

if (import.meta.main) {
  const wanted = process.argv.slice(2);
  const directory = join(results, 'gallery');
  await mkdir(directory, { recursive: true });
  const browser = await launchBrowser(console.log);
  for (const theme of Object.keys(themes) as Theme[]) {
    for (const exhibit of exhibits) {
      const title = `${exhibit.name}-${theme}`;
      if (wanted.length > 0 && !wanted.some((part) => title.includes(part))) continue;
      const stage = await stageExhibit(browser, exhibit, theme);
      await stage.page.screenshot({ path: join(directory, `${title}.png`) });
      const faults = [
        ...stage.complaints,
        ...(await stage.accessibility()),
        ...(await stage.overflow()).map((html) => `sticks out: ${html}`),
      ];
      console.log(`${title}${faults.map((fault) => `\n  ${fault}`).join('')}`);
      await stage.close();
    }
  }
  await browser.close();
}
