import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { CheckedFolder, linesOf } from '../support/checkedFolder.ts';
import { root } from '../support/paths.ts';

describe('check', () => {
  let folder: CheckedFolder;
  before(async () => {
    folder = await CheckedFolder.make();
  });
  after(() => folder.remove());

  it('names what is wrong, what cannot be read too, and fails', async () => {
    const outcome = await folder.run([]);
    assert.equal(outcome.code, 1);
    assert.deepEqual(linesOf(outcome), [
      'sub/broken.prompt:5:4 error This “if” block is not closed. unclosed-block',
      'sub/broken.prompt:5:10 information “x” is not declared under “variables”. Add it there, or put a backslash before the tag. undeclared-variable',
      'sub/latin one, 100%.prompt:1:1 error The file is not UTF-8. Save it in that encoding. unreadable-file',
      'sub/wide.prompt:1:1 error The file is not UTF-8. Save it in that encoding. unreadable-file',
      '5 templates: 3 errors, 0 warnings.',
    ]);
  });

  const rows: [what: string, args: string[], code: number, last: string][] = [
    ['the partials of the whole folder', ['fine.prompt'], 0, '1 template: 0 errors, 0 warnings.'],
    [
      'the same file once',
      ['sub/rules.prompt', './sub/../sub/rules.prompt', 'fine.prompt'],
      0,
      '2 templates: 0 errors, 0 warnings.',
    ],
    ['a file of any name when it is named', ['notes.txt'], 1, '1 template: 1 error, 0 warnings.'],
    [
      'a file among packages when it is named',
      ['node_modules/a/copy.prompt'],
      1,
      '1 template: 1 error, 0 warnings.',
    ],
  ];
  for (const [what, args, code, last] of rows) {
    it(`takes ${what}`, async () => {
      const outcome = await folder.run(args);
      assert.equal(outcome.code, code);
      assert.equal(linesOf(outcome).at(-1), last);
    });
  }

  it('prints errors only when it is quiet', async () => {
    const outcome = await folder.run(['--quiet', 'sub/broken.prompt']);
    assert.deepEqual(linesOf(outcome).length, 2);
    assert.match(
      outcome.out,
      /^sub\/broken\.prompt:5:4 error .*\n1 template: 1 error, 0 warnings\.\n$/,
    );
  });

  it('fails for too many warnings', async () => {
    const text = '---\nname: X\nnmae: Y\n---\nHi';
    const printed: string[] = [];
    for (const [args, code] of [
      [['-'], 0],
      [['--max-warnings', '1', '-'], 0],
      [['--max-warnings', '0', '-'], 1],
      [['--max-warnings=0', '--quiet', '-'], 1],
    ] as const) {
      const outcome = await folder.run(args, text);
      assert.equal(outcome.code, code, args.join(' '));
      printed.push(outcome.complaints);
    }
    const complaint = '1 warnings: --max-warnings allows 0.\n';
    assert.deepEqual(printed, ['', '', complaint, complaint]);
  });

  const inputs: [what: string, args: string[], text: string | Buffer, lines: string[]][] = [
    [
      'without a name',
      ['-'],
      'é <</if>>',
      [
        'stdin:1:3 error Nothing is open that “if” could close. Remove this tag, or put a backslash before it to make it text. stray-close',
        '1 template: 1 error, 0 warnings.',
      ],
    ],
    [
      'in place of a file, with its partials',
      ['--stdin-filename', 'sub/broken.prompt', 'sub', '-'],
      '---\nname: Mended\n---\n<<> rules>>',
      [
        'sub/latin one, 100%.prompt:1:1 error The file is not UTF-8. Save it in that encoding. unreadable-file',
        'sub/wide.prompt:1:1 error The file is not UTF-8. Save it in that encoding. unreadable-file',
        '4 templates: 2 errors, 0 warnings.',
      ],
    ],
    [
      'that is not UTF-8',
      ['-'],
      Buffer.from('Gr\xFC\xDFe', 'latin1'),
      [
        'stdin:1:1 error The file is not UTF-8. Save it in that encoding. unreadable-file',
        '1 template: 1 error, 0 warnings.',
      ],
    ],
  ];
  for (const [what, args, text, lines] of inputs) {
    it(`reads the standard input ${what}`, async () => {
      assert.deepEqual(linesOf(await folder.run(args, text)), lines);
    });
  }

  it('refuses a link that leads out of the folder', async function () {
    if (process.platform === 'win32') this.skip();
    await symlink(join(root, 'README.md'), join(folder.path, 'link.prompt'));
    const outcome = await folder.run(['link.prompt']);
    await rm(join(folder.path, 'link.prompt'));
    assert.equal(outcome.code, 1);
    assert.match(outcome.out, /^link\.prompt:1:1 error .*a link leads out.* unreadable-file\n/);
  });

  const misuses: [args: string[], complaint: RegExp][] = [
    [['none.prompt'], /^There is no file or folder none\.prompt\./],
    [['fine.prompt', 'none.prompt'], /none\.prompt/],
    [['--format', 'xml'], /There is no format “xml”/],
    [['--max-warnings', 'many'], /takes a number, not “many”/],
    [['--max-warnings'], /max-warnings/],
    [['--nonsense'], /nonsense/],
  ];
  for (const [args, complaint] of misuses) {
    it(`refuses ${args.join(' ')}`, async () => {
      const { code, complaints, out } = await folder.run(args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(complaints, complaint);
      assert.match(complaints, /--help/);
    });
  }

  it('explains itself', async () => {
    const { code, out } = await folder.run(['--help']);
    assert.equal(code, 0);
    for (const word of ['--format', '--max-warnings', '--quiet', '"problems"', 'Exit code']) {
      assert(out.includes(word), word);
    }
    assert.deepEqual(await folder.run(['--version']), { code: 0, out: '1.2.3\n', complaints: '' });
  });

  it('is a command of the process', () => {
    const start = (...args: string[]) => {
      const entry = join(root, 'server/main.ts');
      const input = '<</if>>';
      return spawnSync(process.execPath, [entry, ...args], {
        cwd: folder.path,
        input,
        encoding: 'utf8',
      });
    };
    const checked = start('check', '-');
    assert.deepEqual([checked.status, checked.stderr], [1, '']);
    assert.match(
      checked.stdout,
      /^stdin:1:1 error .* stray-close\n1 template: 1 error, 0 warnings\.\n$/,
    );
    const nothing = start();
    assert.deepEqual([nothing.status, nothing.stdout], [2, '']);
    assert.match(nothing.stderr, /^Usage: .*--stdio/);
  });
});
