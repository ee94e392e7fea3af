import * as vscode from 'vscode';
import type { Wishes } from '../../store/store.ts';

/**
 * Shows how far a task is, with Cancel.
 * @returns `undefined` when the person cancelled it.
 */
export async function withProgress<T>(
  title: string,
  task: (wishes: Required<Wishes>, say: (message: string) => void) => Promise<T>,
): Promise<T | undefined> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { cancellable: true, location, title },
    async (progress, token) => {
      const abort = new AbortController();
      const cancelling = token.onCancellationRequested(() => {
        abort.abort();
      });
      try {
        const wishes = { onProgress: reporter(progress), signal: abort.signal };
        return await task(wishes, (message) => {
          progress.report({ message });
        });
      } catch (error) {
        if (abort.signal.aborted) return undefined;
        throw error;
      } finally {
        cancelling.dispose();
      }
    },
  );
}

/** From bytes done of bytes in all to the steps VS Code adds up. */
function reporter(
  progress: vscode.Progress<{ message?: string; increment?: number }>,
): (done: number, total: number) => void {
  let shown = 0;
  return (done, total) => {
    const percent = total > 0 ? Math.floor((done / total) * 100) : 100;
    if (percent <= shown) return;
    progress.report({ increment: percent - shown, message: `${percent} %` });
    shown = percent;
  };
}

export function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toLocaleString(vscode.env.language, { maximumFractionDigits: 1 });
}
