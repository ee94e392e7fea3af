/**
 * The journal's lines. A record is `\n` + crc32 as 8 hex digits + space + JSON + `\n`: with a newline on both
 * sides a torn or damaged neighbour never takes a record along.
 */
import { crc32 } from 'node:zlib';

/** An op as found in the journal: its table may be one this version does not know. */
export interface RawOp {
  readonly table: string;
  readonly id: string;
  readonly rev: number;
  /** The whole entity; `undefined` when it was deleted. */
  readonly value: Readonly<Record<string, unknown>> | undefined;
}

export type Line =
  /** One transaction of one window; `sequence` counts that window's records. */
  | {
      readonly kind: 'put';
      readonly window: string;
      readonly sequence: number;
      readonly ops: readonly RawOp[];
    }
  /** This segment ends here; what follows in it is void. */
  | { readonly kind: 'seal'; readonly next: number }
  /** A sealed segment has a new generation. */
  | { readonly kind: 'compact'; readonly segment: number; readonly generation: number }
  /** Intact, but of a newer version: kept and skipped. */
  | { readonly kind: 'unknown' };

/** What a window writes; the ops' values are the whole entities or `null`. */
export interface Put {
  readonly w: string;
  readonly n: number;
  readonly at: number;
  readonly ops: readonly (readonly [string, string, number, unknown])[];
}

const checksumLength = 8;
const newline = 0x0a;
const space = 0x20;

/** The bytes of a line. `stringify` makes JSON of the values, without what must not be written. */
export function encode(
  content: Put | { readonly seal: number } | { readonly compact: readonly [number, number] },
  stringify: (value: object) => string = JSON.stringify,
): Buffer {
  return encodeJson('ops' in content ? putJson(content, stringify) : JSON.stringify(content));
}

function putJson({ at, n, ops, w }: Put, stringify: (value: object) => string): string {
  const written = ops.map(([table, id, rev, value]) => {
    const entity = isObject(value) ? stringify(value) : 'null';
    return `[${JSON.stringify(table)},${JSON.stringify(id)},${rev},${entity}]`;
  });
  return `{"w":${JSON.stringify(w)},"n":${n},"at":${at},"ops":[${written.join()}]}`;
}

/** The same for what is JSON already. */
export function encodeJson(json: string): Buffer {
  const length = Buffer.byteLength(json);
  const bytes = Buffer.allocUnsafe(length + checksumLength + 3);
  bytes[0] = newline;
  bytes[checksumLength + 1] = space;
  bytes.write(json, checksumLength + 2);
  const checksum = crc32(bytes.subarray(checksumLength + 2, -1));
  bytes.write(checksumText(checksum), 1, 'latin1');
  bytes[bytes.length - 1] = newline;
  return bytes;
}

export function checksumText(checksum: number): string {
  return checksum.toString(16).padStart(checksumLength, '0');
}

/** The line between two newlines; `undefined` when it is damaged. */
export function decode(line: Buffer): Line | undefined {
  const content = parse(line);
  return content === undefined ? undefined : interpret(content);
}

/** The JSON of a line, as it stands there; `undefined` when the line is damaged. */
export function parse(line: Buffer): unknown {
  if (line.length < checksumLength + 3 || line[checksumLength] !== space) return undefined;
  const digits = line.toString('latin1', 0, checksumLength);
  if (!/^[\da-f]{8}$/i.test(digits)) return undefined;
  const json = line.subarray(checksumLength + 1);
  if (crc32(json) !== Number.parseInt(digits, 16)) return undefined;
  try {
    return JSON.parse(json.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

export function interpret(content: unknown): Line {
  if (!isObject(content)) return { kind: 'unknown' };
  const { w, n, ops, seal, compact } = content;
  if (typeof w === 'string' && isCount(n) && Array.isArray(ops)) {
    return {
      kind: 'put',
      window: w,
      sequence: n,
      ops: ops.map(toOp).filter((op) => op !== undefined),
    };
  }
  if (isCount(seal)) return { kind: 'seal', next: seal };
  if (Array.isArray(compact) && isCount(compact[0]) && isCount(compact[1])) {
    return { kind: 'compact', segment: compact[0], generation: compact[1] };
  }
  return { kind: 'unknown' };
}

export function toOp(op: unknown): RawOp | undefined {
  if (!Array.isArray(op)) return undefined;
  const [table, id, rev, value]: unknown[] = op;
  if (typeof table !== 'string' || typeof id !== 'string' || !isCount(rev)) return undefined;
  if (value === null) return { table, id, rev, value: undefined };
  return isObject(value) ? { table, id, rev, value } : undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}
