import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNeovim } from '../support/neovim.ts';
import { root } from '../support/paths.ts';
import { childEnvironment, start, stop } from '../support/processes.ts';

const head = (variables: string) => `---\nname: X\nvariables:\n${variables}---\n`;
const declared = '  name: { type: string, description: Who is written to. }\n';
const files: Readonly<Record<string, string>> = {
  'letter.prompt': `${head(declared)}😀 é Dear <<name>>, 😀 <<nmae>>\n<<> rules name=name>>\n`,
  'rules.prompt': `${head('  name: string\n')}😀 Be kind to <<name>>.\n`,
};

/** What the script writes down. */
interface Result {
  readonly failure?: string;
  readonly errors: unknown;
  readonly logged: unknown;
  readonly diagnostics: { severity: number; message: string; at: string }[];
  readonly hover: { contents: { kind: string; value: string } };
  readonly labels: string[];
  readonly formats: number[];
  readonly completed: string;
  readonly encoding: string;
  readonly exit: { code: number; signal: number };
}

/** Runs it to its end, with nothing of the user's own. */
async function drive(command: string, folder: string): Promise<Result> {
  const [home, file] = [join(folder, 'home'), join(folder, 'result.json')];
  await mkdir(home);
  const directories = ['CONFIG', 'DATA', 'STATE', 'CACHE'].map((name) => [
    `XDG_${name}_HOME`,
    home,
  ]);
  const script = join(root, 'test/editors/neovim.lua');
  const said: string[] = [];
  const child = start(
    command,
    ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', `luafile ${script}`],
    {
      cwd: folder,
      env: childEnvironment({
        ...Object.fromEntries(directories),
        TEST_FOLDER: folder,
        TEST_RESULT: file,
        TEST_SERVER: JSON.stringify([process.execPath, join(root, 'dist/server.cjs'), '--stdio']),
      }),
      onLine: (line) => said.push(line),
    },
  );
  const timer = setTimeout(() => void stop(child), 60_000);
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Result;
  } catch {
    throw new Error(`neovim left no result. It said:\n${said.join('\n')}`);
  }
}

describe('neovim', function () {
  this.timeout(180_000);
  let folder: string;
  let result: Result;
  before(async function () {
    const neovim = await findNeovim();
    if ('missing' in neovim) {
      console.log(`    Skipped: ${neovim.missing}`);
      this.skip();
    }
    folder = await mkdtemp(join(tmpdir(), 'prompt-neovim-'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    result = await drive(neovim.command, folder);
    assert.equal(result.failure, undefined);
  });
  after(async () => {
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  it('shows the problems, at their places', () => {
    const [{ at, message, severity } = { at: '', message: '', severity: 0 }, ...others] =
      result.diagnostics;
    assert.deepEqual([at, severity, others.length], ['nmae', 2, 0]);
    assert.match(message, /“nmae” is not declared/);
  });

  it('shows the hover of a variable', () => {
    assert.equal(result.hover.contents.kind, 'markdown');
    assert.match(result.hover.contents.value, /Who is written to\./);
  });

  it('completes a variable', () => {
    assert(result.labels.includes('name'), result.labels.join());
    assert.match(result.completed, /^😀 <<name(?:>>)?$/);
  });

  it('renames a variable: its declaration, its uses and what partials are given', async () => {
    const text = async (name: string) => readFile(join(folder, name), 'utf8');
    const letter = await text('letter.prompt');
    assert.match(letter, /^ {2}first_name: \{ type: string/m);
    assert.match(letter, /^😀 é Dear <<first_name>>, 😀 <<first_name>>$/m);
    assert.match(letter, /^<<> rules name=first_name>>$/m);
    assert.doesNotMatch(letter, /<<name/);
    assert.equal(await text('rules.prompt'), files['rules.prompt']);
  });

  it('ends the server cleanly', () => {
    assert.deepEqual(result.exit, { code: 0, signal: 0 });
    // An empty table of Lua may come out as either.
    for (const list of [result.errors, result.logged])
      assert.equal(Object.keys(list as object).length, 0);
  });
});
