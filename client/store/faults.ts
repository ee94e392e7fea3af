/** From the codes of the file system to those of the store. */
import { StoreError } from './store.ts';
import type { StoreErrorCode } from './store.ts';

const codes: Record<string, StoreErrorCode> = {
  EACCES: 'read-only',
  EPERM: 'read-only',
  EROFS: 'read-only',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
};

const sentences: Record<'read-only' | 'disk-full' | 'io', string> = {
  'read-only': 'The history cannot be written: its directory is read-only.',
  'disk-full': 'The history cannot be written: the disk is full.',
  io: 'The history cannot be written: the disk reports an error. Nothing is written until the window is reloaded.',
};

export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** There is no such file. */
export function isMissing(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** The store's error for whatever a write or a sync failed with. */
export function writeFault(cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  const code = codes[errorCode(cause) ?? ''] ?? 'io';
  const detail = cause instanceof Error ? ` (${cause.message})` : '';
  return new StoreError(code, sentences[code as keyof typeof sentences] + detail, { cause });
}

export function journalLost(detail: string): StoreError {
  return new StoreError(
    'journal-lost',
    `The history's journal was changed from outside: ${detail}. Nothing is written until the window is reloaded.`,
  );
}

/** Runs what may fail without harm: a tidy-up, an optimisation. */
export async function bestEffort(action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch {
    // By contract of this function.
  }
}
