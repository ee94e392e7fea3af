/** Finds a neovim for the tests, or gets one, or says why there is none. */
import { spawnSync } from 'node:child_process';
import { install } from './apt.ts';
import { childEnvironment } from './processes.ts';

/** The oldest whose own client does what is asked of it here. */
const oldest = [0, 7] as const;

export type Neovim = { readonly command: string } | { readonly missing: string };

/** The one named by PROMPT_WORKBENCH_NVIM, that on the PATH, Debian's package. */
export async function findNeovim(): Promise<Neovim> {
  const named = process.env['PROMPT_WORKBENCH_NVIM'];
  if (named) return tried(named) ?? { missing: `PROMPT_WORKBENCH_NVIM does not start: ${named}` };
  const found = tried('nvim');
  if (found) return found;
  const installed = (await install('neovim')) ? tried('nvim') : undefined;
  const advice = 'Install it, or set PROMPT_WORKBENCH_NVIM to its path.';
  return installed ?? { missing: `There is no nvim on the PATH. ${advice}` };
}

/** `undefined`: it does not start. */
function tried(command: string): Neovim | undefined {
  const { status, stdout } = spawnSync(command, ['--version'], {
    encoding: 'utf8',
    env: childEnvironment(),
  });
  if (status !== 0) return undefined;
  const [version = '', major, minor] = /v(\d+)\.(\d+)\S*/.exec(stdout) ?? [];
  const isOld = Number(major) === oldest[0] && Number(minor) < oldest[1];
  const missing = `${command} is ${version}; these tests need ${oldest.join('.')} or newer.`;
  return isOld ? { missing } : { command };
}
