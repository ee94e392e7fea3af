import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Everything in every file below a directory, for looking for what must not be there. */
export async function everyByte(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map((file) => readFile(join(file.parentPath, file.name), 'latin1'));
  return (await Promise.all(texts)).join('\n');
}
