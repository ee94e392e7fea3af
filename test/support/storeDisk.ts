/** A disk in memory under the store: fails where a test wants it to, and can lose power. */
import { dirname, join } from 'node:path';
import type { Clock, Files, FileStat, OpenFile, OpenMode } from '../../client/store/ports.ts';

export type Operation =
  | 'open'
  | 'read'
  | 'write'
  | 'sync'
  | 'stat'
  | 'list'
  | 'makeDirectory'
  | 'protect'
  | 'syncDirectory'
  | 'rename'
  | 'link'
  | 'remove';

/** Called before each operation: throws to make it fail, or answers how many bytes a read or a write may take. */
export type Fault = (operation: Operation, path: string, mode?: OpenMode) => number | void;

interface Inode {
  readonly number: bigint;
  bytes: Buffer;
  durable: Buffer;
  modifiedAt: number;
}

export function diskError(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code });
}

export class StoreDisk implements Files {
  fault: Fault = () => undefined;
  /** Called after a file was read, before the reader gets to know: time for something else to happen. */
  afterRead: (path: string) => Promise<void> = () => Promise.resolve();
  /** False: watching is silent. */
  watching = true;
  /** False: `sync` does nothing, as on a disk that lies. */
  syncing = true;
  /** The file system's clock. */
  now = 0;
  readonly #entries = new Map<string, Inode>();
  #durableEntries = new Map<string, Inode>();
  readonly #directories = new Set<string>();
  readonly #watchers = new Map<string, Set<() => void>>();
  #inodes = 0n;

