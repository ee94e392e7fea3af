import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  type Command,
  type Connection,
  type Disposable,
  type ExecuteCommandParams,
  LSPErrorCodes,
  type Range,
  ResponseError,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import type { Client } from '../client.ts';
import type { Documents, OpenDocument } from '../documents.ts';
import type { Safely } from '../safely.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import type { Action, Place } from './actions/action.ts';
import { actionsAt } from './actions/actionsAt.ts';
import { fixAllKind } from './actions/fixAll.ts';
import { sortKind } from './actions/sortVariables.ts';
import { disposeAll, type Feature, spanOf } from './feature.ts';
import { diagnosticOf } from './problemReport.ts';
import { workspaceEdit } from './workspaceEdits.ts';

/** What a client that knows no code actions, only commands, sends back. */
const applyCommand = 'promptWorkbench.applyCodeAction';

/** How the same action is found again: all that it depends on, and its own words. */
interface Reference {
  readonly uri: string;
  readonly version: number;
  readonly range: Range;
  readonly kind: string;
  readonly title: string;
}

/** Quick fixes, refactorings and source actions. Their edits are made when one is chosen. */
export class CodeActionFeature implements Feature {
  readonly capabilities: ServerCapabilities;
  readonly #documents: Documents;
  readonly #index: WorkspaceIndex;
  readonly #client: Client;
  readonly #safely: Safely;

  constructor(documents: Documents, index: WorkspaceIndex, client: Client, safely: Safely) {
    this.#documents = documents;
    this.#index = index;
    this.#client = client;
    this.#safely = safely;
    this.capabilities = {
      codeActionProvider: {
        codeActionKinds: [
          CodeActionKind.QuickFix,
          CodeActionKind.RefactorExtract,
          CodeActionKind.RefactorInline,
          CodeActionKind.RefactorRewrite,
          fixAllKind,
          sortKind,
        ],
        resolveProvider: client.resolvesEdits,
      },
      ...(this.#byCommand ? { executeCommandProvider: { commands: [applyCommand] } } : {}),
    };
  }

  register(connection: Connection): Disposable {
    const asked = disposeAll(
      connection.onCodeAction(
        this.#safely.later<CodeActionParams, (Command | CodeAction)[]>(
          'codeAction',
          [],
          async (params) => {
            await this.#index.scanned(params.textDocument.uri);
            return this.#list(params);
          },
        ),
      ),
      connection.onCodeActionResolve(
        this.#safely.orReject('codeAction/resolve', (action: CodeAction) => this.#resolve(action)),
      ),
    );
    if (!this.#byCommand) return asked;
    return disposeAll(
      asked,
      connection.onExecuteCommand(
        this.#safely.orReject('executeCommand', (params: ExecuteCommandParams) =>
          this.#apply(connection, params),
        ),
      ),
    );
  }

  get #byCommand(): boolean {
    return !this.#client.codeActionLiterals && this.#client.appliesEdits;
  }

  #list({ textDocument: { uri }, range, context }: CodeActionParams): (Command | CodeAction)[] {
    const document = this.#documents.get(uri);
    const { codeActionLiterals } = this.#client;
    if (document === undefined || !(codeActionLiterals || this.#byCommand)) return [];
    const asked = context.triggerKind !== CodeActionTriggerKind.Automatic;
    const place = this.#place(document, range, asked);
    return actionsAt(place, context.only).map((action) => {
      const { kind, title } = action;
      const reference = { uri, version: document.version, range, kind, title };
      if (codeActionLiterals) return this.#literal(action, document, reference);
      return { title, command: applyCommand, arguments: [reference] };
    });
  }

  #literal(action: Action, document: OpenDocument, reference: Reference): CodeAction {
    const { kind, title, fixes, preferred } = action;
    const lazy = this.#client.resolvesEdits && kind !== CodeActionKind.QuickFix;
    return {
      title,
      kind,
      ...(fixes === undefined
        ? {}
        : { diagnostics: fixes.map((one) => diagnosticOf(one, document, this.#client)) }),
      ...(preferred === true ? { isPreferred: true } : {}),
      ...(lazy ? { data: reference } : this.#effect(action, document)),
    };
  }

  #effect(action: Action, { uri }: OpenDocument): Pick<CodeAction, 'edit' | 'command'> {
    const { names } = action;
    const edit = workspaceEdit(action.change(), this.#documents, this.#client);
    if (names === undefined || !this.#client.renamesAfter) return { edit };
    const title = 'Rename';
    return {
      edit,
      command: { title, command: this.#client.renamesAfter, arguments: [uri, names()] },
    };
  }

  #resolve(action: CodeAction): CodeAction {
    const reference = action.data as Reference | undefined;
    if (reference === undefined || action.edit !== undefined) return action;
    const found = this.#find(reference);
    return { ...action, ...this.#effect(found.action, found.document) };
  }

  async #apply(connection: Connection, params: ExecuteCommandParams): Promise<null> {
    const [reference] = (params.arguments ?? []) as [Reference | undefined];
    if (params.command !== applyCommand || reference === undefined) return null;
    const { action, document } = this.#find(reference);
    const { edit = {} } = this.#effect(action, document);
    await connection.workspace.applyEdit({ label: action.title, edit });
    return null;
  }

  /** @throws ResponseError when the text is another one by now. */
  #find({ uri, version, range, kind, title }: Reference): {
    readonly action: Action;
    readonly document: OpenDocument;
  } {
    const document = this.#documents.get(uri);
    const actions =
      document?.version === version ? actionsAt(this.#place(document, range, true), [kind]) : [];
    const action = actions.find((one) => one.title === title && one.kind === kind);
    if (document !== undefined && action !== undefined) return { action, document };
    const message = 'The text has changed meanwhile. Try again.';
    throw new ResponseError<never>(LSPErrorCodes.ContentModified, message);
  }

  #place(file: OpenDocument, range: Range, asked: boolean): Place {
    const { textDocument, uri } = file;
    return {
      file,
      folder: this.#index.folderOf(uri),
      selection: spanOf(textDocument, range),
      asked,
      createsFiles: this.#client.createsFiles && this.#client.versionedEdits,
    };
  }
}
