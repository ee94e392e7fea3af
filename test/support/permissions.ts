/** File permissions that count: root may write anywhere, so as root the editor runs as somebody else. */
import { spawnSync } from 'node:child_process';
import { chmod, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.ts';

export interface User {
  readonly uid: number;
  readonly gid: number;
}

const nobody: User = { uid: 65_534, gid: 65_534 };

/** Somebody whom read-only directories stop: us, or nobody where we are root. `undefined` where neither will do. */
export function unprivileged(): User | 'ourselves' | undefined {
  if (process.platform === 'win32') return undefined;
  if (process.getuid?.() !== 0) return 'ourselves';
  const script = `require('node:fs').readdirSync(${JSON.stringify(root)})`;
  const { status } = spawnSync(process.execPath, ['-e', script], nobody);
  return status === 0 ? nobody : undefined;
}

/** Takes the right to write from everything below `path`. */
export async function makeReadOnly(path: string): Promise<void> {
  for (const name of await readdir(path)) {
    const child = join(path, name);
    if ((await lstat(child)).isDirectory()) await makeReadOnly(child);
    else await chmod(child, 0o400);
  }
  await chmod(path, 0o500);
}

/** Gives it back, so that it can be deleted. */
export async function makeWritable(path: string): Promise<void> {
  await chmod(path, 0o700);
  for (const name of await readdir(path)) {
    const child = join(path, name);
    if ((await lstat(child)).isDirectory()) await makeWritable(child);
    else await chmod(child, 0o600);
  }
}

/** Hands everything below `path` to a user. Only root can. */
export function giveTo({ uid, gid }: User, path: string): void {
  const { status, stderr } = spawnSync('chown', ['-R', `${uid}:${gid}`, path], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`chown ${path}: ${stderr}`);
}
