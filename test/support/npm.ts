/** Runs npm under the Node that runs us, wherever npm lies on this machine. */
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { run, type StartOptions } from './processes.ts';

/** `npm-cli.js`: the npm that runs us, else the one next to a Node on PATH. */
function npmScript(): string | undefined {
  const directories = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [
    process.env['npm_execpath'],
    ...directories.flatMap((directory) => [
      join(directory, 'node_modules/npm/bin/npm-cli.js'),
      join(dirname(directory), 'lib/node_modules/npm/bin/npm-cli.js'),
      join(dirname(directory), 'share/npm/bin/npm-cli.js'),
      join(dirname(directory), 'share/nodejs/npm/bin/npm-cli.js'),
    ]),
  ];
  return candidates.find((path) => path && /npm-cli\.[cm]?js$/.test(path) && existsSync(path));
}

/** @throws with npm's last lines when it fails. */
export async function npm(args: readonly string[], options: StartOptions = {}): Promise<void> {
  const script = npmScript();
  const lines: string[] = [];
  const onLine = (line: string) => {
    lines.push(line);
    options.onLine?.(line);
  };
  const code = script
    ? await run(process.execPath, [script, ...args], { ...options, onLine })
    : await run('npm', args, { ...options, onLine, shell: process.platform === 'win32' });
  if (code !== 0) {
    throw new Error(`npm ${args.join(' ')} failed (${code}):\n${lines.slice(-15).join('\n')}`);
  }
}
