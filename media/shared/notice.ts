import { html, type TemplateResult } from 'lit';
import { icon } from './icon.ts';

const icons = { info: 'info', warning: 'warning', error: 'error', offline: 'plug' } as const;

/** A strip that says something about what is shown; `actions` are its buttons. */
export function notice(
  kind: keyof typeof icons,
  text: string | TemplateResult,
  actions: readonly TemplateResult[] = [],
): TemplateResult {
  return html`<div class="notice ${kind}">
    ${icon(icons[kind])}
    <div class="notice-text" dir="auto">${text}</div>
    ${actions.length > 0 ? html`<div class="notice-actions">${actions}</div>` : ''}
  </div>`;
}

/** What fills a pane that has nothing to show: what is the case and what to do next. */
export function emptyState(
  name: string,
  title: string,
  text: string | TemplateResult,
  action: TemplateResult | '' = '',
): TemplateResult {
  return html`<div class="empty">
    ${icon(name)}
    <h2>${title}</h2>
    <p>${text}</p>
    ${action}
  </div>`;
}
