/**
 * Our own language-server requests. Everything else the server speaks is the Language Server Protocol.
 * This is the only file of server/ that client/ imports; both sides share one definition of each message.
 */
import type {
  Diagnostic,
  Range,
  TextDocumentIdentifier,
  TextEdit,
} from 'vscode-languageserver-protocol';
import { NotificationType, RequestType, RequestType0 } from 'vscode-languageserver-protocol';

export const languageId = 'prompt-template';

export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

export interface RenderParams {
  readonly textDocument: TextDocumentIdentifier;
  /** Values by variable name. Variables left out take their `default`; the others come back in `missing`. */
  readonly context: Record<string, Value>;
  /** Asks for `sources` as well, which takes a second render. */
  readonly sources?: boolean;
}

interface RenderedMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** A part of a message's content and the place it comes from. */
export interface RenderedRun {
  /** In UTF-16 units from the beginning of the content, half open. */
  readonly start: number;
  readonly end: number;
  /** `text`: letter by letter what stands there. `value`: what a tag, or `system` of the front matter, gives. */
  readonly kind: 'text' | 'value';
  readonly range: Range;
  /** The document of the partial it comes from; absent: the rendered document. */
  readonly uri?: string;
}

export interface RenderResult {
  /**
   * The chat messages, in order. Empty exactly when the document has an error diagnostic (or does not exist).
   * Each missing value shows as `missingMarker(name)`.
   */
  readonly messages: RenderedMessage[];
  /** Every required value that was not given, in order of first use (dotted for members: `user.name`). */
  readonly missing: string[];
  /** The document's diagnostics. */
  readonly problems: Diagnostic[];
  /**
   * When asked for: for each message its runs, in order and without overlap; `null` where they are not known for
   * certain or took too long. What is in no run is white space, or a mark of what is missing.
   */
  readonly sources?: (RenderedRun[] | null)[];
}

/** Renders the document as it stands in the editor, or on disk when it is not open. Sends nothing anywhere. */
export const renderRequest = new RequestType<RenderParams, RenderResult, void>('prompt/render');

import type { ModelTable } from './language/modelTable.ts';
export type { ModelTable };
export { missingMarker } from './language/marker.ts';

export interface DescribeParams {
  readonly textDocument: TextDocumentIdentifier;
}

type VariableType =
  | 'string'
  | 'text'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'array'
  | 'object'
  | 'any';

export interface DescribedVariable {
  readonly name: string;
  readonly type: VariableType;
  /** In the `variables` of the front matter, or of the partial that needs it; otherwise only used in a body. */
  readonly declared: boolean;
  readonly required: boolean;
  readonly description?: string;
  readonly default?: Value;
  readonly example?: Value;
  readonly enum?: Value[];
  readonly sensitive?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
}

/** What the front matter says about a template, normalised (aliases resolved, defaults applied). */
export interface DescribeResult {
  readonly slug: string;
  readonly name: string;
  readonly description?: string;
  readonly format: 'text' | 'markdown' | 'json' | 'html' | 'yaml' | 'xml';
  readonly schema?: Value;
  readonly provider?: string;
  readonly model?: string;
  /** Credential name or id. */
  readonly credential?: string;
  readonly priority: 'high' | 'default' | 'low';
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly stop?: string[];
  readonly system?: string;
  readonly active: boolean;
  readonly tags: string[];
  /** Declared ones in their order, then undeclared roots in order of first use, then what only partials use. */
  readonly variables: DescribedVariable[];
  readonly samples: { readonly name: string; readonly values: Record<string, Value> }[];
  /** Made-up values for everything that is needed: declared, used, or used by partials. */
  readonly generated: Record<string, Value>;
  /** True when an error diagnostic makes rendering refuse. */
  readonly hasErrors: boolean;
}

/** Names that are worth offering in the front matter of a folder's templates. Nothing secret is among them. */
export interface KnownNamesParams {
  /** URI of the workspace folder; absent for templates outside of any. */
  readonly folder?: string;
  /** `models`: ids, as the provider last listed them. */
  readonly providers: {
    readonly slug: string;
    readonly name: string;
    readonly models: readonly string[];
  }[];
  /** `provider`: a slug. */
  readonly credentials: { readonly name: string; readonly provider: string }[];
}

/** The client tells what it knows of a folder, whenever that changes; it takes the place of what it told before. */
export const knownNamesNotification = new NotificationType<KnownNamesParams>('prompt/knownNames');

/**
 * Asked of the client by the server, once, when a template names a model: what is known of models. Only of clients
 * whose initialization options say `modelTable: true`.
 */
export const modelTableRequest = new RequestType0<ModelTable, void>('prompt/modelTable');

/** What a run form, the tree and the queue need to know of a template; `null` when the document does not exist. */
export const describeRequest = new RequestType<DescribeParams, DescribeResult | null, void>(
  'prompt/describe',
);

export interface LastContextParams {
  readonly textDocument: TextDocumentIdentifier;
  /** By variable name, without the values of sensitive variables; `null`: there are none any more. */
  readonly context: Record<string, Value> | null;
}

/** The values a template was last given, for checks and quick fixes. Kept in memory only. */
export const lastContextNotification = new NotificationType<LastContextParams>(
  'prompt/lastContext',
);

export interface GenerateSampleParams {
  readonly textDocument: TextDocumentIdentifier;
}

export interface GenerateSampleResult {
  /** The name of the new sample. */
  readonly name: string;
  /** Adds it to the front matter of the document as it stands. */
  readonly edits: TextEdit[];
}

/** A sample with a made-up value for every variable; `null` when the document is not open or not a template. */
export const generateSampleRequest = new RequestType<
  GenerateSampleParams,
  GenerateSampleResult | null,
  void
>('prompt/generateSample');

export interface ImportParams {
  /** With its ending, which tells what kind of file it is. */
  readonly fileName: string;
  readonly text: string;
}

/** Something of a file that the template made of it, or the other way round, does not have. */
export interface NotCarried {
  /** The key, tag or text in question. */
  readonly key: string;
  readonly reason: string;
  /** In the original, from 1. */
  readonly line?: number;
}

export interface ImportResult {
  /** Whose file it is. */
  readonly tool: string;
  readonly templates: {
    /** For the file, without ending. */
    readonly name: string;
    /** A whole template, without errors. */
    readonly text: string;
    readonly losses: NotCarried[];
  }[];
}

/** Makes templates of a file of another tool; `null` when it is not one that can be read. Writes nothing. */
export const importRequest = new RequestType<ImportParams, ImportResult | null, void>(
  'prompt/import',
);

export interface ExportParams {
  readonly textDocument: TextDocumentIdentifier;
}

export interface ExportResult {
  /** The body with `{{ }}`. */
  readonly body: string;
  /** The whole record, as YAML. */
  readonly record: string;
  readonly losses: NotCarried[];
}

/** The document for systems that know only `{{variable_name}}`; `null` when there is no such template. */
export const exportRequest = new RequestType<ExportParams, ExportResult | null, void>(
  'prompt/export',
);

export interface SniffResult {
  /** The tool the file belongs to when it is clearly not ours. */
  readonly tool?: string;
}

/** Whose file a document is, for the offer to import it. */
export const sniffRequest = new RequestType<ExportParams, SniffResult, void>('prompt/sniff');
