import { pathToFileURL } from 'node:url';
import type { InitializeParams } from 'vscode-languageserver/node';
import { encodingOf, type PositionEncoding } from './positionEncoding.ts';

/** What the editor at the other end can do. Everything is off that it does not announce. */
export interface Client {
  /** URIs of the workspace folders. */
  readonly folders: readonly string[];
  readonly encoding: PositionEncoding;
  readonly snippets: boolean;
  readonly markdown: boolean;
  readonly pullDiagnostics: boolean;
  readonly refreshDiagnostics: boolean;
  readonly relatedDiagnostics: boolean;
  readonly diagnosticTags: boolean;
  readonly hierarchicalSymbols: boolean;
  readonly foldingLimit: number;
  readonly watchesFiles: boolean;
  readonly folderChanges: boolean;
  readonly codeActionLiterals: boolean;
  /** The edits of a code action may be made when it is chosen. */
  readonly resolvesEdits: boolean;
  readonly appliesEdits: boolean;
  /** A command of the client that lets a name be typed anew; it is given a URI and an offset. */
  readonly renamesAfter: string | undefined;
  readonly createsFiles: boolean;
  readonly renamesFiles: boolean;
  readonly versionedEdits: boolean;
  readonly labelDetails: boolean;
  /** It can be asked for settings. */
  readonly configuration: boolean;
  readonly watchesConfiguration: boolean;
  readonly refreshInlayHints: boolean;
  /** It can be asked what is known of models. */
  readonly modelTable: boolean;
  /** Commands of ours that it runs itself, as its initialization options name them. */
  readonly commands: readonly string[];
}

export function clientOf(params: InitializeParams): Client {
  const { general, textDocument, workspace } = params.capabilities ?? {};
  const item = textDocument?.completion?.completionItem;
  const edits = workspace?.workspaceEdit;
  const actions = textDocument?.codeAction;
  return {
    folders: foldersOf(params),
    encoding: encodingOf(general?.positionEncodings),
    snippets: item?.snippetSupport === true,
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    pullDiagnostics: textDocument?.diagnostic !== undefined,
    refreshDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    relatedDiagnostics: textDocument?.publishDiagnostics?.relatedInformation === true,
    diagnosticTags: textDocument?.publishDiagnostics?.tagSupport !== undefined,
    hierarchicalSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    foldingLimit: textDocument?.foldingRange?.rangeLimit ?? Number.POSITIVE_INFINITY,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    folderChanges: workspace?.workspaceFolders === true,
    codeActionLiterals: actions?.codeActionLiteralSupport !== undefined,
    resolvesEdits:
      actions?.dataSupport === true && actions.resolveSupport?.properties.includes('edit') === true,
    appliesEdits: workspace?.applyEdit === true,
    renamesAfter: renameCommandOf(params.initializationOptions),
    createsFiles: edits?.resourceOperations?.includes('create') === true,
    renamesFiles:
      edits?.documentChanges === true && edits.resourceOperations?.includes('rename') === true,
    versionedEdits: edits?.documentChanges === true,
    labelDetails: item?.labelDetailsSupport === true,
    configuration: workspace?.configuration === true,
    watchesConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    refreshInlayHints: workspace?.inlayHint?.refreshSupport === true,
    modelTable: optionOf(params.initializationOptions, 'modelTable') === true,
    commands: commandsOf(params.initializationOptions),
  };
}

function optionOf(options: unknown, name: string): unknown {
  const given = typeof options === 'object' && options !== null;
  return given ? (options as Readonly<Record<string, unknown>>)[name] : undefined;
}

function commandsOf(options: unknown): string[] {
  const commands = optionOf(options, 'commands');
  return Array.isArray(commands) ? commands.filter((one) => typeof one === 'string') : [];
}

/** An old client names its one folder in `rootUri`, a still older one in `rootPath`. */
function foldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): string[] {
  if (workspaceFolders && workspaceFolders.length > 0)
    return workspaceFolders.map(({ uri }) => uri);
  if (rootUri) return [rootUri];
  return rootPath ? [pathToFileURL(rootPath).toString()] : [];
}

function renameCommandOf(options: unknown): string | undefined {
  const command = optionOf(options, 'renameCommand');
  return typeof command === 'string' ? command : undefined;
}
