import type {
  Connection,
  Disposable,
  FileOperationRegistrationOptions,
  FileRename,
  RenameFilesParams,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Client } from '../client.ts';
import type { Documents } from '../documents.ts';
import { extension, isWithin } from '../files.ts';
import type { FolderIndex, TemplateFile } from '../folderIndex.ts';
import type { Safely } from '../safely.ts';
import { slugOf } from '../slug.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { disposeAll, type Feature } from './feature.ts';
import { callsOf } from './occurrences.ts';
import { type FileEdit, workspaceEdit } from './workspaceEdits.ts';

const templates: FileOperationRegistrationOptions = {
  filters: [
    { pattern: { glob: `**/*${extension}`, matches: 'file' } },
    { pattern: { glob: '**', matches: 'folder' } },
  ],
};

/** A template that goes from one place to another. */
interface Move {
  readonly file: TemplateFile;
  readonly folder: FolderIndex;
  readonly newUri: string;
}

/** Files and folders that are renamed or moved: what calls a template by its file name goes with it. */
export class FileOperationsFeature implements Feature {
  readonly capabilities = {
    workspace: { fileOperations: { willRename: templates, didRename: templates } },
  };
  readonly #documents: Documents;
  readonly #index: WorkspaceIndex;
  readonly #client: Client;
  readonly #safely: Safely;

  constructor(documents: Documents, index: WorkspaceIndex, client: Client, safely: Safely) {
    this.#documents = documents;
    this.#index = index;
    this.#client = client;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    return disposeAll(
      connection.workspace.onWillRenameFiles(
        this.#safely.later<RenameFilesParams, WorkspaceEdit | null>(
          'willRename',
          null,
          async ({ files }) => {
            await this.#index.allScanned();
            return this.#edit(files) ?? null;
          },
        ),
      ),
      connection.workspace.onDidRenameFiles(
        this.#safely.event('didRename', ({ files }: RenameFilesParams) => this.#moved(files)),
      ),
    );
  }

  #edit(files: readonly FileRename[]): WorkspaceEdit | undefined {
    const edits = renamedSlugs(this.#moves(files)).flatMap((renamed) => newCalls(renamed));
    if (edits.length === 0) return undefined;
    return workspaceEdit({ edits }, this.#documents, this.#client);
  }

  /** The index follows, also for a client that watches no files. */
  async #moved(files: readonly FileRename[]): Promise<void> {
    const moves = this.#moves(files);
    for (const { file, newUri } of moves) {
      await this.#index.fileChanged(file.uri);
      await this.#index.fileChanged(newUri);
    }
  }

  /** The templates among the files, and those within the folders. */
  #moves(files: readonly FileRename[]): Move[] {
    return files.flatMap(({ oldUri, newUri }) =>
      [...this.#index.all()].flatMap((file) => {
        const folder = this.#index.folderOf(file.uri);
        if (folder.get(oldUri) === file) return [{ file, folder, newUri }];
        if (!isWithin(oldUri, file.uri)) return [];
        const rest = file.uri.slice(oldUri.replace(/\/$/, '').length);
        return [{ file, folder, newUri: newUri.replace(/\/$/, '') + rest }];
      }),
    );
  }
}

interface RenamedSlug {
  readonly folder: FolderIndex;
  readonly before: string;
  readonly after: string;
}

/** Where the file name gives the slug, and another one afterwards, which no other template has. */
function renamedSlugs(moves: readonly Move[]): RenamedSlug[] {
  const moving = new Set(moves.map(({ file }) => file));
  return moves.flatMap(({ file, folder, newUri }) => {
    const { slug, frontMatter } = file.analysis;
    const after = slugOf(newUri);
    if (frontMatter?.settings.slug !== undefined || after === slug) return [];
    if (!newUri.endsWith(extension) || folder.bySlug(slug) !== file) return [];
    const taken = folder.bySlug(after);
    return taken === undefined || moving.has(taken) ? [{ folder, before: slug, after }] : [];
  });
}

function newCalls({ folder, before, after }: RenamedSlug): FileEdit[] {
  return [...folder.all()].flatMap((caller) =>
    callsOf(before, caller).map(({ span }) => ({ file: caller, span, text: after })),
  );
}
