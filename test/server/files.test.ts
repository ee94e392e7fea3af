import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isOwn, isWithin, keyOf, NodeFiles } from '../../server/files.ts';

describe('files', () => {
  const files = new NodeFiles();
  let base: string;
  const at = (...parts: string[]) => pathToFileURL(join(base, ...parts)).toString();

  async function found(folder: string): Promise<string[]> {
    const uris: string[] = [];
    for await (const uri of files.templates(folder)) uris.push(uri);
    return uris;
  }

  before(async () => {
    base = await mkdtemp(join(tmpdir(), 'prompt files '));
    await mkdir(join(base, 'work/sub/deep'), { recursive: true });
    for (const name of ['work/node_modules/x', 'work/.tool', 'work/.github/prompts', 'work/dist']) {
      await mkdir(join(base, name), { recursive: true });
    }
    for (const name of [
      'work/a.prompt',
      'work/sub/ü b.prompt',
      'work/sub/deep/c.prompt',
      'work/node_modules/x/no.prompt',
      'work/.tool/no.prompt',
      'work/dist/no.prompt',
      'work/.github/prompts/d.prompt',
      'work/readme.md',
      'outside.prompt',
      'workshop.prompt',
    ]) {
      await writeFile(join(base, name), name);
    }
    await symlink(join(base, 'outside.prompt'), join(base, 'work/link.prompt'));
    await symlink(base, join(base, 'work/up'));
  });
  after(() => rm(base, { recursive: true }));

  it('finds the templates of a folder, not those of packages, builds and tools or behind links to folders', async () => {
    const uris = await found(at('work'));
    assert.deepEqual(
      uris.map((uri) => decodeURIComponent(uri.slice(at('work').length + 1))).toSorted(),
      [
        '.github/prompts/d.prompt',
        'a.prompt',
        'link.prompt',
        'sub/deep/c.prompt',
        'sub/ü b.prompt',
      ],
    );
  });

  it('reads files within the folder', async () => {
    assert.equal(await files.read(at('work'), at('work/a.prompt')), 'work/a.prompt');
    assert.equal(await files.read(at('work'), at('work/sub/ü b.prompt')), 'work/sub/ü b.prompt');
  });

  const refused: [what: string, uri: () => string][] = [
    ['a file beside the folder', () => at('outside.prompt')],
    ['a file whose path only begins like the folder', () => at('workshop.prompt')],
    ['a way up', () => `${at('work')}/../outside.prompt`],
    ['an encoded way up', () => `${at('work')}/%2e%2e/outside.prompt`],
    ['a link that leads out', () => at('work/link.prompt')],
    ['a folder link that leads out', () => at('work/up/outside.prompt')],
    ['a file that is not there', () => at('work/none.prompt')],
    ['a folder', () => at('work/sub')],
    ['another scheme', () => 'https://example.com/a.prompt'],
    ['no URI at all', () => 'a.prompt'],
  ];
  for (const [what, uri] of refused) {
    it(`does not read ${what}`, async () => {
      assert.equal(await files.read(at('work'), uri()), undefined);
    });
  }

  it('does not read what is too large to be a template', async () => {
    await writeFile(join(base, 'work/large.txt'), Buffer.alloc(5 * 1024 * 1024));
    assert.equal(await files.read(at('work'), at('work/large.txt')), undefined);
  });

  it('finds nothing in a folder that is not there', async () => {
    assert.deepEqual(await found(at('none')), []);
  });

  const keys: [a: string, b: string, same: boolean][] = [
    ['file:///a/b.prompt', 'file:///a/b.prompt', true],
    ['file:///a/b%20c.prompt', 'file:///a/b c.prompt', true],
    ['file:///a/(b).prompt', 'file:///a/%28b%29.prompt', true],
    ['file:///a/b.prompt', 'file:///a/c.prompt', false],
    ['untitled:One', 'untitled:Two', false],
  ];
  for (const [a, b, same] of keys) {
    it(`${a} and ${b} are ${same ? 'one file' : 'two files'}`, () => {
      assert.equal(keyOf(a) === keyOf(b), same);
    });
  }

  const own: [uri: string, is: boolean][] = [
    ['file:///dist/a.prompt', true],
    ['file:///dist/sub/a.prompt', true],
    ['file:///dist/node_modules/x/a.prompt', false],
    ['file:///dist/sub/.hidden/a.prompt', false],
    ['file:///other/a.prompt', false],
  ];
  for (const [uri, is] of own) {
    it(`${uri} is ${is ? '' : 'not '}one of the folder’s own`, () => {
      assert.equal(isOwn('file:///dist', uri), is);
    });
  }

  const within: [folder: string, uri: string, inside: boolean][] = [
    ['file:///a', 'file:///a/b.prompt', true],
    ['file:///a/', 'file:///a/b.prompt', true],
    ['file:///a', 'file:///a', false],
    ['file:///a', 'file:///ab/c.prompt', false],
    ['vscode-vfs://github/a', 'vscode-vfs://github/a/b.prompt', true],
    ['file:///a', 'untitled:a/b', false],
  ];
  for (const [folder, uri, inside] of within) {
    it(`${uri} is ${inside ? '' : 'not '}within ${folder}`, () => {
      assert.equal(isWithin(folder, uri), inside);
    });
  }
});