  async open(path: string, mode: OpenMode): Promise<OpenFile> {
    await this.#operate('open', path, mode);
    let inode = this.#entries.get(path);
    if (mode === 'create' && inode) throw diskError('EEXIST');
    if (!inode) {
      if (mode === 'read' || mode === 'write' || !this.#directories.has(dirname(path)))
        throw diskError('ENOENT');
      this.#inodes += 1n;
      const empty = Buffer.alloc(0);
      inode = { number: this.#inodes, bytes: empty, durable: empty, modifiedAt: this.now };
      this.#entries.set(path, inode);
      this.#stir(path);
    }
    return this.#file(path, inode, mode);
  }

  async readFile(path: string): Promise<Uint8Array> {
    await this.#operate('read', path);
    return Buffer.from(this.#inode(path).bytes);
  }

  async stat(path: string): Promise<FileStat> {
    await this.#operate('stat', path);
    return statOf(this.#inode(path));
  }

  async list(directory: string): Promise<string[]> {
    await this.#operate('list', directory);
    if (!this.#directories.has(directory)) throw diskError('ENOENT');
    const names = [...this.#entries.keys(), ...this.#directories]
      .filter((path) => path !== directory && dirname(path) === directory)
      .map((path) => path.slice(directory.length + 1));
    return names.reverse();
  }

  async makeDirectory(path: string): Promise<void> {
    await this.#operate('makeDirectory', path);
    for (let at = path; at !== dirname(at); at = dirname(at)) this.#directories.add(at);
  }

  async protect(path: string): Promise<void> {
    await this.#operate('protect', path);
  }

  async syncDirectory(path: string): Promise<void> {
    await this.#operate('syncDirectory', path);
    if (!this.syncing) return;
    for (const [name, inode] of this.#entries) {
      if (dirname(name) === path) this.#durableEntries.set(name, inode);
    }
    for (const name of this.#durableEntries.keys()) {
      if (dirname(name) === path && !this.#entries.has(name)) this.#durableEntries.delete(name);
    }
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#operate('rename', from);
    this.#entries.set(to, this.#inode(from));
    this.#entries.delete(from);
    this.#stir(to);
  }

  async link(from: string, to: string): Promise<void> {
    await this.#operate('link', from);
    if (this.#entries.has(to)) throw diskError('EEXIST');
    this.#entries.set(to, this.#inode(from));
    this.#stir(to);
  }

  async remove(path: string): Promise<void> {
    await this.#operate('remove', path);
    this.#inode(path);
    this.#entries.delete(path);
    this.#stir(path);
  }

  watch(directory: string, listener: () => void): { dispose(): void } {
    const watchers = this.#watchers.get(directory) ?? new Set();
    this.#watchers.set(directory, watchers.add(listener));
    return { dispose: () => watchers.delete(listener) };
  }

  /** Every file's path below a directory. */
  paths(directory = '/'): string[] {
    return [...this.#entries.keys()].filter((path) => path.startsWith(join(directory, '/'))).sort();
  }

  bytes(path: string): Buffer {
    return this.#inode(path).bytes;
  }

  /** Changes a file behind the store's back; a new file gets a new inode. */
  put(path: string, bytes: Buffer): void {
    for (let at = dirname(path); at !== dirname(at); at = dirname(at)) this.#directories.add(at);
    const inode = this.#entries.get(path);
    if (inode) inode.bytes = bytes;
    else {
      this.#inodes += 1n;
      this.#entries.set(path, {
        number: this.#inodes,
        bytes,
        durable: bytes,
        modifiedAt: this.now,
      });
    }
    this.#stir(path);
  }

  delete(path: string): void {
    this.#entries.delete(path);
    this.#stir(path);
  }

  touch(path: string, modifiedAt: number): void {
    this.#inode(path).modifiedAt = modifiedAt;
  }

  /** The same files on another disk. */
  copy(): StoreDisk {
    return this.#copied(this.#entries, ({ bytes }) => bytes);
  }

  /** What is left when the power goes: what was synced, and by chance some of what was written after it. */
  powerCut(chance: () => number): StoreDisk {
    return this.#copied(this.#durableEntries, ({ bytes, durable }) => {
      const more = Math.floor(chance() * (bytes.length - durable.length + 1));
      return bytes.subarray(0, durable.length + more);
    });
  }

  #copied(entries: ReadonlyMap<string, Inode>, bytes: (inode: Inode) => Buffer): StoreDisk {
    const other = new StoreDisk();
    for (const [path, inode] of entries) other.put(path, Buffer.from(bytes(inode)));
    other.#durableEntries = new Map(other.#entries);
    other.now = this.now;
    return other;
  }

  #inode(path: string): Inode {
    const inode = this.#entries.get(path);
    if (!inode) throw diskError('ENOENT');
    return inode;
  }

  /** Asynchronous like a real disk. */
  async #operate(operation: Operation, path: string, mode?: OpenMode): Promise<number> {
    await Promise.resolve();
    return this.fault(operation, path, mode) ?? Number.POSITIVE_INFINITY;
  }

  #stir(path: string): void {
    if (!this.watching) return;
    for (const listener of this.#watchers.get(dirname(path)) ?? []) setImmediate(listener);
  }

  #file(path: string, inode: Inode, mode: OpenMode): OpenFile {
    return {
      read: async (into, position) => {
        const most = await this.#operate('read', path);
        const from = inode.bytes.subarray(position, position + Math.min(most, into.length));
        into.set(from);
        await this.afterRead(path);
        return from.length;
      },
      write: async (bytes) => {
        const taken = bytes.subarray(0, await this.#operate('write', path));
        const kept =
          mode === 'overwrite' || mode === 'write' ? inode.bytes.subarray(taken.length) : undefined;
        inode.bytes = Buffer.concat(kept ? [taken, kept] : [inode.bytes, taken]);
        inode.modifiedAt = this.now;
        this.#stir(path);
        return taken.length;
      },
      sync: async () => {
        await this.#operate('sync', path);
        if (this.syncing) inode.durable = inode.bytes;
      },
      stat: async () => {
        await this.#operate('stat', path);
        return statOf(inode);
      },
      close: async () => undefined,
    };
  }
}

function statOf(inode: Inode): FileStat {
  return { size: inode.bytes.length, inode: inode.number, modifiedAt: inode.modifiedAt };
}

/** Time that stands still until told. */
export class StoreClock implements Clock {
  time = 1_700_000_000_000;
  readonly #timers = new Set<{ readonly ms: number; due: number; readonly action: () => void }>();

  readonly now = (): number => this.time;

  every(ms: number, action: () => void): { dispose(): void } {
    const timer = { ms, due: this.time + ms, action };
    this.#timers.add(timer);
    return { dispose: () => this.#timers.delete(timer) };
  }

  advance(ms: number): void {
    this.time += ms;
    for (const timer of this.#timers) {
      for (; timer.due <= this.time; timer.due += timer.ms) timer.action();
    }
  }
}
