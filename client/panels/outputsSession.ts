import type { Context, Disposable, ErrorInfo, Feedback, Output, TemplateRef } from '../model.ts';
import type { Clock } from '../providers/clock.ts';
import { jobStates } from '../model.ts';
import type { Queue } from '../jobs/queue.ts';
import type { Change, Store } from '../store/store.ts';
import type { Handlers } from './channel.ts';
import type { ActionId } from '../providers/actions.ts';
import { errorActions } from './errorActions.ts';
import { OutputFinder } from './outputFinder.ts';
import { outputDetail, outputRow } from './outputDetail.ts';
import { rateOutput } from './outputFeedback.ts';
import type { OutputsContract } from './protocol.ts';
import type { Emit, Session } from './session.ts';
import { TextFrames } from './textFrames.ts';

import { asChoice, asCount, asRecord, asText } from './untrusted.ts';

/** What the panel uses of a folder. */
export interface OutputsFolder {
  readonly store: Pick<
    Store,
    | 'outputs'
    | 'jobs'
    | 'executions'
    | 'credentials'
    | 'put'
    | 'onDidChange'
    | 'trouble'
    | 'maintenance'
    | 'onDidChangeTrouble'
  >;
  readonly queue: Pick<
    Queue,
    'cancel' | 'estimate' | 'runAgain' | 'liveText' | 'waiting' | 'onText'
  >;
}

export interface OutputsPorts {
  readonly openFolder: () => Promise<OutputsFolder>;
  readonly user: () => Promise<string>;
  readonly act: (
    action: Exclude<ActionId, 'runAgain'>,
    failed: { readonly output: Output; readonly error: ErrorInfo },
  ) => Promise<void>;
  readonly openTemplate: (template: TemplateRef) => Promise<void>;
  readonly runPrompt: () => Promise<void>;
  /** Asks, and deletes an output for good; answers whether it did. */
  readonly remove: (store: OutputsFolder['store'], id: string) => Promise<boolean>;
  readonly copy: (text: string) => PromiseLike<void>;
  readonly use: (how: 'insert' | 'open' | 'save', output: Output, text: string) => Promise<void>;
  readonly regenerate: (template: TemplateRef, context: Context) => Promise<void>;
  readonly clock: Clock;
  readonly emit: Emit<OutputsContract>;
}

const mostRows = 200;
/** Changes of the store are told together: an import of thousands must not flood the page. */
const changesMs = 50;
const ratings = ['up', 'down'] as const;
const uses = ['insert', 'open', 'save'] as const;
const gone = 'This output no longer exists.';

/** One folder's Outputs page. Knows which output the page shows and streams that one's text. */
export class OutputsSession implements Session<OutputsContract> {
  readonly #ports: OutputsPorts;
  readonly #frames: TextFrames;
  readonly #finder: OutputFinder;
  readonly #undo: Disposable[] = [];
  readonly #changed = new Set<string>();
  #telling: Disposable | undefined;
  #folder: Promise<OutputsFolder> | undefined;
  #shown: { readonly id: string; readonly jobId: string | undefined } | undefined;
  #select: string | undefined;
  #rating: Promise<void> = Promise.resolve();
  #disposed = false;

