/** The real file system and clock. */
import { watch } from 'node:fs';
import { chmod, link, mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { constants } from 'node:fs';
import type { Clock, Files, FileStat, OpenFile, OpenMode } from './ports.ts';

const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_WRONLY } = constants;

const flags: Record<OpenMode, number> = {
  read: O_RDONLY,
  append: O_WRONLY | O_APPEND | O_CREAT,
  create: O_WRONLY | O_CREAT | O_EXCL,
  overwrite: O_WRONLY | O_CREAT,
  write: O_WRONLY,
};

interface BigStat {
  readonly size: bigint;
  readonly ino: bigint;
  readonly mtimeMs: bigint;
}

function fileStat({ size, ino, mtimeMs }: BigStat): FileStat {
  return { size: Number(size), inode: ino, modifiedAt: Number(mtimeMs) };
}

class NodeFile implements OpenFile {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async read(into: Uint8Array, position: number): Promise<number> {
    return (await this.#handle.read(into, 0, into.length, position)).bytesRead;
  }

  async write(bytes: Uint8Array): Promise<number> {
    return (await this.#handle.write(bytes)).bytesWritten;
  }

  sync(): Promise<void> {
    return this.#handle.datasync();
  }

  async stat(): Promise<FileStat> {
    return fileStat(await this.#handle.stat({ bigint: true }));
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

export const nodeFiles: Files = {
  open: async (path, mode) => new NodeFile(await open(path, flags[mode], 0o600)),
  readFile: async (path) => {
    const handle = await open(path, O_RDONLY);
    try {
      // A buffer of its own, as it may be given away, and large reads where `readFile` makes many small ones.
      const bytes = Buffer.allocUnsafeSlow((await handle.stat()).size);
      for (let filled = 0; filled < bytes.length;) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled);
        if (bytesRead === 0) return bytes.subarray(0, filled);
        filled += bytesRead;
      }
      return bytes;
    } finally {
      await handle.close();
    }
  },
  stat: async (path) => fileStat(await stat(path, { bigint: true })),
  list: (directory) => readdir(directory),
  makeDirectory: async (path) => {
    await mkdir(path, { recursive: true, mode: 0o700 });
  },
  protect: async (path) => {
    if (process.platform === 'win32') return;
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) await chmod(path, mode & 0o700);
  },
  syncDirectory: async (path) => {
    // Windows cannot open a directory; its file systems journal their entries by themselves.
    if (process.platform === 'win32') return;
    const handle = await open(path, O_RDONLY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  rename,
  link,
  remove: unlink,
  watch: (directory, listener) => {
    try {
      const watcher = watch(directory, { persistent: false }, listener);
      watcher.on('error', () => watcher.close());
      return { dispose: () => watcher.close() };
    } catch {
      return { dispose: () => undefined };
    }
  },
};

export const systemClock: Clock = {
  now: Date.now,
  every: (ms, action) => {
    const timer = setInterval(action, ms);
    timer.unref();
    return { dispose: () => clearInterval(timer) };
  },
};
