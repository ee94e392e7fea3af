import type { JobState } from '../../client/model.ts';
import { t } from './l10n.ts';

interface StatusLook {
  readonly icon: string;
  readonly spin?: boolean;
  readonly label: string;
}

/** How a state looks and reads, the same as in the Jobs view. */
export function statusLook(status: JobState): StatusLook {
  switch (status) {
    case 'pending':
      return { icon: 'clock', label: t('Waiting') };
    case 'processing':
      return { icon: 'loading', spin: true, label: t('Running') };
    case 'completed':
      return { icon: 'pass', label: t('Completed') };
    case 'failed':
      return { icon: 'error', label: t('Failed') };
    case 'cancelled':
      return { icon: 'circle-slash', label: t('Cancelled') };
    case 'interrupted':
      return { icon: 'debug-disconnect', label: t('Interrupted') };
  }
}
