/**
 * What an LLM vendor adapter must do. One file per SDK, each loaded on first use; nothing else names an SDK.
 */
import type { Cost, ErrorInfo, Message, OutputFormat, Parameters, Usage } from '../model.ts';

/** Where and with what a request goes. The key is a function so that printing a connection never shows it. */
export interface Connection {
  /** The credential's name, for messages. */
  readonly name?: string;
  /** Without trailing slash. */
  readonly baseUrl: string;
  /** Only origin the key may be sent to. */
  readonly origin: string;
  /** `undefined` for keyless servers. */
  readonly key: (() => string) | undefined;
  /** The version of the API this credential is pinned to, where the provider has versions. */
  readonly apiVersion?: string;
}

export interface ProviderRequest {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly parameters: Parameters;
  readonly format: OutputFormat;
  /** The template names the model; decides the words of an error. */
  readonly ownModel?: boolean;
}

/** How an answer ended; only returned when the provider's own end marker was seen. */
export interface Completion {
  readonly finishReason: string;
  readonly modelAnswered?: string;
  readonly usage?: Usage;
  readonly cost?: Cost;
  readonly requestId?: string;
  /** Things the person should know, e.g. a parameter that had to be dropped. */
  readonly notes?: readonly string[];
}

export interface ModelInfo {
  readonly id: string;
  readonly ownedBy?: string;
  readonly createdAt?: number;
}

export interface Provider {
  /**
   * Sends one request and calls `onText` with each piece as it arrives.
   * @throws ProviderError for every fault, including abort (`cancelled`) and a stream without an end marker.
   */
  stream(
    connection: Connection,
    request: ProviderRequest,
    onText: (text: string) => void,
    signal: AbortSignal,
  ): Promise<Completion>;
  /** The provider's own listing. @throws ProviderError */
  listModels(connection: Connection, signal: AbortSignal): Promise<ModelInfo[]>;
}

/** A well-known server of a protocol that many speak. */
export interface Preset {
  readonly name: string;
  /** As it is by default; the person may change it. */
  readonly baseUrl: string;
  /** False for servers on the person's own machine. */
  readonly needsKey: boolean;
  readonly keyUrl?: string;
}

/** A provider as the registry lists it; costs nothing until `load`. */
export interface ProviderDescription {
  /** e.g. `openai`. */
  readonly slug: string;
  readonly name: string;
  /** Default base URL offered when a credential is added; empty for providers without one. */
  readonly baseUrl: string;
  /** False for providers that work without credential (echo). */
  readonly needsCredential: boolean;
  /** Everything it answers is marked as offline. */
  readonly offline: boolean;
  /** Where a person gets a key. */
  readonly keyUrl?: string;
  /** Servers that speak its protocol, to choose from when a credential is added; there is no one server then. */
  readonly presets?: readonly Preset[];
  /** Used when neither template nor credential names a model. */
  readonly defaultModel?: string;
  load(): Promise<Provider>;
}

/** Every fault of a provider, classified. `info.message` is redacted and fit to show. */
export class ProviderError extends Error {
  readonly info: ErrorInfo;
  constructor(info: ErrorInfo, options?: { cause?: unknown }) {
    super(info.message, options);
    this.name = 'ProviderError';
    this.info = info;
  }

  /** Like `instanceof`, also for errors from another bundle, which has its own copy of this class. */
  static is(error: unknown): error is ProviderError {
    return error instanceof Error && error.name === 'ProviderError' && 'info' in error;
  }
}
