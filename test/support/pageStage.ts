/**
 * Our built webview pages on a stage: a browser with VS Code's theme variables and content security policy, and a
 * host made of plain handlers. What VS Code does around a page is small enough to stand in for: the real one is
 * met in the end-to-end tests.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { type Handlers, HostChannel } from '../../client/panels/channel.ts';
import { pageHtml } from '../../client/panels/pageHtml.ts';
import type { PageContract } from '../../client/panels/protocol.ts';
import type { PageName } from '../../client/panels/viewTypes.ts';
import { root } from './paths.ts';
import { until } from './processes.ts';

export const themes = {
  light2026: 'vscode-light',
  dark2026: 'vscode-dark',
  lightModern: 'vscode-light',
  darkModern: 'vscode-dark',
  highContrastDark: 'vscode-high-contrast',
  highContrastLight: 'vscode-high-contrast-light vscode-high-contrast',
} as const;
export type Theme = keyof typeof themes;

/** Where the bundles are; elsewhere when a person works on the pages while tests build. */
const built = process.env['PROMPT_WORKBENCH_DIST'] ?? join(root, 'dist');
const origin = 'http://stage.test';
const types: Record<string, string> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.ttf': 'font/ttf',
};
const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Staging<C extends PageContract> {
  readonly page: PageName;
  readonly handlers: Handlers<C>;
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** What the page saved before it was reloaded. */
  readonly saved?: object;
}

/** One page on stage. */
export class PageStage<C extends PageContract> {
  readonly page: Page;
  readonly host: HostChannel<C>;
  /** Requests the page made, in order. */
  readonly requests: { readonly method: string; readonly params: unknown }[] = [];
  /** What went wrong in the page: errors, refused resources. */
  readonly complaints: string[] = [];

  #hear: (message: unknown) => void = () => undefined;

  private constructor(page: Page) {
    this.page = page;
    this.host = new HostChannel<C>(
      {
        post: (message) => {
          page.evaluate((sent) => window.postMessage(sent, '*'), message).catch(() => undefined);
        },
        onMessage: (listener) => {
          this.#hear = listener;
          return { dispose: () => undefined };
        },
      },
      (error) => (error instanceof Error ? error.message : String(error)),
    );
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  static async open<C extends PageContract>(
    browser: Browser,
    staging: Staging<C>,
  ): Promise<PageStage<C>> {
    const { handlers, height = 760, page: name, saved, width = 1180 } = staging;
    const page = await browser.newPage({ viewport: { width, height }, locale: 'en-US' });
    const stage = new PageStage<C>(page);
    stage.host.serve(handlers);
    await page.exposeFunction('stageHost', (message: { method: string; params: unknown }) => {
      stage.requests.push(message);
      stage.#hear(message);
    });
    await page.addInitScript(fakeVsCode, saved);
    await page.route(`${origin}/**`, async (route) => {
      const path = new URL(route.request().url()).pathname;
      if (path === '/') {
        await route.fulfill({ contentType: 'text/html', body: html(staging) });
        return;
      }
      const directory = path.startsWith('/themes/') ? join(root, 'test/fixtures') : built;
      const body = await readFile(join(directory, path)).catch(() => undefined);
      if (body === undefined) await route.fulfill({ status: 404 });
      else await route.fulfill({ contentType: types[extname(path)] ?? 'text/plain', body });
    });
    await page.goto(`${origin}/`);
    await page.locator(name === 'runForm' ? 'run-form-page' : `${name}-page`).waitFor();
    return stage;
  }

  /** Fonts are there, nothing moves, and nothing in the page has changed for a few frames. */
  async settled(): Promise<void> {
    await this.page.evaluate(() => document.fonts.ready);
    await this.page.evaluate(restful);
  }

  /** Puts on another theme, as VS Code does when the person changes it. */
  async wear(theme: Theme): Promise<void> {
    await this.page.evaluate(
      ([name, classes]) =>
        new Promise<void>((resolve) => {
          const sheet = document.querySelector<HTMLLinkElement>('#stage-theme')!;
          const next = sheet.cloneNode() as HTMLLinkElement;
          next.addEventListener('load', () => resolve(), { once: true });
          next.href = `/themes/${name}.css`;
          sheet.replaceWith(next);
          document.body.className = classes;
        }),
      [theme, themes[theme]] as const,
    );
  }

  /** Waits for a request of the page. @returns its parameters. */
  async asked(method: string): Promise<unknown> {
    await until(`the page to ask for ${method}`, () =>
      this.requests.some((request) => request.method === method),
    );
    return this.requests.findLast((request) => request.method === method)?.params;
  }

  async saved(): Promise<unknown> {
    return this.page.evaluate(() => (window as unknown as { stageState: unknown }).stageState);
  }

  /** Breaches of WCAG 2.2 A and AA and of axe's good practice, one line each. */
  async accessibility(): Promise<string[]> {
    const complaints = this.complaints.length;
    await this.page.evaluate(await axeSource);
    const results = await this.page.evaluate(
      () =>
        (
          window as unknown as { axe: { run(): Promise<unknown> } }
        ).axe.run() as Promise<AxeResults>,
    );
    // axe itself tries a style element, which the page's policy refuses: not the page's fault.
    this.complaints.splice(complaints);
    return results.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ failureSummary, html }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
  }

