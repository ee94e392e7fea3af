import type { Feedback, Output } from '../model.ts';
import type { Store } from '../store/store.ts';

export type OutputStore = Pick<Store, 'outputs' | 'put'>;

/**
 * Writes a rating, or takes it away with `undefined`. Whoever else changes the output at the same time (another
 * window rating it, the end of its job) keeps what they wrote: we read again and put ours on top.
 * @throws Error when the output no longer exists; StoreError when it cannot be written.
 */
export async function rateOutput(
  store: OutputStore,
  id: string,
  feedback: Feedback | undefined,
): Promise<void> {
  for (;;) {
    const found = await store.outputs.get(id);
    if (found === undefined) throw new Error('This output no longer exists.');
    const { feedback: _former, ...rest } = found.value;
    const value: Output = feedback === undefined ? rest : { ...rest, feedback };
    const [applied] = await store.put([['outputs', id, found.rev + 1, value]]);
    if (applied) return;
  }
}
