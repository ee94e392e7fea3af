/** What the whole walk shares: one VS Code, one folder, one provider, one key that must not leak. */
import { EditorSession } from '../support/editorSession.ts';
import { OpenAiDouble } from '../support/openaiDouble.ts';
import { OutputsPage, PreviewPage, RunFormPage } from '../support/pages.ts';
import { copySamples } from '../support/workspaces.ts';
import type { Workbench } from '../support/workbench.ts';

/** Typed into the product once; found again nowhere but in the provider's hands. */
export const canaryKey = `sk-canary-${'7d3f9b1c'.repeat(4)}`;

export interface Walk {
  readonly session: EditorSession;
  /** A copy of samples/ that the walk may change. */
  readonly folder: string;
  /** Knows no key but the canary. */
  readonly openai: OpenAiDouble;
  readonly window: Workbench;
  readonly outputs: OutputsPage;
  readonly form: RunFormPage;
  readonly preview: PreviewPage;
}

let current: Walk | undefined;

export async function startWalk(): Promise<void> {
  const session = await EditorSession.start();
  const folder = await copySamples(session.directory);
  const openai = await OpenAiDouble.start([canaryKey]);
  const window = await session.open(folder);
  current = { session, folder, openai, window, ...pagesOf(window) };
}

export async function endWalk(): Promise<void> {
  current?.openai.stop();
  await current?.session.stop();
  current = undefined;
}

export function pagesOf(window: Workbench): Pick<Walk, 'outputs' | 'form' | 'preview'> {
  return {
    outputs: new OutputsPage(window),
    form: new RunFormPage(window),
    preview: new PreviewPage(window),
  };
}

/** The walk under way. */
export function walk(): Walk {
  if (!current) throw new Error('The walk has not begun.');
  return current;
}
