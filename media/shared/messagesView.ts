import { html, type TemplateResult } from 'lit';
import type { Message, Role } from '../../client/model.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { visibleControls } from './visibleControls.ts';

/** What can be done with the text of a message. */
export interface MessageTools {
  /** Said to those who do not see it. */
  readonly label: string;
  /** A click, a double click, a key, or the focus going away; the element is the one that holds the text. */
  readonly on: (message: number, event: Event) => void;
}

/** The messages of a prompt by role, as they are sent. Values that are missing are marked in place. */
export function messagesView(
  messages: readonly Message[],
  missing: readonly string[] = [],
  tools?: MessageTools,
): TemplateResult[] {
  return messages.map(({ content, role }, index) => {
    const shown = content === '' ? html`<em>${t('Empty')}</em>` : marked(content, missing);
    return html`<section class="message" aria-label=${roleName(role)}>
      <h2 class="role">${icon(roleIcon(role))} ${roleName(role)}</h2>
      ${
        // In one line of its own: its white space is shown as it stands.
        tools === undefined
          ? html`<div class="content" dir="auto">${shown}</div>`
          : handled(shown, tools.label, (event) => tools.on(index, event))
      }
    </section>`;
  });
}

function handled(shown: unknown, label: string, on: (event: Event) => void): TemplateResult {
  // prettier-ignore
  return html`<div class="content" dir="auto" tabindex="0" role="group" aria-label=${label} @click=${on} @keydown=${on} @blur=${on}>${shown}</div>`;
}

function marked(content: string, missing: readonly string[]): (string | TemplateResult)[] {
  const names = new Set(missing);
  return content.split(/(⟦[^⟦⟧]+⟧)/).map((part) => {
    const name = part.slice(1, -1);
    if (!part.startsWith('⟦') || !names.has(name)) return visibleControls(part);
    return html`<mark class="missing" title=${t('“{0}” has no value yet', name)}>${part}</mark>`;
  });
}

function roleName(role: Role): string {
  switch (role) {
    case 'system':
      return t('System');
    case 'user':
      return t('User');
    case 'assistant':
      return t('Assistant');
  }
}

function roleIcon(role: Role): string {
  switch (role) {
    case 'system':
      return 'settings-gear';
    case 'user':
      return 'account';
    case 'assistant':
      return 'sparkle';
  }
}
