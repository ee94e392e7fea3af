/** Builds the extension and packs it as users get it. */
import { join } from 'node:path';
import { root, vsix } from './paths.ts';
import { run } from './processes.ts';

async function step(name: string, args: readonly string[]): Promise<void> {
  const lines: string[] = [];
  const code = await run(process.execPath, args, { cwd: root, onLine: (line) => lines.push(line) });
  if (code !== 0) throw new Error(`${name} failed:\n${lines.join('\n')}`);
}

/** Every bundle as released, and `dist/test` for the extension host (which the package leaves out). */
export async function build(): Promise<void> {
  await step('The build', [join(root, 'esbuild.mjs'), '--production', '--tests']);
}

/** @returns the path of the package. Needs `build` first. */
export async function pack(): Promise<string> {
  const options = [
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
  ];
  const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
  await step('Packaging', [vsce, 'package', ...options, '--out', vsix]);
  return vsix;
}
