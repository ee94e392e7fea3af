/** The outside world of the store, small enough that a test can stand in for all of it. */
import type { Disposable } from '../model.ts';

export interface FileStat {
  readonly size: number;
  /** Tells two files of the same name apart. */
  readonly inode: bigint;
  /** Milliseconds, by the file system's clock. */
  readonly modifiedAt: number;
}

export interface OpenFile {
  /** Answers how many bytes were read: fewer than `into` holds at the end of the file, or by chance. */
  read(into: Uint8Array, position: number): Promise<number>;
  /** One write call; answers how many bytes it took, which may be fewer than given. */
  write(bytes: Uint8Array): Promise<number>;
  /** Data and size are on the disk when this resolves. */
  sync(): Promise<void>;
  stat(): Promise<FileStat>;
  close(): Promise<void>;
}

/**
 * `read` an existing file; `append` to it, made when missing; `create` a file that must not exist yet;
 * `overwrite` from its first byte without truncating, made when missing; `write`: the same without making it.
 */
export type OpenMode = 'read' | 'append' | 'create' | 'overwrite' | 'write';

/** Every method rejects with an error that has Node's `code` (`ENOENT`, `ENOSPC` …). New files are 0600, directories 0700. */
export interface Files {
  open(path: string, mode: OpenMode): Promise<OpenFile>;
  readFile(path: string): Promise<Uint8Array>;
  stat(path: string): Promise<FileStat>;
  /** Names, in no order. */
  list(directory: string): Promise<string[]>;
  makeDirectory(path: string): Promise<void>;
  /** Takes from everybody else what rights they have to a file or directory; does nothing where there are no such rights. */
  protect(path: string): Promise<void>;
  /** Entries made or renamed in this directory survive a power cut when this resolves. */
  syncDirectory(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Fails with `EEXIST` instead of replacing. */
  link(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Calls back after changes in the directory; may stay silent, so nothing may depend on it. */
  watch(directory: string, listener: () => void): Disposable;
}

export interface Clock {
  /** Milliseconds since the epoch; may jump. */
  now(): number;
  /** Calls back about every `ms` milliseconds and does not keep the process alive. */
  every(ms: number, action: () => void): Disposable;
}

/** Takes secrets out of what is written. */
export interface Redaction {
  redact(text: string): string;
  /** A plain JSON value as JSON, with every text in it redacted. */
  stringify(value: object): string;
}
