import * as vscode from 'vscode';
import type { OutputsDependencies, OutputsPanels } from '../panels/outputsPanel.ts';
import type { PreviewDependencies, PreviewPanels } from '../panels/previewPanel.ts';
import type { RunFormDependencies, RunFormPanels } from '../panels/runFormPanel.ts';
import { type PageName, viewTypes } from '../panels/viewTypes.ts';

interface Restorable extends vscode.Disposable {
  restore(panel: vscode.WebviewPanel, state: unknown): void;
}

/** The panels of the window. Each kind's code is loaded when its first panel opens or comes back after a reload. */
export class Panels implements vscode.Disposable {
  readonly outputs: () => Promise<OutputsPanels>;
  readonly preview: () => Promise<PreviewPanels>;
  readonly runForm: () => Promise<RunFormPanels>;
  readonly #loaded: vscode.Disposable[] = [];

  constructor(dependencies: {
    readonly outputs: OutputsDependencies;
    readonly preview: PreviewDependencies;
    readonly runForm: RunFormDependencies;
  }) {
    this.outputs = this.#once(async () => {
      const { OutputsPanels } = await import('../panels/outputsPanel.ts');
      return new OutputsPanels(dependencies.outputs);
    });
    this.preview = this.#once(async () => {
      const { PreviewPanels } = await import('../panels/previewPanel.ts');
      return new PreviewPanels(dependencies.preview);
    });
    this.runForm = this.#once(async () => {
      const { RunFormPanels } = await import('../panels/runFormPanel.ts');
      return new RunFormPanels(dependencies.runForm);
    });
  }

  /** Lets VS Code bring panels back after a reload. */
  register(): vscode.Disposable {
    const serializer = (page: PageName, panels: () => Promise<Restorable>): vscode.Disposable =>
      vscode.window.registerWebviewPanelSerializer(viewTypes[page], {
        deserializeWebviewPanel: async (panel, state: unknown) => {
          (await panels()).restore(panel, state);
        },
      });
    return vscode.Disposable.from(
      serializer('outputs', this.outputs),
      serializer('preview', this.preview),
      serializer('runForm', this.runForm),
    );
  }

  dispose(): void {
    for (const panels of this.#loaded) panels.dispose();
  }

  #once<T extends Restorable>(load: () => Promise<T>): () => Promise<T> {
    let loading: Promise<T> | undefined;
    return () => {
      loading ??= load().then((panels) => {
        this.#loaded.push(panels);
        return panels;
      });
      return loading;
    };
  }
}
