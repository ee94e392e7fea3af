/** What this machine lets the suite do: mount disks of its own, be another user. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

/** Somebody who owns nothing. */
export const nobody = 65_534;

/** @throws with what the program said when it fails or is not there */
export function command(name: string, ...args: readonly string[]): string {
  const { error, status, stderr, stdout } = spawnSync(name, args, { encoding: 'utf8' });
  if (error ?? status !== 0) throw error ?? new Error(`${name} ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

const mounted = new Set<string>();
process.once('exit', () => {
  for (const path of mounted) command('umount', '--lazy', path);
});

/** A mounted disk at a directory, which is made; `mount` as it is called. */
export class Mount {
  readonly path: string;

  constructor(path: string, ...args: readonly string[]) {
    this.path = path;
    mkdirSync(path, { recursive: true });
    command('mount', ...args, path);
    mounted.add(path);
  }

  change(...options: readonly string[]): void {
    command('mount', '-o', ['remount', ...options].join(','), this.path);
  }

  /** Also while a window that is gone still has something open there. */
  undo(): void {
    command('umount', '--lazy', this.path);
    mounted.delete(this.path);
  }
}

let mounting: string | undefined | null = null;

/** Why disks cannot be mounted here, if so. Containers often do not let root do that. */
export function noMounting(): string | undefined {
  if (mounting === null) mounting = isRoot ? refusedMount() : 'it takes root on Linux';
  return mounting;
}

function refusedMount(): string | undefined {
  const path = mkdtempSync(join(tmpdir(), 'prompt-workbench-mount-'));
  try {
    new Mount(path, '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs').undo();
    return undefined;
  } catch {
    return 'mounting is not allowed here';
  } finally {
    rmdirSync(path);
  }
}

let looping: string | undefined | null = null;

/** Why a file cannot be mounted as an ext4 disk here, if so. */
export function noLoopDisks(): string | undefined {
  if (looping === null) looping = noMounting() ?? refusedLoop();
  return looping;
}

function refusedLoop(): string | undefined {
  try {
    command('mkfs.ext4', '-V');
    command('losetup', '-f');
    return undefined;
  } catch {
    return 'it takes mkfs.ext4 and a free loop device';
  }
}
