/** Worlds for a window to live in: disks that lie, clocks that jump, a store that promises too early. */
import {
  type Clock as QueueClock,
  systemClock as queueClock,
} from '../../../client/providers/clock.ts';
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { nodeFiles, systemClock } from '../../../client/store/nodeFiles.ts';
import type { Clock, Files, OpenFile } from '../../../client/store/ports.ts';
import type { Store } from '../../../client/store/store.ts';

/**
 * `unsynced` keeps nothing for sure. `small` is full after half a megabyte, until there is a file `room` beside the
 * stores. `failing` reports an error for a sync, once it has made a few.
 */
export type DiskName = 'unsynced' | 'small' | 'failing';
export type ClockName = 'jumping';

export function filesOf(name: DiskName | undefined, room: string): Files {
  switch (name) {
    case undefined:
      return nodeFiles;
    case 'unsynced':
      return {
        ...changed({ sync: () => Promise.resolve() }),
        syncDirectory: () => Promise.resolve(),
      };
    case 'small':
      return smallDisk(room);
    case 'failing':
      return failingDisk();
  }
}

type Change = Partial<OpenFile> | ((file: OpenFile) => Partial<OpenFile>);

function changed(change: Change): Files {
  const open: Files['open'] = async (path, mode) => {
    const file = await nodeFiles.open(path, mode);
    return {
      read: (into, position) => file.read(into, position),
      write: (bytes) => file.write(bytes),
      sync: () => file.sync(),
      stat: () => file.stat(),
      close: () => file.close(),
      ...(typeof change === 'function' ? change(file) : change),
    };
  };
  return { ...nodeFiles, open };
}

/** Dies just before the given step of what makes a new generation of a segment and takes the old one away. */
export function dyingAt(step: number): Files {
  let steps = 0;
  const count = (): void => {
    steps += 1;
    if (steps === step) process.kill(process.pid, 'SIGKILL');
  };
  const inJournal = (path: string): boolean => basename(dirname(path)) === 'journal';
  const counted = (file: OpenFile): OpenFile => ({
    read: (into, position) => file.read(into, position),
    write: (bytes) => (count(), file.write(bytes)),
    sync: () => (count(), file.sync()),
    stat: () => file.stat(),
    close: () => file.close(),
  });
  return {
    ...nodeFiles,
    open: async (path, mode) => {
      if (mode !== 'create' || !inJournal(path)) return nodeFiles.open(path, mode);
      count();
      return counted(await nodeFiles.open(path, mode));
    },
    link: (from, to) => (count(), nodeFiles.link(from, to)),
    remove: (path) => {
      if (inJournal(path)) count();
      return nodeFiles.remove(path);
    },
  };
}

const smallBytes = 512 * 1024;

function smallDisk(room: string): Files {
  let left = smallBytes;
  return changed((file) => ({
    write: async (bytes) => {
      if (existsSync(room)) return file.write(bytes);
      if (left === 0) throw diskError('ENOSPC');
      const taken = bytes.subarray(0, left);
      left -= taken.length;
      return file.write(taken);
    },
  }));
}

function failingDisk(): Files {
  let syncs = 10 + Math.floor(Math.random() * 40);
  return changed((file) => ({
    sync: () => ((syncs -= 1) < 0 ? Promise.reject(diskError('EIO')) : file.sync()),
  }));
}

function diskError(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code });
}

const days = 24 * 60 * 60 * 1000;

/** `jumping`: up to ten days back or ahead at every look. */
export function clockOf(name: ClockName | undefined): Clock {
  if (name === undefined) return systemClock;
  return { ...systemClock, now: () => Date.now() + someDays() };
}

function someDays(): number {
  return Math.round((Math.random() - 0.5) * 20 * days);
}

/** Acknowledges before anything is written. */
export function hasty(store: Store): Store {
  const put: Store['put'] = (ops) => {
    void store.put(ops).catch(() => undefined);
    return Promise.resolve(ops.map(() => true));
  };
  return new Proxy(store, {
    get: (target, name) => {
      if (name === 'put') return put;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** Any fixed time: all windows count from it. */
const epoch = 1_790_000_000_000;
const speed = 50;

/** Time for a queue: fifty times as fast. */
export const fastClock: QueueClock = {
  now: () => epoch + (Date.now() - epoch) * speed,
  after: (ms, call) => queueClock.after(ms / speed, call),
};

/** As fast, and set back or ahead by up to ten days many times a second. */
export function jumpingClock(): QueueClock {
  let offset = 0;
  setInterval(() => (offset = someDays()), 30).unref();
  return { ...fastClock, now: () => fastClock.now() + offset };
}
