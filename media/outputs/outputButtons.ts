import type { TemplateResult } from 'lit';
import type { OutputDetail } from '../../client/panels/protocol.ts';
import { button, iconButton } from '../shared/button.ts';
import { t } from '../shared/l10n.ts';

/** What a button of the detail asks for; `act:` is followed by the id of an error's action. */
export type DetailCommand =
  | 'cancel'
  | 'rerun'
  | 'regenerate'
  | 'copy'
  | 'insert'
  | 'save'
  | 'open'
  | 'openTemplate'
  | 'remove'
  | `act:${string}`;

interface Look {
  readonly detail: OutputDetail;
  /** Copying has just worked. */
  readonly copied: boolean;
  /** There is text to do something with. */
  readonly hasText: boolean;
  readonly ended: boolean;
}

/** What can be done with an output and its answer. */
export function outputButtons(look: Look, ask: (command: DetailCommand) => void): TemplateResult[] {
  const { copied, ended, hasText } = look;
  const use = (icon: string, label: string, command: DetailCommand): TemplateResult[] =>
    hasText ? [iconButton(icon, label, () => ask(command))] : [];
  return [
    ...mainButtons(look, ask),
    button(copied ? t('Copied') : t('Copy'), () => ask('copy'), {
      icon: copied ? 'check' : 'copy',
      title: t('Copy the answer as it came'),
      disabled: !hasText,
    }),
    button(t('Open Template'), () => ask('openTemplate'), { icon: 'go-to-file' }),
    ...use('insert', t('Insert the answer at the cursor'), 'insert'),
    ...use('save-as', t('Save the answer as a file…'), 'save'),
    ...use('new-file', t('Open the answer as a document'), 'open'),
    ...(ended ? [iconButton('trash', t('Delete this output…'), () => ask('remove'))] : []),
  ];
}

/** No Re-run for an ended run whose values are not stored: it cannot be sent again as it was. */
function mainButtons(
  { detail, ended }: Look,
  ask: (command: DetailCommand) => void,
): TemplateResult[] {
  if (!ended) {
    return [button(t('Cancel'), () => ask('cancel'), { icon: 'debug-stop', primary: true })];
  }
  const again = button(t('Re-run'), () => ask('rerun'), {
    icon: 'debug-rerun',
    title: t('Send exactly the same request again'),
  });
  const anew = button(t('Regenerate…'), () => ask('regenerate'), {
    icon: 'edit',
    title: t('Change the values of this run, and run the template as it is now'),
  });
  return detail.repeatable ? [again, anew] : [anew];
}
