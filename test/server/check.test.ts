import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../support/paths.ts';

describe('check', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'prompt-check-'));
    await mkdir(join(folder, 'sub'));
    await writeFile(join(folder, 'fine.prompt'), '---\nname: Fine\n---\n<<> rules>>');
    await writeFile(join(folder, 'sub/rules.prompt'), '---\nname: Rules\n---\nBe kind.');
    await writeFile(join(folder, 'sub/broken.prompt'), '---\nname: Broken\n---\nA\n<<#if x>>');
  });
  after(() => rm(folder, { recursive: true }));

  function run(...paths: string[]) {
    const entry = join(root, 'server/main.ts');
    const done = spawnSync(process.execPath, [entry, 'check', ...paths], { cwd: folder });
    return { status: done.status, lines: done.stdout.toString().trimEnd().split('\n') };
  }

  it('names what is wrong and fails', () => {
    const { status, lines } = run();
    assert.equal(status, 1);
    assert.deepEqual(lines, [
      'sub/broken.prompt:5:1: error unclosed-block: This “if” block is not closed.',
      'sub/broken.prompt:5:7: information undeclared-variable: “x” is not declared under “variables”. Add it there, or put a backslash before the tag.',
      '3 templates, 1 with errors.',
    ]);
  });

  it('knows the partials of the whole folder when only one file is checked', () => {
    assert.deepEqual(run('fine.prompt'), { status: 0, lines: ['1 template, 0 with errors.'] });
  });

  it('says so when there is no such file', () => {
    const { status, lines } = run('none.prompt');
    assert.equal(status, 2);
    assert.match(lines[0] ?? '', /no file or folder none\.prompt/);
  });
});
