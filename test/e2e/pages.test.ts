import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { exhibits, stageExhibit } from '../support/gallery.ts';
import { type Theme, themes } from '../support/pageStage.ts';

describe('Every page in every state', () => {
  let browser: Browser;

  before(async () => {
    browser = await launchBrowser(console.log);
  });
  after(() => browser.close());

  for (const exhibit of exhibits) {
    it(`${exhibit.name}: accessible in all themes, nothing sticks out, nothing refused`, async () => {
      const stage = await stageExhibit(browser, exhibit, 'lightModern');
      const faults: string[] = [];
      for (const theme of Object.keys(themes) as Theme[]) {
        await stage.wear(theme);
        const found = [...(await stage.accessibility()), ...(await stage.overflow())];
        faults.push(...found.map((fault) => `${theme}: ${fault}`));
      }
      assert.deepEqual([...faults, ...stage.complaints], []);
      await stage.close();
    });
  }
});
