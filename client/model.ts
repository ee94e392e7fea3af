/**
 * The words that travel through the product: what the store keeps, the queue runs and the panels show.
 * Every type here is plain JSON (no class, no `Date`): times are milliseconds since the epoch, ids are
 * random UUIDs unless said otherwise. This file imports nothing.
 */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The values a template is rendered with: variable name → value. */
export type Context = Record<string, Json>;

export type Role = 'system' | 'user' | 'assistant';

export interface Message {
  readonly role: Role;
  readonly content: string;
}

export const outputFormats = ['text', 'markdown', 'json', 'html', 'yaml', 'xml'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** Highest first: the order in which waiting jobs are taken. */
export type Priority = 'high' | 'default' | 'low';

/** Sampling parameters as the author wrote them; an adapter translates names and drops what a model refuses. */
export interface Parameters {
  readonly temperature?: number;
  /** Upper bound of tokens in the answer. */
  readonly maxTokens?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly stop?: readonly string[];
  /** JSON Schema the answer must satisfy; only with format `json`. */
  readonly schema?: Json;
}

/**
 * A key's public half. The key itself is in VS Code's SecretStorage and nowhere else; it may only be
 * sent to `origin`, the scheme, host and port it was entered for.
 */
export interface Credential {
  readonly id: string;
  /** Provider slug, e.g. `openai`. */
  readonly provider: string;
  readonly name: string;
  /** As typed, without trailing slash, e.g. `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** `new URL(baseUrl).origin` at the time the key was entered. */
  readonly origin: string;
  /** True when the server needs no key (a local one); then SecretStorage holds none. */
  readonly keyless: boolean;
  readonly preferredModel?: string;
  readonly temperature?: number;
  readonly maxTokens?: number;
  /** Default system prompt, used when the template has none. */
  readonly system?: string;
  readonly isDefault: boolean;
  readonly enabled: boolean;
  /** Smaller comes first among credentials of one provider. */
  readonly priority: number;
  readonly createdAt: number;
  readonly lastUsedAt?: number;
  /** Counts the edits by a person, a replaced key among them. Being used or made the default is none. */
  readonly edits?: number;
  /** What the provider allows this key; the queue keeps to it. */
  readonly rateLimits?: RateLimits;
}

/** Each at least 1; one that is missing does not limit. */
export interface RateLimits {
  readonly requestsPerMinute?: number;
  /** Of prompts and answers together. */
  readonly tokensPerMinute?: number;
}

/** Which template a job came from. */
export interface TemplateRef {
  readonly slug: string;
  readonly name: string;
  /** Document URI at the time of the run; the file may have moved since. */
  readonly uri: string;
}

/** Everything that decides what is sent; a Re-run sends exactly this again. */
export interface JobRequest {
  /** Provider slug. */
  readonly provider: string;
  readonly model: string;
  /** Credential id; `undefined` for providers without keys (echo). */
  readonly credential?: string;
  readonly messages: readonly Message[];
  readonly parameters: Parameters;
  readonly format: OutputFormat;
  /** The template itself names the model: one chosen for the credential would not count. */
  readonly ownModel?: boolean;
}

export const jobStates = [
  'pending',
  'processing',
  'completed',
  'failed',
  'cancelled',
  'interrupted',
] as const;
export type JobState = (typeof jobStates)[number];

/** A queued request. Pending → processing → one of the four ends. */
export interface Job {
  readonly id: string;
  readonly state: JobState;
  readonly priority: Priority;
  readonly template: TemplateRef;
  readonly context: Context;
  readonly request: JobRequest;
  readonly user: string;
  /** Who or what started it. */
  readonly startedBy: 'user' | 'api' | 'tool' | 'test' | 'schedule';
  readonly queuedAt: number;
  /** When a person moved it to the front of those that wait: the last one moved runs first. */
  readonly front?: number;
  /** Window that enqueued it; other windows leave it alone while that one lives. */
  readonly queuedBy: string;
  /** Not before this time (retry waits survive a restart). */
  readonly runAt?: number;
  /** The window working on it, since when. */
  readonly claim?: { readonly window: string; readonly at: number };
  /** Written durably before a request's first byte leaves: after this nobody sends again by itself. */
  readonly sent?: { readonly attempt: number; readonly credential?: string; readonly at: number };
  readonly attempts: readonly Attempt[];
  /** Why it waits, failed or was interrupted. */
  readonly error?: ErrorInfo;
  /** Set by any window that wants it stopped; the owner obeys. */
  readonly cancelRequested?: boolean;
  readonly outputId: string;
  readonly executionId: string;
  /** Values of sensitive variables are not in here: only the window that enqueued it can send it. */
  readonly withheld?: boolean;
  /** Output id this repeats, for Re-run. */
  readonly rerunOf?: string;
  readonly finishedAt?: number;
}

/** One call to a provider. Never holds a key. */
export interface Attempt {
  /** 1-based. */
  readonly number: number;
  readonly provider: string;
  readonly credential?: string;
  readonly modelAsked: string;
  readonly modelAnswered?: string;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly error?: ErrorInfo;
  readonly requestId?: string;
  readonly usage?: Usage;
  /** `undefined`: not known. */
  readonly cost?: Cost;
}

export interface Usage {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  /** Of the input tokens, those that the provider read from its cache. */
  readonly cacheReadTokens?: number;
  /** True when counted by us instead of reported by the provider. */
  readonly estimated?: boolean;
}

/** What an attempt cost, with the price it was computed by. */
export interface Cost {
  readonly amount: number;
  readonly currency: 'USD';
  /** Per million tokens. */
  readonly inputPrice: number;
  readonly outputPrice: number;
  /** Day of the price table, as `YYYY-MM-DD`. */
  readonly priceDate: string;
}

export const errorKinds = [
  'auth',
  'permission',
  'model_not_found',
  'endpoint_not_found',
  'invalid_request',
  'rate_limited',
  'quota_exhausted',
  'overloaded',
  'server_error',
  'timeout',
  'network',
  'content_filtered',
  'cancelled',
  'malformed_response',
  'stream_truncated',
  /** Nobody is named and there is none. */
  'no_credential',
  /** The one that is asked for is not in this folder. */
  'credential_missing',
  /** The one that is asked for cannot answer this: disabled, or of another provider. */
  'credential_unfit',
  /** There are several and none is the default. */
  'no_default',
  /** The secret storage of this machine does not have the key, or does not give it. */
  'key_missing',
  /** The template asks for a provider that does not exist. */
  'unknown_provider',
  /** The folder's setting names a provider that does not exist. */
  'unknown_default_provider',
  'no_model',
  'origin_mismatch',
  'interrupted',
  'internal',
] as const;
export type ErrorKind = (typeof errorKinds)[number];

/** What went wrong, for people: `message` names the cause, `kind` decides the action offered. */
export interface ErrorInfo {
  readonly kind: ErrorKind;
  /** Complete sentence(s), redacted, fit to show. */
  readonly message: string;
  readonly status?: number;
  readonly requestId?: string;
  /** The provider's or the system's own code, e.g. `insufficient_quota`, `ECONNREFUSED`. */
  readonly code?: string;
  /** Lower bound before a retry, from the provider. */
  readonly retryAfterMs?: number;
  /** Trying again soon will hardly help (unknown host name, bad certificate, nothing listens on this machine). */
  readonly lasting?: boolean;
}

/** The audit record of a job: what was asked, of whom, by whom, and how it ended. */
export interface Execution {
  readonly id: string;
  readonly jobId: string;
  readonly outputId: string;
  readonly template: TemplateRef;
  readonly context: Context;
  readonly request: JobRequest;
  readonly status: Exclude<JobState, 'pending' | 'processing'>;
  /** Rendered only, nothing sent. Kept out of metrics. */
  readonly preview: boolean;
  readonly user: string;
  readonly queuedAt: number;
  readonly startedAt?: number;
  readonly finishedAt: number;
  readonly attempts: readonly Attempt[];
  readonly usage?: Usage;
  readonly cost?: Cost;
  readonly error?: ErrorInfo;
}

export interface Feedback {
  readonly rating: 'up' | 'down';
  readonly comment?: string;
  readonly user: string;
  readonly at: number;
}

/** What came back. While its job is processing, `text` is what has arrived so far. */
export interface Output {
  readonly id: string;
  readonly jobId: string;
  readonly executionId: string;
  readonly template: TemplateRef;
  readonly provider: string;
  readonly model: string;
  readonly credential?: string;
  readonly format: OutputFormat;
  readonly status: JobState;
  readonly text: string;
  /** The text is not the whole answer (cancelled, cut off or still streaming). */
  readonly partial: boolean;
  /** Made by the offline provider: shown as such wherever the output shows. */
  readonly offline: boolean;
  readonly finishReason?: string;
  /** Things the person should know, e.g. a parameter that had to be dropped. */
  readonly notes?: readonly string[];
  readonly usage?: Usage;
  readonly cost?: Cost;
  readonly durationMs?: number;
  readonly error?: ErrorInfo;
  readonly feedback?: Feedback;
  readonly createdAt: number;
  readonly finishedAt?: number;
}

/** The values last given for a template, so that the run form can offer them again. */
export interface RememberedContext {
  /** Template slug. */
  readonly id: string;
  readonly values: Context;
  readonly at: number;
}

/** Who registers returns the undoing. */
export interface Disposable {
  dispose(): void;
}
