import { html, type TemplateResult } from 'lit';

/** A codicon. Decoration only: whatever it says is said in text as well. */
export function icon(name: string, { spin = false } = {}): TemplateResult {
  const classes = `codicon codicon-${name}${spin ? ' codicon-modifier-spin' : ''}`;
  return html`<span class=${classes} aria-hidden="true"></span>`;
}
