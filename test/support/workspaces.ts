/** Folders that tests may change as they like. */
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { samples } from './paths.ts';

/** A new empty directory; short, because sockets below it have at most 107 bytes of path. */
export async function temporaryDirectory(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), 'pw-')));
}

/** A copy of samples/ in `directory`. @returns its path */
export async function copySamples(directory: string, name = 'samples'): Promise<string> {
  const copy = join(directory, name);
  await cp(samples, copy, { recursive: true });
  return copy;
}

export async function remove(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
