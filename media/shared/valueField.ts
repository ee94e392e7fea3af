import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import type { Json } from '../../client/model.ts';
import type { FormVariable } from '../../client/panels/protocol.ts';
import { fieldText, readField, type Reading } from './fieldValue.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { PageElement } from './pageElement.ts';

/** Told when what is typed reads differently; `reading.problem` says why there is no value. */
export class ValueChange extends Event {
  readonly variable: FormVariable;
  readonly reading: Reading;

  constructor(variable: FormVariable, reading: Reading) {
    super('value-change', { bubbles: true });
    this.variable = variable;
    this.reading = reading;
  }
}

/**
 * One variable's label, help and input. Native inputs, because a description or an error inside another shadow
 * root cannot be tied to them.
 */
export class ValueField extends PageElement {
  static override readonly properties: PropertyDeclarations = {
    variable: { attribute: false },
    value: { attribute: false },
    showProblems: { type: Boolean },
    _text: { state: true },
    _touched: { state: true },
  };

  declare variable: FormVariable;
  declare value: Json | undefined;
  /** Also before anything was typed: after a try to run. */
  declare showProblems: boolean;
  declare _text: string;
  declare _touched: boolean;

  constructor() {
    super();
    this.showProblems = false;
    this._text = '';
    this._touched = false;
  }

  /** What the field says at the moment. */
  get reading(): Reading {
    return readField(this._text, this.variable);
  }

  override focus(): void {
    this.querySelector<HTMLElement>('.control')?.focus();
  }

  /** A value from outside replaces what is typed only when it means something else: the cursor stays. */
  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('value') && !changed.has('variable')) return;
    const { value } = this.reading;
    if (this.hasUpdated && JSON.stringify(value) === JSON.stringify(this.value)) return;
    if (this.value === undefined && this.reading.problem !== undefined && this._touched) return;
    this._text = fieldText(this.value, this.variable);
  }

  protected override render(): TemplateResult {
    const { variable } = this;
    const problem = this._touched || this.showProblems ? this.reading.problem : undefined;
    const id = `field-${variable.name}`;
    const described = [
      variable.description && `${id}-help`,
      this.#hint() && `${id}-hint`,
      problem && `${id}-problem`,
    ];
    const describedBy = described.filter(Boolean).join(' ') || undefined;
    return html`
      ${variable.type === 'boolean' ? this.#control(id, describedBy, false) : this.#label(id)}
      ${
        variable.description
          ? html`<p class="help" id="${id}-help" dir="auto">${variable.description}</p>`
          : nothing
      }
      ${variable.type === 'boolean' ? nothing : this.#control(id, describedBy, problem !== undefined)}
      ${this.#hint() ? html`<p class="hint" id="${id}-hint">${this.#hint()}</p>` : nothing}
      <p class="problem" id="${id}-problem" role="status">
        ${
          problem === undefined
            ? nothing
            : html`<span>${icon('error')} ${t(problem.text, ...(problem.values ?? []))}</span>`
        }
      </p>
    `;
  }

  #label(id: string): TemplateResult {
    const { name, required, sensitive, type } = this.variable;
    return html`<label for=${id}>
      <span class="name">${name}</span>
      ${required ? html`<span class="required">${t('required')}</span>` : nothing}
      <span class="type">${type === 'any' ? nothing : type}</span>
      ${sensitive ? html`<span class="type">${icon('lock')} ${t('not kept')}</span>` : nothing}
    </label>`;
  }

  #hint(): string {
    const { default: fallback, example, type } = this.variable;
    const parts = [];
    if (type === 'array') parts.push(t('A JSON list, such as ["one", "two"]'));
    if (type === 'object') parts.push(t('A JSON object, such as {"name": "Ada"}'));
    if (fallback !== undefined) parts.push(t('Default: {0}', brief(fallback)));
    if (example !== undefined) parts.push(t('Example: {0}', brief(example)));
    return parts.join(' · ');
  }

  #control(id: string, describedBy: string | undefined, invalid: boolean): TemplateResult {
    const { variable } = this;
    const shared: Shared = {
      id,
      describedBy: describedBy ?? nothing,
      invalid: String(invalid),
    };
    if (variable.enum !== undefined) return this.#select(shared, variable.enum);
    if (variable.type === 'boolean') return this.#checkbox(shared);
    const single = ['number', 'integer'].includes(variable.type) || variable.sensitive === true;
    if (single) return this.#input(shared);
    return html`<textarea
      class="control ${['array', 'object'].includes(variable.type) ? 'code' : ''}"
      id=${shared.id}
      rows=${variable.type === 'string' || variable.type === 'any' ? 1 : 3}
      spellcheck="false"
      dir="auto"
      aria-describedby=${shared.describedBy}
      aria-invalid=${shared.invalid}
      aria-required=${String(variable.required)}
      .value=${live(this._text)}
      @input=${this.#typed}
      @blur=${this.#left}
    ></textarea>`;
  }

  #input({ describedBy, id, invalid }: Shared): TemplateResult {
    const { required, sensitive, type } = this.variable;
    return html`<input
      class="control"
      id=${id}
      type=${sensitive === true ? 'password' : 'text'}
      inputmode=${ifDefined(type === 'number' || type === 'integer' ? 'decimal' : undefined)}
      autocomplete="off"
      spellcheck="false"
      aria-describedby=${describedBy}
      aria-invalid=${invalid}
      aria-required=${String(required)}
      .value=${live(this._text)}
      @input=${this.#typed}
      @blur=${this.#left}
    />`;
  }

  #checkbox({ describedBy, id }: Shared): TemplateResult {
    return html`<label class="checkbox" for=${id}>
      <input
        class="control"
        id=${id}
        type="checkbox"
        aria-describedby=${describedBy}
        .checked=${live(this._text === 'true')}
        @change=${(event: Event) => {
          this.#set(String((event.target as HTMLInputElement).checked));
        }}
      />
      <span class="name">${this.variable.name}</span>
    </label>`;
  }

  #select({ describedBy, id, invalid }: Shared, choices: readonly Json[]): TemplateResult {
    const { required } = this.variable;
    const chosen = choices.findIndex((choice) => fieldText(choice, this.variable) === this._text);
    return html`<span class="select">
      <select
        class="control"
        id=${id}
        aria-describedby=${describedBy}
        aria-invalid=${invalid}
        aria-required=${String(required)}
        @change=${(event: Event) => {
          const choice = choices[Number((event.target as HTMLSelectElement).value)];
          this.#set(fieldText(choice, this.variable));
        }}
      >
        <option value="-1" .selected=${chosen === -1}>${t('Choose…')}</option>
        ${choices.map(
          (choice, index) =>
            html`<option value=${index} .selected=${index === chosen}>${brief(choice)}</option>`,
        )}
      </select>
      ${icon('chevron-down')}
    </span>`;
  }

  readonly #typed = (event: Event): void => {
    this.#set((event.target as HTMLInputElement | HTMLTextAreaElement).value);
  };

  /** What is missing is pointed out when the field is left, not while it is on its way. */
  readonly #left = (): void => {
    if (this._text !== '') this._touched = true;
  };

  #set(text: string): void {
    this._text = text;
    this._touched = true;
    this.dispatchEvent(new ValueChange(this.variable, this.reading));
  }
}

interface Shared {
  readonly id: string;
  readonly describedBy: string | typeof nothing;
  readonly invalid: string;
}

function brief(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

customElements.define('value-field', ValueField);
