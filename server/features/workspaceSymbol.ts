import {
  type Connection,
  type Disposable,
  type SymbolInformation,
  SymbolKind,
  type WorkspaceSymbolParams,
} from 'vscode-languageserver/node';
import type { TemplateFile } from '../folderIndex.ts';
import type { Safely } from '../safely.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { type Feature, rangeOf } from './feature.ts';

/** Templates of every workspace folder by name, slug or tag. */
export class WorkspaceSymbolFeature implements Feature {
  readonly capabilities = { workspaceSymbolProvider: true };
  readonly #index: WorkspaceIndex;
  readonly #safely: Safely;

  constructor(index: WorkspaceIndex, safely: Safely) {
    this.#index = index;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    return connection.onWorkspaceSymbol(
      this.#safely.later('workspaceSymbol', [], async ({ query }: WorkspaceSymbolParams) => {
        await this.#index.allScanned();
        return [...this.#index.all()].filter((file) => matches(query, file)).map(symbolOf);
      }),
    );
  }
}

/** The letters of the query occur in this order, as editors match them. */
function matches(query: string, { analysis }: TemplateFile): boolean {
  const settings = analysis.frontMatter?.settings;
  const words = [settings?.name ?? '', analysis.slug, ...(settings?.tags ?? [])];
  return words.some((word) => {
    let at = 0;
    for (const letter of word.toLowerCase()) if (letter === query[at]?.toLowerCase()) at++;
    return at === query.length;
  });
}

function symbolOf({ analysis, uri, textDocument }: TemplateFile): SymbolInformation {
  const { settings, entries = [] } = analysis.frontMatter ?? {};
  const span = entries.find(({ key }) => key === 'name')?.valueSpan ?? { start: 0, end: 0 };
  return {
    name: settings?.name ?? analysis.slug,
    kind: SymbolKind.File,
    containerName: [analysis.slug, ...(settings?.tags ?? []).map((tag) => `#${tag}`)].join(' '),
    location: { uri, range: rangeOf(textDocument, span) },
  };
}
