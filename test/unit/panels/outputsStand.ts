import { type OutputsPorts, OutputsSession } from '../../../client/panels/outputsSession.ts';
import type { OutputsContract } from '../../../client/panels/protocol.ts';
import { QueueWindow } from '../../support/queueWindow.ts';
import { temporaryDirectory } from '../../support/temporaryStore.ts';

/** An Outputs page's session on a real store and queue, with everything it says and does written down. */
export class OutputsStand {
  readonly window: QueueWindow;
  readonly session: OutputsSession;
  readonly events: [name: string, payload: unknown][] = [];
  readonly done: string[] = [];
  readonly #remove: () => Promise<void>;

  private constructor(
    window: QueueWindow,
    remove: () => Promise<void>,
    change: Partial<OutputsPorts>,
    select?: string,
  ) {
    this.window = window;
    this.#remove = remove;
    const ports: OutputsPorts = {
      openFolder: async () => window,
      user: async () => 'Ada',
      act: async (action, { output }) => void this.done.push(`${action} ${output.model}`),
      openTemplate: async ({ uri }) => void this.done.push(`open ${uri}`),
      remove: async (store, id) => {
        this.done.push(`remove ${id}`);
        return (await store.maintenance.delete({ kind: 'output', id })).outputs > 0;
      },
      runPrompt: async () => void this.done.push('run'),
      copy: async (text) => void this.done.push(`copy ${text}`),
      use: async (how, { format }, text) => void this.done.push(`${how} ${format} ${text}`),
      regenerate: async ({ uri }, context) =>
        void this.done.push(`regenerate ${uri} ${JSON.stringify(context)}`),
      clock: window.clock,
      emit: (event, payload) => this.events.push([event, payload]),
      ...change,
    };
    this.session = new OutputsSession(ports, select);
  }

  static async open(change: Partial<OutputsPorts> = {}, select?: string): Promise<OutputsStand> {
    const { path, remove } = await temporaryDirectory();
    return new OutputsStand(await QueueWindow.start(path), remove, change, select);
  }

  get handlers(): OutputsSession['handlers'] {
    return this.session.handlers;
  }

  told<E extends keyof OutputsContract['events']>(name: E): OutputsContract['events'][E][] {
    return this.events
      .filter(([event]) => event === name)
      .map(([, payload]) => payload as OutputsContract['events'][E]);
  }

  /** Runs a prompt to its end. @returns the output's id. */
  async answered(prompt: string, answer: string): Promise<string> {
    const job = await this.window.enqueue(prompt);
    const call = await this.window.provider.next();
    call.say(answer);
    call.finish();
    await this.window.inState(job.id, 'completed');
    return job.outputId;
  }

  async close(): Promise<void> {
    this.session.dispose();
    await this.window.close();
    await this.#remove();
  }
}
