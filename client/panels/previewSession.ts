import type { DescribeResult, RenderResult } from '../../server/protocol.ts';
import type { Context, Json } from '../model.ts';
import type { Clock } from '../providers/clock.ts';
import type { Handlers } from './channel.ts';
import type { PreviewContract, PreviewState } from './protocol.ts';
import type { RememberedValues } from './rememberedValues.ts';
import type { Emit, Session } from './session.ts';
import { sourcePlace, type SourcePlace } from './sourcePlace.ts';
import { Debounce } from './debounce.ts';
import { asCount, asText } from './untrusted.ts';
import { knownValues, samplesOf, withoutSensitive } from './values.ts';

export interface PreviewPorts {
  /** Document URI. */
  readonly uri: string;
  readonly fallbackTitle: string;
  readonly describe: () => Promise<DescribeResult | undefined>;
  /** @param sources asks for the places that messages come from as well. */
  readonly render: (context: Context, sources?: boolean) => Promise<RenderResult>;
  readonly remembered: Pick<RememberedValues, 'read' | 'keep'>;
  readonly run: (values: Context) => Promise<void>;
  readonly reveal: (place: SourcePlace, focus: boolean) => Promise<void>;
  readonly describeError: (error: unknown) => string;
  readonly clock: Clock;
  readonly emit: Emit<PreviewContract>;
}

/** Typing rests this long before the preview follows. */
const restMs = 100;
const keepMs = 500;
const severities = ['error', 'warning', 'information', 'hint'] as const;

/** One template's preview: holds the values it is rendered with, and follows the document. */
export class PreviewSession implements Session<PreviewContract> {
  readonly #ports: PreviewPorts;
  readonly #rest: Debounce;
  readonly #keep: Debounce;
  #description: DescribeResult | undefined;
  #values: Context | undefined;
  #sample: string | undefined;
  #newest = 0;
  /** The messages as the page shows them. */
  #shown: RenderResult['messages'] = [];

  readonly handlers: Handlers<PreviewContract> = {
    ready: () => this.#state(),
    useSample: ({ name }) => this.#useSample(name),
    setValue: ({ name, value }) => {
      this.#setValue(asText(name, 'name'), value);
    },
    reveal: (place) => {
      const start = {
        line: asCount(place.line, 'line', Number.MAX_SAFE_INTEGER),
        character: asCount(place.character, 'character', Number.MAX_SAFE_INTEGER),
      };
      return this.#ports.reveal({ range: { start, end: start } }, true);
    },
    locate: ({ focus, message, offset }) =>
      this.#locate(
        asCount(message, 'message', Number.MAX_SAFE_INTEGER),
        asCount(offset, 'offset', Number.MAX_SAFE_INTEGER),
        focus,
      ),
    run: () => {
      this.#keep.flush();
      return this.#ports.run(this.#values ?? {});
    },
  };

  constructor(ports: PreviewPorts) {
    this.#ports = ports;
    this.#rest = new Debounce(ports.clock, restMs, () => void this.#show());
    this.#keep = new Debounce(ports.clock, keepMs, () => void this.#remember());
  }

  /** The document may render to something else now. */
  refresh(): void {
    this.#rest.call();
  }

  dispose(): void {
    this.#rest.dispose();
    this.#keep.flush();
  }

  /** Rendered once more, as the document stands: only who asks for places pays for them. */
  async #locate(message: number, offset: number, focus: boolean): Promise<void> {
    const shown = this.#shown[message]?.content;
    const { messages, sources } = await this.#ports.render(this.#values ?? {}, true);
    const [now, runs] = [messages[message]?.content, sources?.[message]];
    const place =
      shown !== undefined && now !== undefined && runs
        ? sourcePlace(shown, now, runs, offset)
        : undefined;
    if (place === undefined) throw new Error('Where this comes from in the template is not known.');
    await this.#ports.reveal(place, focus);
  }

  /** An answer that was overtaken by a newer question is not shown. */
  async #show(): Promise<void> {
    const mine = ++this.#newest;
    const state = await this.#state();
    if (state !== undefined && mine === this.#newest) this.#ports.emit('show', state);
  }

  async #state(): Promise<PreviewState | undefined> {
    try {
      const description = await this.#ports.describe();
      if (description === undefined) return undefined;
      this.#description = description;
      this.#values ??= await this.#firstValues(description);
      const rendered = await this.#ports.render(this.#values);
      this.#shown = rendered.messages;
      return this.#stateOf(description, rendered);
    } catch (error) {
      return this.#failed(this.#ports.describeError(error));
    }
  }

  /** What was given last; else the first sample; else nothing, so that every missing value shows. */
  async #firstValues({ samples, slug, variables }: DescribeResult): Promise<Context> {
    const remembered = knownValues(await this.#ports.remembered.read(slug), variables);
    if (Object.keys(remembered).length > 0 || samples[0] === undefined) return remembered;
    this.#sample = samples[0].name;
    return { ...samples[0].values };
  }

  #stateOf(description: DescribeResult, rendered: RenderResult): PreviewState {
    return {
      title: description.name,
      uri: this.#ports.uri,
      messages: rendered.messages,
      missing: rendered.missing,
      problems: rendered.problems.map(({ message, range, severity }) => ({
        message: typeof message === 'string' ? message : message.value,
        severity: severities[(severity ?? 1) - 1] ?? 'error',
        ...range.start,
      })),
      samples: samplesOf(description).map(({ name }) => name),
      ...(this.#sample !== undefined && { sample: this.#sample }),
      variables: description.variables,
      values: this.#values ?? {},
    };
  }

  #failed(failure: string): PreviewState {
    return {
      title: this.#description?.name ?? this.#ports.fallbackTitle,
      uri: this.#ports.uri,
      messages: [],
      missing: [],
      problems: [],
      samples: [],
      variables: this.#description?.variables ?? [],
      values: this.#values ?? {},
      failure,
    };
  }

  /** A sample takes the place of all values; no sample brings back the ones given last. */
  async #useSample(name: unknown): Promise<void> {
    const description = this.#description;
    if (description === undefined) return;
    if (name === undefined) {
      this.#sample = undefined;
      const remembered = await this.#ports.remembered.read(description.slug);
      this.#values = knownValues(remembered, description.variables);
    } else {
      const sample = samplesOf(description).find((known) => known.name === name);
      if (sample === undefined) throw new Error(`There is no sample "${asText(name, 'name')}".`);
      this.#sample = sample.name;
      this.#values = { ...sample.values };
    }
    await this.#show();
  }

  #setValue(name: string, value: Json | undefined): void {
    if (!this.#description?.variables.some((variable) => variable.name === name)) {
      throw new Error(`The template has no variable "${name}".`);
    }
    const { [name]: _former, ...others } = this.#values ?? {};
    this.#values = value === undefined ? others : { ...others, [name]: value };
    this.#sample = undefined;
    this.#keep.call();
    this.#rest.call();
  }

  /** Best effort: the preview goes on without; a run says so when the store cannot be written. */
  async #remember(): Promise<void> {
    const description = this.#description;
    if (description === undefined) return;
    const values = withoutSensitive(this.#values ?? {}, description.variables);
    await this.#ports.remembered.keep(description.slug, values).catch(() => undefined);
  }
}
