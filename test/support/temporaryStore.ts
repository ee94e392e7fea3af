import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../client/store/open.ts';
import type { Store } from '../../client/store/store.ts';

/** A directory for stores, gone with the test. */
export async function temporaryDirectory(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'prompt-workbench-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The real store, as the window of a process of its own that may be said to be gone. */
export function openStoreOfProcess(
  directory: string,
  pid: number,
  dead: ReadonlySet<number>,
): Promise<Store> {
  const isRunning = (asked: number): boolean => !dead.has(asked);
  const host = { pid, name: 'here', boot: 'today', isRunning };
  return openStore({ directory, folder: 'file:///folder', host });
}
