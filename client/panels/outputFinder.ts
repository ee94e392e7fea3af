import type { Disposable } from '../model.ts';
import type { Clock } from '../providers/clock.ts';
import type { OutputFilter, OutputFinding, OutputRepository } from '../store/store.ts';
import { outputRow } from './outputDetail.ts';
import type { OutputsContract, SearchState } from './protocol.ts';

type ListAnswer = OutputsContract['requests']['list']['result'];
type TextFilter = OutputFilter & { readonly text: string };

/** What was found is told so often at most. */
const newsMs = 150;

/** The search behind one page: one at a time, kept while the page asks for the same. */
export class OutputFinder implements Disposable {
  readonly #clock: Clock;
  readonly #tell: (state: SearchState) => void;
  #finding:
    | { readonly key: string; readonly it: OutputFinding; readonly undo: Disposable }
    | undefined;
  #telling: Disposable | undefined;

  constructor(clock: Clock, tell: (state: SearchState) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** What was found so far, at the first time as soon as that fills a page. */
  async list(
    outputs: Pick<OutputRepository, 'find'>,
    filter: TextFilter,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<ListAnswer> {
    const finding = this.#of(outputs, filter);
    await finding.firstPage;
    const rows = finding.page(page.offset, page.limit).map(outputRow);
    return { rows, total: finding.state.found, search: finding.state };
  }

  /** These outputs have changed. `undefined` when nothing is searched. */
  refresh(ids: readonly string[]): Promise<void> | undefined {
    return this.#finding?.it.refresh(ids);
  }

  /** What was found until now stays. */
  cancel(): void {
    this.#finding?.it.cancel();
  }

  /** Nothing is looked for any more. */
  stop(): void {
    this.#telling?.dispose();
    this.#telling = undefined;
    this.#finding?.undo.dispose();
    this.#finding?.it.cancel();
    this.#finding = undefined;
  }

  dispose(): void {
    this.stop();
  }

  #of(outputs: Pick<OutputRepository, 'find'>, filter: TextFilter): OutputFinding {
    const key = JSON.stringify(filter);
    if (this.#finding?.key === key) return this.#finding.it;
    this.stop();
    const it = outputs.find(filter);
    const undo = it.onDidChange(() => this.#news(it));
    this.#finding = { key, it, undo };
    return it;
  }

  /** At once when it has ended, else soon. */
  #news(it: OutputFinding): void {
    if (it.state.state !== 'searching') {
      this.#telling?.dispose();
      this.#telling = undefined;
      this.#tell(it.state);
      return;
    }
    this.#telling ??= this.#clock.after(newsMs, () => {
      this.#telling = undefined;
      this.#tell(it.state);
    });
  }
}
