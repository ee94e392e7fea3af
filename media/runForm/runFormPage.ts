import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Context } from '../../client/model.ts';
import type { PageChannel } from '../../client/panels/channel.ts';
import type { RunFormContract, RunFormState } from '../../client/panels/protocol.ts';
import { button } from '../shared/button.ts';
import { connect } from '../shared/host.ts';
import { icon } from '../shared/icon.ts';
import { t } from '../shared/l10n.ts';
import { emptyState, notice } from '../shared/notice.ts';
import { PageElement } from '../shared/pageElement.ts';
import { samplePicker } from '../shared/samplePicker.ts';
import type { ValueChange, ValueField } from '../shared/valueField.ts';
import '../shared/valueField.ts';
import { Wishes } from '../shared/wishes.ts';

/** Typing rests this long before it is kept. */
const restMs = 300;
const isMac = navigator.userAgent.includes('Mac');

/** The Run form: asks for a template's values, keeps what is typed, and runs. */
export class RunFormPage extends PageElement {
  static override readonly properties: PropertyDeclarations = {
    _state: { state: true },
    _values: { state: true },
    _sample: { state: true },
    _tried: { state: true },
    _running: { state: true },
  };

  declare _state: RunFormState | undefined;
  declare _values: Context;
  declare _sample: string | undefined;
  /** Someone wanted to run: now every problem shows. */
  declare _tried: boolean;
  declare _running: boolean;

  readonly #channel: PageChannel<RunFormContract>;
  readonly #wishes: Wishes<RunFormContract>;
  #rest: number | undefined;
  /** Names of what was typed and is not kept by the extension yet. */
  readonly #unkept = new Set<string>();

  constructor() {
    super();
    this._values = {};
    this._tried = false;
    this._running = false;
    this.#channel = connect<RunFormContract>({
      show: (state) => {
        this.#show(state);
      },
    });
    this.#wishes = new Wishes(this.#channel, () => {
      this.requestUpdate();
    });
    // What was typed last must be kept also when the tab is closed or hidden right after.
    document.addEventListener('visibilitychange', () => this.#keepNow());
    window.addEventListener('blur', () => this.#keepNow());
    window.addEventListener('keydown', (event) => this.#pressed(event));
    void this.#start();
  }

  protected override render(): TemplateResult {
    const { failure } = this.#wishes;
    if (this._state === undefined) {
      return html`<main class="page">
        <h1 class="visually-hidden">${t('Run')}</h1>
        ${
          failure === undefined
            ? html`<p class="loading dim">${icon('loading', { spin: true })} ${t('Loading…')}</p>`
            : emptyState('error', t('The form could not be made'), failure, this.#again())
        }
      </main>`;
    }
    return html`<main class="page">
      ${this.#head(this._state)} ${this.#fields(this._state)}
      <footer class="run-bar">
        <div role="alert">${failure === undefined ? nothing : notice('error', failure)}</div>
        <div class="buttons">
          ${button(t('Run'), () => void this.#run(), {
            icon: this._running ? 'loading' : 'play',
            primary: true,
            disabled: this._running,
          })}
          ${button(t('Cancel'), () => void this.#close())}
          <span class="dim keys">${isMac ? t('⌘+Enter runs') : t('Ctrl+Enter runs')}</span>
        </div>
      </footer>
    </main>`;
  }

  async #start(): Promise<void> {
    const answer = await this.#wishes.ask('ready', {});
    if (!answer.ok) return;
    this.#show(answer.result);
    await this.updateComplete;
    this.#firstOpen()?.focus();
  }

  /** What the person has typed here and the extension does not know yet stays; other values are taken. */
  #show(state: RunFormState): void {
    const taken = Object.entries(state.values).filter(([name]) => !this.#unkept.has(name));
    this._values = { ...this._values, ...Object.fromEntries(taken) };
    this._state = state;
  }

  #head(state: RunFormState): TemplateResult {
    const samples = state.samples.map(({ name }) => name);
    return html`<header class="page-head">
        <h1 class="title" dir="auto">${state.templateName}</h1>
        ${samplePicker(samples, this._sample, (name) => this.#useSample(name))}
      </header>
      ${
        state.description === undefined
          ? nothing
          : html`<p class="description" dir="auto">${state.description}</p>`
      }
      <p class="target">
        ${icon('chip')} <span>${state.target}</span>
        ${state.offline ? html`<span class="badge offline">${t('Offline')}</span>` : nothing}
      </p>`;
  }

  #fields({ variables }: RunFormState): TemplateResult {
    if (variables.length === 0) {
      return html`<p class="dim">${t('This template takes no values.')}</p>`;
    }
    return html`<form
      class="fields"
      @submit=${(event: Event) => event.preventDefault()}
      @value-change=${(event: ValueChange) => this.#changed(event)}
    >
      ${variables.map(
        (variable) =>
          html`<value-field
            .variable=${variable}
            .value=${this._values[variable.name]}
            .showProblems=${this._tried}
          ></value-field>`,
      )}
    </form>`;
  }

  #again(): TemplateResult {
    return button(t('Try Again'), () => void this.#start(), { primary: true });
  }

  #changed({ reading, variable }: ValueChange): void {
    const { [variable.name]: _former, ...others } = this._values;
    const { value } = reading;
    this._values = value === undefined ? others : { ...others, [variable.name]: value };
    this._sample = undefined;
    this.#unkept.add(variable.name);
    window.clearTimeout(this.#rest);
    this.#rest = window.setTimeout(() => this.#keepNow(), restMs);
  }

  /** A sample fills in what it has; what it does not have stays as it is. */
  #useSample(name: string | undefined): void {
    const sample = this._state?.samples.find((known) => known.name === name);
    this._sample = sample?.name;
    if (sample === undefined) return;
    this._values = { ...this._values, ...sample.values };
    this.#keepNow();
  }

  #keepNow(): void {
    window.clearTimeout(this.#rest);
    if (this._state === undefined || this._running) return;
    const values = this._values;
    this.#channel
      .request('keep', { values })
      .then(() => {
        for (const name of this.#unkept) {
          if (this._values[name] === values[name]) this.#unkept.delete(name);
        }
      })
      // Not a wish: when it fails, the message of a failed run must stay, and the next run says why.
      .catch(() => undefined);
  }

  async #run(): Promise<void> {
    this._tried = true;
    await this.updateComplete;
    const wrong = this.#all().find((field) => field.reading.problem !== undefined);
    if (wrong !== undefined) {
      wrong.focus();
      return;
    }
    window.clearTimeout(this.#rest);
    this._running = true;
    await this.#wishes.ask('run', { values: this._values });
    this._running = false;
  }

  async #close(): Promise<void> {
    window.clearTimeout(this.#rest);
    this.#keepNow();
    await this.#wishes.ask('close', {});
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || this._running) return;
    event.preventDefault();
    void this.#run();
  }

  #all(): ValueField[] {
    return [...this.querySelectorAll<ValueField>('value-field')];
  }

  /** The first field that still needs something, or simply the first. */
  #firstOpen(): ValueField | undefined {
    const fields = this.#all();
    return fields.find((field) => field.reading.problem !== undefined) ?? fields[0];
  }
}

customElements.define('run-form-page', RunFormPage);
