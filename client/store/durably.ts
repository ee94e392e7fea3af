/** Making a file appear whole under its name or not at all. */
import { dirname } from 'node:path';
import { bestEffort } from './faults.ts';
import type { Files, OpenFile } from './ports.ts';

/**
 * Writes a temporary file, makes it durable and lets `publish` give it its name (by `rename` or `link`).
 * The temporary file is gone afterwards in any case.
 */
export async function writeWhole(
  files: Files,
  temporary: string,
  bytes: Uint8Array,
  publish: () => Promise<void>,
): Promise<void> {
  const write = async (file: OpenFile): Promise<void> => {
    for (let written = 0; written < bytes.length;) {
      written += await file.write(bytes.subarray(written));
    }
  };
  await writeWholeWith(files, temporary, write, publish);
}

/** The same, piece by piece. */
export async function writeWholeWith(
  files: Files,
  temporary: string,
  write: (file: OpenFile) => Promise<void>,
  publish: () => Promise<void>,
): Promise<void> {
  try {
    const file = await files.open(temporary, 'create');
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await publish();
    await files.syncDirectory(dirname(temporary));
  } finally {
    await bestEffort(() => files.remove(temporary));
  }
}
