import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Json } from '../../client/model.ts';
import type { PreviewContract, PreviewState } from '../../client/panels/protocol.ts';
import { button } from '../shared/button.ts';
import { connect, savedState, saveState } from '../shared/host.ts';
import { icon } from '../shared/icon.ts';
import { t } from '../shared/l10n.ts';
import { messagesView } from '../shared/messagesView.ts';
import { emptyState, notice } from '../shared/notice.ts';
import { PageElement } from '../shared/pageElement.ts';
import { samplePicker } from '../shared/samplePicker.ts';
import type { ValueChange } from '../shared/valueField.ts';
import '../shared/valueField.ts';
import { Wishes } from '../shared/wishes.ts';
import { missingList, problemList } from './problems.ts';
import { TemplateWay } from './templateWay.ts';

interface Saved {
  readonly open: boolean;
}

/** The Preview page: the messages as they would be sent, following what is typed. */
export class PreviewPage extends PageElement {
  static override readonly properties: PropertyDeclarations = {
    _state: { state: true },
    _loaded: { state: true },
    _open: { state: true },
  };

  /** `undefined` while nothing is known, and when the template is gone. */
  declare _state: PreviewState | undefined;
  declare _loaded: boolean;
  /** The values are unfolded. */
  declare _open: boolean;

  readonly #wishes: Wishes<PreviewContract>;
  readonly #way: TemplateWay;

  constructor() {
    super();
    this._loaded = false;
    this._open = savedState<Saved>().open ?? false;
    const channel = connect<PreviewContract>({
      show: (state) => {
        this._state = state;
        this._loaded = true;
      },
    });
    this.#wishes = new Wishes(channel, () => {
      this.requestUpdate();
    });
    this.#way = new TemplateWay({
      content: (message) => this._state?.messages[message]?.content ?? '',
      go: (message, offset, focus) => void this.#wishes.ask('locate', { message, offset, focus }),
      say: (text) => {
        this.querySelector('.spoken')!.textContent = text;
      },
    });
    void this.#start();
  }

  protected override render(): TemplateResult {
    const { failure } = this.#wishes;
    const broken = failure === undefined ? nothing : notice('error', failure);
    if (this._state === undefined) {
      return html`<main class="page">
        <h1 class="visually-hidden">${t('Preview')}</h1>
        ${broken}${this.#nothingToShow()}
      </main>`;
    }
    return html`<main class="page">
      ${this.#head(this._state)} ${broken} ${this.#values(this._state)}
      ${problemList(this._state.problems, (place) => void this.#wishes.ask('reveal', place))}
      ${missingList(this._state.missing, this.#toField)}
      <div class="messages" aria-live="off">${this.#messages(this._state)}</div>
      <div class="spoken visually-hidden" aria-live="polite"></div>
    </main>`;
  }

  async #start(): Promise<void> {
    const answer = await this.#wishes.ask('ready', {});
    if (answer.ok) this._state = answer.result;
    this._loaded = true;
  }

  #nothingToShow(): TemplateResult {
    if (!this._loaded) {
      return html`<p class="loading dim">${icon('loading', { spin: true })} ${t('Loading…')}</p>`;
    }
    return emptyState(
      'file',
      t('No template'),
      t('The template of this preview no longer exists, or is no longer a prompt.'),
    );
  }

  #head(state: PreviewState): TemplateResult {
    return html`<header class="page-head">
      <h1 class="title" dir="auto">${state.title}</h1>
      <div class="buttons">
        ${samplePicker(state.samples, state.sample, (name) => {
          void this.#wishes.ask('useSample', { name });
        })}
        ${button(t('Run'), () => void this.#wishes.ask('run', {}), {
          icon: 'play',
          primary: true,
          disabled: hasErrors(state),
        })}
      </div>
    </header>`;
  }

  #values({ values, variables }: PreviewState): TemplateResult | typeof nothing {
    if (variables.length === 0) return nothing;
    return html`<details
      class="values-section"
      ?open=${this._open}
      @toggle=${(event: Event) => {
        this._open = (event.target as HTMLDetailsElement).open;
        saveState({ open: this._open } satisfies Saved);
      }}
      @value-change=${(event: ValueChange) => this.#changed(event)}
    >
      <summary>${icon('chevron-right')} ${t('Values ({0})', variables.length)}</summary>
      <div class="fields">
        ${variables.map(
          (variable) =>
            html`<value-field
              .variable=${variable}
              .value=${values[variable.name]}
              data-name=${variable.name}
            ></value-field>`,
        )}
      </div>
    </details>`;
  }

  /** What does not read as a value yet is not sent; emptying a field takes its value away. */
  #changed({ reading, variable }: ValueChange): void {
    const { name } = variable;
    const value: Json | undefined = reading.value;
    const emptied = reading.problem?.text === 'A value is needed.';
    if (reading.problem === undefined || emptied)
      void this.#wishes.ask('setValue', { name, value });
  }

  #messages(state: PreviewState): TemplateResult | TemplateResult[] {
    if (state.failure !== undefined) {
      return emptyState('error', t('Nothing could be rendered'), state.failure);
    }
    if (hasErrors(state)) {
      const text = t('The preview shows again as soon as the errors above are mended.');
      return emptyState('warning', t('The template has errors'), text);
    }
    if (state.messages.length === 0) {
      return emptyState(
        'note',
        t('Nothing to send yet'),
        t('Write something below the front matter.'),
      );
    }
    return messagesView(state.messages, state.missing, this.#way);
  }

  /** Opens the values where the missing one is asked for. */
  readonly #toField = (name: string): void => {
    this._open = true;
    const root = name.split('.')[0]!;
    void this.updateComplete.then(() => {
      const fields = [...this.querySelectorAll<HTMLElement>('value-field')];
      fields.find((field) => field.dataset.name === root)?.focus();
    });
  };
}

function hasErrors({ problems }: PreviewState): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

customElements.define('preview-page', PreviewPage);
