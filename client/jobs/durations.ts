import type { Job } from '../model.ts';
import type { Clock } from '../providers/clock.ts';
import type { Store } from '../store/store.ts';
import { median } from './estimate.ts';

/** A median moves slowly: thousands of jobs that are queued at once ask for it once. */
const keptFor = 2_000;
/** The newest; older ones tell of other times. */
const most = 50;

/** How long jobs usually take: those of the same template and model, or else all of the model. */
export class Durations {
  readonly #outputs: Pick<Store['outputs'], 'durations'>;
  readonly #clock: Clock;
  readonly #known = new Map<
    string,
    { readonly at: number; readonly typical: number | undefined }
  >();

  constructor(outputs: Pick<Store['outputs'], 'durations'>, clock: Clock) {
    this.#outputs = outputs;
    this.#clock = clock;
  }

  /** Milliseconds; `undefined` when none like it has been answered yet. */
  typicalOf({
    request: { model },
    template: { slug },
  }: Pick<Job, 'request' | 'template'>): number | undefined {
    return this.#typical({ template: slug, model }) ?? this.#typical({ model });
  }

  #typical(filter: { readonly template?: string; readonly model: string }): number | undefined {
    const key = JSON.stringify([filter.model, filter.template]);
    const now = this.#clock.now();
    const known = this.#known.get(key);
    if (known !== undefined && Math.abs(now - known.at) < keptFor) return known.typical;
    const typical = median(this.#outputs.durations(filter, most));
    this.#known.set(key, { at: now, typical });
    return typical;
  }
}
