import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icon.ts';
import { t } from './l10n.ts';

/** Chooses one of the template's samples as values; `undefined` are the person's own. */
export function samplePicker(
  samples: readonly string[],
  chosen: string | undefined,
  choose: (name: string | undefined) => void,
): TemplateResult | typeof nothing {
  if (samples.length === 0) return nothing;
  return html`<span class="select sample">
    <select
      class="control"
      aria-label=${t('Sample')}
      @change=${(event: Event) => {
        choose(samples[Number((event.target as HTMLSelectElement).value)]);
      }}
    >
      <option value="-1" .selected=${chosen === undefined}>${t('My values')}</option>
      ${samples.map(
        (name, index) =>
          html`<option value=${index} .selected=${name === chosen}>
            ${t('Sample: {0}', name)}
          </option>`,
      )}
    </select>
    ${icon('chevron-down')}
  </span>`;
}
