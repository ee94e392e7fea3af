/**
 * Looks for a text in a file of the journal. Whole blocks are looked at first, as raw text: only where one contains
 * it are its lines taken apart. Synchronous, for a worker.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { decode } from '../journal/record.ts';
import { contains, outputOf } from './texts.ts';

/** A revision of a row that contains the text; whether it is the newest one, the index knows. */
export interface Hit {
  readonly table: string;
  readonly id: string;
  readonly rev: number;
  readonly output: string;
}

export interface Scan {
  readonly path: string;
  /** In lower case. */
  readonly wanted: string;
  readonly onHit: (hit: Hit) => void;
  /** So many more bytes were read. */
  readonly onRead: (bytes: number) => void;
}

const blockBytes = 2 * 1024 * 1024;
const newline = 0x0a;

/** @throws the file system's error, `ENOENT` when the file was compacted meanwhile */
export function scanFile({ onHit, onRead, path, wanted }: Scan): void {
  const file = openSync(path, 'r');
  try {
    const mayContain = prefilter(wanted);
    let buffer = Buffer.allocUnsafe(blockBytes);
    let kept = 0;
    let position = 0;
    for (;;) {
      const read = readSync(file, buffer, kept, buffer.length - kept, position);
      position += read;
      const filled = kept + read;
      // The last line may go on in the next block.
      const end = read === 0 ? filled : buffer.lastIndexOf(newline, filled - 1) + 1;
      const block = buffer.subarray(0, end);
      if (end > 0 && mayContain(block)) scanLines(block, wanted, mayContain, onHit);
      onRead(read);
      if (read === 0) return;
      if (end === 0 && filled === buffer.length) {
        buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)]);
      } else {
        buffer.copyWithin(0, end, filled);
      }
      kept = filled - end;
    }
  } finally {
    closeSync(file);
  }
}

/** True for all bytes that contain the text as JSON writes it, and by chance for some others. */
function prefilter(wanted: string): (bytes: Buffer) => boolean {
  const written = JSON.stringify(wanted).slice(1, -1);
  // Bytes compare twice as fast as characters.
  // oxlint-disable-next-line no-control-regex -- ASCII begins with them
  const encoding = /^[\u0000-\u007f]*$/.test(written) ? 'latin1' : 'utf8';
  return (bytes) => bytes.toString(encoding).toLowerCase().includes(written);
}

function scanLines(
  block: Buffer,
  wanted: string,
  mayContain: (bytes: Buffer) => boolean,
  onHit: (hit: Hit) => void,
): void {
  for (let start = 0; start < block.length;) {
    const found = block.indexOf(newline, start);
    const end = found === -1 ? block.length : found;
    const line = block.subarray(start, end);
    start = end + 1;
    if (line.length === 0 || !mayContain(line)) continue;
    const decoded = decode(line);
    if (decoded?.kind !== 'put') continue;
    for (const { id, rev, table, value } of decoded.ops) {
      const output = outputOf(table, id, value);
      if (output !== undefined && contains(table, value, wanted)) onHit({ table, id, rev, output });
    }
  }
}