  readonly handlers: Handlers<OutputsContract> = {
    ready: () => this.#ready(),
    list: (params) => this.#list(params),
    choices: () => this.#choices(),
    detail: ({ id }) => this.#detail(asText(id, 'id')),
    cancel: async ({ id }) => {
      const { queue } = await this.#open();
      await queue.cancel((await this.#output(id)).jobId);
    },
    rerun: async ({ id }) => ({ id: await this.#rerun(id) }),
    rate: (params) => {
      // One after the other, in the order they were made: a thumb must not overtake the comment after it.
      const rating = this.#rating.then(() => this.#rate(params));
      this.#rating = rating.catch(() => undefined);
      return rating;
    },
    copy: async ({ id }) => this.#ports.copy((await this.#answer(id)).text),
    use: async ({ how, id }) => {
      const { output, text } = await this.#answer(id);
      const chosen = asChoice(how, 'how', uses);
      if (chosen) await this.#ports.use(chosen, output, text);
    },
    regenerate: async ({ id }) => {
      const detail = await outputDetail(await this.#open(), asText(id, 'id'));
      if (detail === undefined) throw new Error(gone);
      await this.#ports.regenerate(detail.output.template, detail.context);
    },
    act: ({ action, id }) => this.#act(id, asText(action, 'action')),
    openTemplate: async ({ id }) => this.#ports.openTemplate((await this.#output(id)).template),
    runPrompt: () => this.#ports.runPrompt(),
    cancelSearch: () => this.#finder.cancel(),
    remove: async ({ id }) => {
      const { store } = await this.#open();
      return this.#ports.remove(store, asText(id, 'id'));
    },
  };

  /** @param select the output to show first. */
  constructor(ports: OutputsPorts, select?: string) {
    this.#ports = ports;
    this.#select = select;
    this.#finder = new OutputFinder(ports.clock, (state) => {
      ports.emit('search', state);
    });
    this.#frames = new TextFrames(ports.clock, ({ offset, outputId, text }) => {
      ports.emit('text', { id: outputId, offset, text });
    });
  }

  /** Shows an output: at once, or as soon as the page is up. */
  select(id: string): void {
    this.#select = id;
    this.#ports.emit('select', { id });
  }

  dispose(): void {
    this.#disposed = true;
    this.#telling?.dispose();
    this.#frames.dispose();
    this.#finder.dispose();
    for (const subscription of this.#undo.splice(0)) subscription.dispose();
  }

  /** A failed opening is tried anew at the next request. */
  #open(): Promise<OutputsFolder> {
    this.#folder ??= this.#follow().catch((error: unknown) => {
      this.#folder = undefined;
      throw error;
    });
    return this.#folder;
  }

  async #follow(): Promise<OutputsFolder> {
    const folder = await this.#ports.openFolder();
    if (this.#disposed) return folder;
    const { queue, store } = folder;
    this.#undo.push(
      store.onDidChange((changes) => {
        this.#note(changes);
      }),
      store.onDidChangeTrouble((trouble) => {
        this.#ports.emit('trouble', { message: trouble?.message });
      }),
      queue.onText((event) => {
        if (event.outputId === this.#shown?.id) this.#frames.add(event);
      }),
    );
    return folder;
  }

  async #ready() {
    const select = this.#select;
    this.#select = undefined;
    const trouble = (await this.#open()).store.trouble?.message;
    return { ...(select !== undefined && { select }), ...(trouble !== undefined && { trouble }) };
  }

  async #list(params: OutputsContract['requests']['list']['params']) {
    const given = asRecord(params.filter, 'filter');
    const status = asChoice(given.status, 'status', jobStates);
    const rating = asChoice(given.rating, 'rating', [...ratings, 'none']);
    const template = asText(given.template, 'template');
    const model = asText(given.model, 'model');
    const text = asText(given.text, 'text').trim();
    const filter = {
      ...(template !== '' && { template }),
      ...(model !== '' && { model }),
      ...(status && { status }),
      ...(rating && { rating }),
    };
    const offset = asCount(params.offset, 'offset', Number.MAX_SAFE_INTEGER);
    const limit = asCount(params.limit, 'limit', mostRows);
    const { outputs } = (await this.#open()).store;
    if (text !== '') return this.#finder.list(outputs, { ...filter, text }, { offset, limit });
    this.#finder.stop();
    const rows = outputs.list({ ...filter, offset, limit }).map(outputRow);
    return { rows, total: outputs.count(filter) };
  }

  async #choices() {
    const { outputs } = (await this.#open()).store;
    const templates = outputs.templates().map(({ name, slug }) => ({ slug, name }));
    return { templates, models: outputs.models().map(({ model }) => model) };
  }

  async #detail(id: string) {
    const folder = await this.#open();
    // A page that comes back asks for what it showed last before it is told what to show now.
    if (id === this.#select) this.#select = undefined;
    if (id !== this.#shown?.id) this.#frames.clear();
    // From here on its text is sent; the page drops what the answer below already has.
    this.#shown = { id, jobId: undefined };
    const detail = await outputDetail(folder, id);
    if (this.#shown.id === id) this.#shown = { id, jobId: detail?.output.jobId };
    return detail;
  }

  async #rerun(id: string): Promise<string> {
    const { queue } = await this.#open();
    return (await queue.runAgain((await this.#output(id)).jobId)).outputId;
  }

  async #rate({
    comment,
    id,
    rating,
  }: OutputsContract['requests']['rate']['params']): Promise<void> {
    const { store } = await this.#open();
    const chosen = asChoice(rating, 'rating', ratings);
    const said = comment === undefined ? '' : asText(comment, 'comment').trim();
    const feedback: Feedback | undefined = chosen && {
      rating: chosen,
      ...(said !== '' && { comment: said }),
      user: await this.#ports.user(),
      at: this.#ports.clock.now(),
    };
    await rateOutput(store, asText(id, 'id'), feedback);
  }

  async #act(id: string, action: string): Promise<void> {
    const output = await this.#output(id);
    const { error } = output;
    const job = (await (await this.#open()).store.jobs.get(output.jobId))?.value;
    const offered = errorActions(output, job);
    const chosen = offered.find((known) => known.id === action)?.id;
    if (error === undefined || chosen === undefined) {
      throw new Error(`There is no action "${action}" for this output.`);
    }
    if (chosen === 'runAgain') this.select(await this.#rerun(id));
    else await this.#ports.act(chosen, { output, error });
  }

  async #output(id: unknown): Promise<Output> {
    const { outputs } = (await this.#open()).store;
    const found = await outputs.get(asText(id, 'id'));
    if (found === undefined) throw new Error(gone);
    return found.value;
  }

  /** With what has arrived so far. */
  async #answer(id: string): Promise<{ output: Output; text: string }> {
    const { queue } = await this.#open();
    const output = await this.#output(id);
    return { output, text: queue.liveText(id) ?? output.text };
  }

  /** What is searched for may be in what has changed. */
  async #tellAfter(refreshing: Promise<void>, ids: readonly string[]): Promise<void> {
    await refreshing.catch(() => undefined);
    if (!this.#disposed) this.#ports.emit('changed', { ids });
  }

  #note(changes: readonly Change[]): void {
    for (const { id, table } of changes) {
      if (table === 'outputs') this.#changed.add(id);
      else if (table === 'jobs' && id === this.#shown?.jobId) this.#changed.add(this.#shown.id);
    }
    if (this.#changed.size === 0) return;
    this.#telling ??= this.#ports.clock.after(changesMs, () => {
      this.#telling = undefined;
      const ids = [...this.#changed];
      this.#changed.clear();
      const refreshing = this.#finder.refresh(ids);
      if (refreshing) void this.#tellAfter(refreshing, ids);
      else this.#ports.emit('changed', { ids });
    });
  }
}
