import { dirname } from 'node:path';
import type { OpenFolder } from '../../editor/folders.ts';
import type { JobNode } from '../jobsView.ts';
import { compactHistory } from './compactHistory.ts';
import { deleteHistory, deleteOutput } from './deleteHistory.ts';
import { exportHistory } from './exportHistory.ts';
import { showHistoryFolder } from './showFolder.ts';
import { useExistingHistory } from './useExisting.ts';
import { verifyHistory } from './verifyHistory.ts';

type Handler = (argument: unknown) => Promise<void>;

/** The commands about a folder's history. `openMeant` answers `undefined` when the person gave up. */
export function historyCommands(
  openMeant: (argument: unknown) => Promise<OpenFolder | undefined>,
): Record<string, Handler> {
  const on =
    (action: (open: OpenFolder) => Promise<void>): Handler =>
    async (argument) => {
      const open = await openMeant(argument);
      if (open) await action(open);
    };
  return {
    showHistoryFolder: on(({ folder }) => showHistoryFolder(folder.store.directory)),
    compactHistory: on(compactHistory),
    verifyHistory: on(verifyHistory),
    exportHistory: on(exportHistory),
    deleteHistory: on(deleteHistory),
    deleteOutput: async (node) => {
      const job = node as JobNode | undefined;
      if (job?.kind === 'job') await deleteOutput(job.open.folder.store, job.job.outputId);
    },
    // A store's directory lies among those of all others.
    useExistingHistory: on((open) =>
      useExistingHistory(open, dirname(open.folder.store.directory)),
    ),
  };
}
