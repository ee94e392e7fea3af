import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { errorCode } from './faults.ts';
import type { Host } from './presence.ts';

/** This process and the machine it runs on. */
export async function thisHost(): Promise<Host> {
  // Containers of one machine share its start, may share its name, but not their process ids.
  const [start, ids] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => ''),
    readlink('/proc/self/ns/pid').catch(() => ''),
  ]);
  return { pid: process.pid, name: hostname(), boot: `${start.trim()} ${ids}`, isRunning };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, but as another user.
    return errorCode(error) === 'EPERM';
  }
}
