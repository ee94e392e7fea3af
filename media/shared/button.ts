import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';

interface ButtonLook {
  readonly icon?: string;
  /** The one thing most people want next. */
  readonly primary?: boolean;
  readonly disabled?: boolean;
  /** More than the label says. */
  readonly title?: string;
}

/** A text button in VS Code's look. */
export function button(label: string, press: () => void, look: ButtonLook = {}): TemplateResult {
  return html`<vscode-button
    ?secondary=${look.primary !== true}
    ?disabled=${look.disabled === true}
    icon=${look.icon ?? ''}
    title=${look.title ?? ''}
    @click=${press}
    >${label}</vscode-button
  >`;
}

/** A button that is only an icon; the label is its name and its tooltip. */
export function iconButton(
  name: string,
  label: string,
  press: () => void,
  { pressed }: { readonly pressed?: boolean } = {},
): TemplateResult {
  return html`<button
    class="icon-button"
    title=${label}
    aria-label=${label}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    @click=${press}
  >
    <span class="codicon codicon-${name}" aria-hidden="true"></span>
  </button>`;
}
