/** Up to where the journal is folded. */
export interface Position {
  readonly segment: number;
  readonly generation: number;
  /** Bytes; always at the start of a line. */
  readonly offset: number;
  /** The last bytes before `offset`: what must still stand there for the position to mean anything. */
  readonly anchor: Uint8Array;
}

export function startOf(segment: number, generation = 0): Position {
  return { segment, generation, offset: 0, anchor: new Uint8Array() };
}

/** A place of the journal that was skipped because it cannot be read; what lies there stays. */
export interface Damage {
  readonly file: string;
  /** Bytes from the start of the file. */
  readonly offset: number;
  readonly reason: 'damaged' | 'missing' | 'no seal';
}
