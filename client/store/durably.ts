/** Making a file appear whole under its name or not at all. */
import { dirname } from 'node:path';
import { bestEffort } from './faults.ts';
import type { Files } from './ports.ts';

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
  try {
    const file = await files.open(temporary, 'create');
    try {
      for (let written = 0; written < bytes.length;) {
        written += await file.write(bytes.subarray(written));
      }
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
