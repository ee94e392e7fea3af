import { html, type TemplateResult } from 'lit';
import type { Context, Json } from '../../client/model.ts';
import { t } from '../shared/l10n.ts';
import { visibleControls } from '../shared/visibleControls.ts';

/** The values the prompt was rendered with. */
export function valuesView(context: Context): TemplateResult {
  const values = Object.entries(context);
  if (values.length === 0)
    return html`<p class="dim">${t('This prompt was run without values.')}</p>`;
  return html`<dl class="values">
    ${values.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd dir="auto">${shown(value)}</dd>`,
    )}
  </dl>`;
}

function shown(value: Json): TemplateResult | string {
  if (value === '') return html`<em>${t('Empty')}</em>`;
  return visibleControls(typeof value === 'string' ? value : JSON.stringify(value, undefined, 2));
}
