/** Debian's packages, where we may install some. */
import { existsSync } from 'node:fs';
import { run } from './processes.ts';

export const mayUseApt = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** @returns whether it was possible */
export async function install(name: string): Promise<boolean> {
  if (!mayUseApt()) return false;
  await run('apt-get', ['update', '-qq']);
  return (await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name])) === 0;
}
