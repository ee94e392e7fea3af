/** One line of the table that `npm run bench` prints. */
export interface BenchRow {
  readonly bench: string;
  readonly case: string;
  readonly ours: number;
  /** The same measure of the program compared with, in the same run; `undefined` where there is none. */
  readonly peer: number | undefined;
  readonly unit: string;
  /** ours / peer: below 1 is better than the peer wherever less is better. */
  readonly ratio: number | undefined;
}