  /** Elements that stick out of the page sideways. */
  async overflow(): Promise<string[]> {
    return this.page.evaluate(() => {
      const wide = document.documentElement.clientWidth;
      const clipped = (element: Element): boolean => {
        for (let up = element.parentElement; up !== null; up = up.parentElement) {
          if (getComputedStyle(up).overflowX !== 'visible') return true;
        }
        return false;
      };
      return [...document.body.querySelectorAll('*')]
        .filter((element) => element.getBoundingClientRect().right > wide + 1 && !clipped(element))
        .map((element) => element.outerHTML.slice(0, 160));
    });
  }

  async close(): Promise<void> {
    this.host.dispose();
    await this.page.close();
  }
}

function html<C extends PageContract>({ page, theme = 'darkModern' }: Staging<C>): string {
  const shell = pageHtml(
    page,
    { folder: 'file:///prompts', uri: 'file:///prompts/greeting.prompt' },
    { cspSource: origin, nonce: 'c3RhZ2U=', file: (name) => `/${name}`, language: 'en', texts: {} },
  );
  const sheets = `<link rel="stylesheet" href="/themes/webview.css">
<link rel="stylesheet" href="/themes/${theme}.css" id="stage-theme">`;
  return shell
    .replace('<link', `${sheets}\n<link`)
    .replace('<body ', `<body class="${themes[theme]}" `);
}

/** Runs in the page, before its script. */
function fakeVsCode(saved: object | undefined): void {
  const stage = window as unknown as {
    stageState: unknown;
    stageHost(message: unknown): Promise<void>;
    acquireVsCodeApi(): unknown;
  };
  stage.stageState = saved;
  stage.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => void stage.stageHost(message),
    getState: () => stage.stageState,
    setState: (state: unknown) => {
      stage.stageState = structuredClone(state);
    },
  });
}

/** Runs in the page: resolves when eight frames in a row changed nothing. What turns for ever does not count. */
function restful(): Promise<void> {
  const ends = (animation: Animation): boolean =>
    animation.playState === 'running' &&
    Number.isFinite(animation.effect?.getComputedTiming().endTime);
  return new Promise((resolve) => {
    let quiet = 0;
    const watching = new MutationObserver(() => {
      quiet = 0;
    });
    const everything = { attributes: true, characterData: true, childList: true, subtree: true };
    watching.observe(document, everything);
    const frame = (): void => {
      quiet = document.getAnimations().some(ends) ? 0 : quiet + 1;
      if (quiet <= 8) {
        requestAnimationFrame(frame);
        return;
      }
      watching.disconnect();
      resolve();
    };
    requestAnimationFrame(frame);
  });
}
