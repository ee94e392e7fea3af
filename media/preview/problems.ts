import { html, nothing, type TemplateResult } from 'lit';
import type { PreviewProblem } from '../../client/panels/protocol.ts';
import { icon } from '../shared/icon.ts';
import { t } from '../shared/l10n.ts';

/** What is wrong with the template; a click goes to the line. */
export function problemList(
  problems: readonly PreviewProblem[],
  reveal: (place: Pick<PreviewProblem, 'line' | 'character'>) => void,
): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  return html`<ul class="problems" aria-label=${t('Problems')}>
    ${problems.map(
      ({ character, line, message, severity }) =>
        html`<li>
          <button class="problem-line ${severity}" @click=${() => reveal({ line, character })}>
            ${icon(severityIcon(severity))}
            <span class="problem-text" dir="auto">${message}</span>
            <span class="dim">${t('Line {0}', line + 1)}</span>
          </button>
        </li>`,
    )}
  </ul>`;
}

/** The values that nothing gives yet; a click goes to the field. */
export function missingList(
  missing: readonly string[],
  open: (name: string) => void,
): TemplateResult | typeof nothing {
  if (missing.length === 0) return nothing;
  return html`<p class="missing-list">
    <span class="dim">${t('Missing:')}</span>
    ${missing.map(
      (name) => html`<button class="missing-name" @click=${() => open(name)}>${name}</button>`,
    )}
  </p>`;
}

function severityIcon(severity: PreviewProblem['severity']): string {
  switch (severity) {
    case 'error':
      return 'error';
    case 'warning':
      return 'warning';
    case 'information':
    case 'hint':
      return 'info';
  }
}
