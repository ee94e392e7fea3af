import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { OpenDocument } from '../../../server/documents.ts';
import { FolderIndex } from '../../../server/folderIndex.ts';
import { LiveDocument } from '../../../server/liveDocument.ts';

const uriOf = (file: string) => `file:///work/${file}.prompt`;
const textOf = (slug: string) => (slug === '' ? 'x' : `---\nname: X\nslug: ${slug}\n---\nx`);

const anyFile = fc.constantFrom('a', 'b', 'c', 'd');
const anySlug = fc.constantFrom('', 'a', 'b', 'z');
const anyStep = fc.record({
  does: fc.constantFrom('put', 'edit', 'remove', 'ask'),
  file: anyFile,
  slug: anySlug,
});

describe('the index of a folder', () => {
  it('lists what an index made anew would, after any changes', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 25 }), (steps) => {
        const index = new FolderIndex('file:///work');
        const open = new Map<string, OpenDocument>();
        for (const { does, file, slug } of steps) {
          const uri = uriOf(file);
          const document = open.get(uri);
          if (does === 'put') {
            const live = new LiveDocument(uri, 'x', 1, textOf(slug));
            open.set(uri, new OpenDocument(live, index.neighboursOf(uri)));
          } else if (does === 'edit') document?.update([{ text: textOf(slug) }], 2);
          else if (does === 'remove') open.delete(uri);
          const now = open.get(uri);
          if (does === 'ask') index.bySlug('a');
          else if (now !== undefined) index.put(now);
          else index.remove(uri);
        }
        const expected = new Map<string, string[]>();
        for (const { analysis, uri } of open.values()) {
          expected.set(analysis.slug, [...(expected.get(analysis.slug) ?? []), uri].sort());
        }
        const neighbours = index.neighboursOf('file:///work/other.prompt');
        assert.deepEqual(neighbours.slugs(), [...expected.keys()].sort());
        for (const [slug, uris] of expected) {
          assert.equal(index.bySlug(slug)?.uri, uris[0]);
          assert.deepEqual(neighbours.rivals(slug, ''), uris);
        }
        for (const slug of ['a', 'b', 'c', 'd', 'z']) {
          if (!expected.has(slug)) assert.equal(index.bySlug(slug), undefined);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
