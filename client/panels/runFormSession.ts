import type { DescribeResult } from '../../server/protocol.ts';
import type { Context } from '../model.ts';
import type { Clock } from '../providers/clock.ts';
import type { Handlers } from './channel.ts';
import type { RunFormContract, RunFormState } from './protocol.ts';
import type { RememberedValues } from './rememberedValues.ts';
import type { Emit, Session } from './session.ts';
import { Debounce } from './debounce.ts';
import { asRecord } from './untrusted.ts';
import { defaultValues, knownValues, samplesOf, withoutSensitive } from './values.ts';

export interface RunFormPorts {
  /** Document URI. */
  readonly uri: string;
  /** Values to start with, over the ones remembered. */
  readonly given: Context;
  readonly describe: () => Promise<DescribeResult | undefined>;
  readonly target: () => Promise<{ readonly label: string; readonly offline: boolean }>;
  readonly remembered: Pick<RememberedValues, 'read' | 'keep'>;
  readonly run: (values: Context) => Promise<void>;
  readonly close: () => void;
  readonly clock: Clock;
  readonly emit: Emit<RunFormContract>;
}

const restMs = 250;

/** One template's run form. Holds what was typed (sensitive values here only), so that a hidden form loses nothing. */
export class RunFormSession implements Session<RunFormContract> {
  readonly #ports: RunFormPorts;
  readonly #rest: Debounce;
  #typed: Context;
  #description: DescribeResult | undefined;
  #newest = 0;

  readonly handlers: Handlers<RunFormContract> = {
    ready: () => this.#state(),
    keep: ({ values }) => this.#keep(values),
    run: ({ values }) => this.#run(values),
    close: () => {
      this.#ports.close();
    },
  };

  constructor(ports: RunFormPorts) {
    this.#ports = ports;
    this.#typed = ports.given;
    this.#rest = new Debounce(ports.clock, restMs, () => void this.#show());
  }

  /** The template may ask for something else now. */
  refresh(): void {
    this.#rest.call();
  }

  /** Values from elsewhere, over what is in the form. */
  give(values: Context): void {
    this.#typed = { ...this.#typed, ...values };
    void this.#show();
  }

  dispose(): void {
    this.#rest.dispose();
  }

  async #show(): Promise<void> {
    const mine = ++this.#newest;
    try {
      const state = await this.#state();
      if (mine === this.#newest) this.#ports.emit('show', state);
    } catch {
      // The form stays as it is; running says what is wrong.
    }
  }

  async #state(): Promise<RunFormState> {
    const [description, target] = await Promise.all([this.#ports.describe(), this.#ports.target()]);
    if (description === undefined) throw new Error('The template no longer exists.');
    this.#description = description;
    const { name, slug, variables } = description;
    const remembered = await this.#ports.remembered.read(slug);
    const values = { ...defaultValues(variables), ...remembered, ...this.#typed };
    return {
      templateName: name,
      uri: this.#ports.uri,
      ...(description.description !== undefined && { description: description.description }),
      variables,
      values: knownValues(values, variables),
      samples: samplesOf(description),
      target: target.label,
      offline: target.offline,
    };
  }

  async #keep(values: unknown): Promise<void> {
    const description = this.#description;
    if (description === undefined) return;
    this.#typed = knownValues(asRecord(values, 'values') as Context, description.variables);
    await this.#ports.remembered.keep(
      description.slug,
      withoutSensitive(this.#typed, description.variables),
    );
  }

  /** Running matters more than remembering: a store that cannot be written is told by the run itself. */
  async #run(values: unknown): Promise<void> {
    await this.#keep(values).catch(() => undefined);
    await this.#ports.run(this.#typed);
    this.#ports.close();
  }
}
