import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { automatic, catalogue } from '../../../client/providers/catalogue.ts';

describe('the setting promptWorkbench.provider', () => {
  it('offers the providers there are, in the same words', async () => {
    const manifest = JSON.parse(
      await readFile(new URL('../../../package.json', import.meta.url), 'utf8'),
    );
    const setting = manifest.contributes.configuration.properties['promptWorkbench.provider'];
    const all = [{ slug: '', ...automatic }, ...Object.values(catalogue)];
    assert.deepEqual(
      [setting.enum, setting.enumItemLabels, setting.markdownEnumDescriptions],
      [all.map(({ slug }) => slug), all.map(({ name }) => name), all.map(({ summary }) => summary)],
    );
  });
});
