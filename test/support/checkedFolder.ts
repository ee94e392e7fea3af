import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { check } from '../../server/check/check.ts';
import { NodeFiles } from '../../server/files.ts';

/** What is in the folder that is checked. */
const files: Readonly<Record<string, string | Buffer>> = {
  'fine.prompt': '---\nname: Fine\n---\n<<> rules>>',
  'sub/rules.prompt': '\uFEFF---\nname: Rules\n---\nBe kind.',
  'sub/broken.prompt': '---\nname: Broken\n---\nA\n😀 <<#if x>>',
  'sub/latin one, 100%.prompt': Buffer.from('Gr\xFC\xDFe', 'latin1'),
  'sub/wide.prompt': Buffer.from('\uFEFFHi', 'utf16le'),
  'node_modules/a/copy.prompt': '<<#if x>>',
  '.git/copy.prompt': '<<#if x>>',
  'notes.txt': '<</if>>',
};
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly complaints: string;
}

/** A folder on the disk, and `check` in it. */
export class CheckedFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<CheckedFolder> {
    const path = await realpath(await mkdtemp(join(tmpdir(), 'prompt-check-')));
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), content);
    }
    return new CheckedFolder(path);
  }

  /** `input`: what comes on the standard input. */
  async run(
    args: readonly string[],
    input: string | Buffer = '',
    cwd = this.path,
  ): Promise<Outcome> {
    let [out, complaints] = ['', ''];
    const code = await check(args, {
      cwd,
      files: new NodeFiles(),
      version: '1.2.3',
      stdin: async () => Buffer.from(input),
      print: (text) => (out += text),
      complain: (line) => (complaints += `${line}\n`),
    });
    return { code, out, complaints };
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true });
  }
}

export function linesOf({ out }: Outcome): string[] {
  return out.trimEnd().split('\n');
}
