/**
 * What each webview page may ask and be told. The only file media/ shares with the extension besides the channel
 * and the model. Requests travel page → host and are always answered with a result or an error; events travel
 * host → page. What a page sends is untrusted input: the host checks it before use.
 */
import type { Context, Feedback, Job, Json, JobState, Message, Output } from '../model.ts';

/** One page's contract: `requests` maps a method to its parameters and result, `events` a name to its payload. */
export interface PageContract {
  readonly requests: Record<string, { readonly params: unknown; readonly result: unknown }>;
  readonly events: Record<string, unknown>;
}

// ---------------------------------------------------------------------------------------------- outputs page

export interface OutputRow {
  readonly id: string;
  readonly templateSlug: string;
  readonly templateName: string;
  readonly provider: string;
  readonly model: string;
  readonly status: JobState;
  readonly offline: boolean;
  readonly rating?: Feedback['rating'];
  readonly createdAt: number;
  readonly durationMs?: number;
  readonly outputTokens?: number;
  readonly preview: string;
}

/** A button that belongs to an error: the cause is in the message, the action is here. */
interface ErrorAction {
  readonly id: string;
  readonly label: string;
}

export interface OutputDetail {
  readonly output: Output;
  readonly messages: readonly Message[];
  readonly context: Context;
  readonly attempts: Job['attempts'];
  /** For a waiting job: why and until when. */
  readonly waiting?: { readonly reason: string; readonly until?: number };
  /** For a job that waits or runs: when it will probably have ended, milliseconds since the epoch. */
  readonly estimatedCompletion?: number;
  /** What helps when `output.error` is set. */
  readonly actions: readonly ErrorAction[];
  /** False when values that are not stored would be needed to send it again. */
  readonly repeatable: boolean;
  readonly credentialName?: string;
}

export interface OutputListFilter {
  readonly text: string;
  readonly status: JobState | '';
  readonly rating: Feedback['rating'] | 'none' | '';
  /** Template slug, or empty for all of them. */
  readonly template: string;
  /** Empty for all of them. */
  readonly model: string;
}

/** What the outputs of the history can be filtered by, the most frequent first. */
export interface OutputChoices {
  readonly templates: readonly { readonly slug: string; readonly name: string }[];
  readonly models: readonly string[];
}

/** How far the search for a text is that goes through all texts of the history. */
export interface SearchState {
  readonly state: 'searching' | 'done' | 'cancelled' | 'failed';
  readonly found: number;
  /** From 0 to 1. */
  readonly share: number;
}

export interface OutputsContract extends PageContract {
  readonly requests: {
    /** The page is up and will hear events from now on; answers where it starts. */
    ready: { params: Record<string, never>; result: { select?: string; trouble?: string } };
    /** A page of rows, newest first, and how many there are in all; with a text: of those found so far. */
    list: {
      params: { filter: OutputListFilter; offset: number; limit: number };
      result: { rows: readonly OutputRow[]; total: number; search?: SearchState };
    };
    choices: { params: Record<string, never>; result: OutputChoices };
    /** Looks no further; what was found stays. */
    cancelSearch: { params: Record<string, never>; result: void };
    /** Asks, and deletes it for good; answers whether it did. */
    remove: { params: { id: string }; result: boolean };
    /** `undefined` when the output no longer exists. */
    detail: { params: { id: string }; result: OutputDetail | undefined };
    cancel: { params: { id: string }; result: void };
    /** Sends exactly the same request again; answers the new output's id. */
    rerun: { params: { id: string }; result: { id: string } };
    /** `undefined` clears the rating. */
    rate: { params: { id: string; rating?: Feedback['rating']; comment?: string }; result: void };
    copy: { params: { id: string }; result: void };
    /** Inserts the answer at the cursor, saves it as a file, or opens it as a document. */
    use: { params: { id: string; how: 'insert' | 'open' | 'save' }; result: void };
    /** Opens the run form of the template with the values of this output. */
    regenerate: { params: { id: string }; result: void };
    /** Runs an error's action in the editor (replace key, choose model …). */
    act: { params: { id: string; action: string }; result: void };
    openTemplate: { params: { id: string }; result: void };
    runPrompt: { params: Record<string, never>; result: void };
  };
  readonly events: {
    /** Show this output. */
    select: { id: string };
    /** Rows were added or changed: ask again for what is on screen. */
    changed: { ids: readonly string[] };
    /** The search has found something, looked at more, or ended. */
    search: SearchState;
    /** Text that arrived since `offset` characters of the output's text; at most one event per frame. */
    text: { id: string; offset: number; text: string };
    /** A banner about the store (read-only, disk full); `undefined` takes it away. */
    trouble: { message: string | undefined };
  };
}

// ---------------------------------------------------------------------------------------------- preview page

export interface PreviewState {
  readonly title: string;
  readonly uri: string;
  readonly messages: readonly Message[];
  /** Names shown in place as `⟦name⟧`. */
  readonly missing: readonly string[];
  readonly problems: readonly PreviewProblem[];
  readonly samples: readonly string[];
  /** The sample in use, if one is. */
  readonly sample?: string;
  readonly variables: readonly FormVariable[];
  readonly values: Context;
  /** Why nothing could be rendered, when it is not the template's fault (the language server is down). */
  readonly failure?: string;
}

export interface PreviewProblem {
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  /** Zero-based. */
  readonly line: number;
  readonly character: number;
}

export interface PreviewContract extends PageContract {
  readonly requests: {
    /** The page is up; answers what to show. `undefined` when no template is open. */
    ready: { params: Record<string, never>; result: PreviewState | undefined };
    useSample: { params: { name: string | undefined }; result: void };
    setValue: { params: { name: string; value: Json | undefined }; result: void };
    reveal: { params: { line: number; character: number }; result: void };
    /**
     * Shows in the template where a character of a message comes from, in UTF-16 units from the beginning of its
     * content. `focus`: the editor gets the focus as well.
     */
    locate: { params: { message: number; offset: number; focus: boolean }; result: void };
    run: { params: Record<string, never>; result: void };
  };
  readonly events: { show: PreviewState };
}

// ---------------------------------------------------------------------------------------------- run form page

export interface FormVariable {
  readonly name: string;
  readonly type: 'string' | 'text' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'any';
  readonly required: boolean;
  readonly description?: string;
  readonly default?: Json;
  readonly example?: Json;
  readonly enum?: readonly Json[];
  readonly sensitive?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
}

export interface RunFormState {
  readonly templateName: string;
  readonly uri: string;
  readonly description?: string;
  readonly variables: readonly FormVariable[];
  /** Prefilled: the values last given, else defaults. */
  readonly values: Context;
  readonly samples: readonly { readonly name: string; readonly values: Context }[];
  /** e.g. `Echo (offline) · echo-1`. */
  readonly target: string;
  readonly offline: boolean;
}

export interface RunFormContract extends PageContract {
  readonly requests: {
    ready: { params: Record<string, never>; result: RunFormState };
    /** Queues the job and closes the form. Rejects with the reason when the values do not do. */
    run: { params: { values: Context }; result: void };
    /** What was typed so far, kept so that closing loses nothing. */
    keep: { params: { values: Context }; result: void };
    close: { params: Record<string, never>; result: void };
  };
  readonly events: { show: RunFormState };
}
