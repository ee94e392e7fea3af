/** Who answers a template and with what: the template's wishes over the credential's, over the provider's. */
import type { Credentials } from '../credentials/credentials.ts';
import type {
  Credential,
  ErrorKind,
  JobRequest,
  Json,
  Message,
  OutputFormat,
  Parameters,
} from '../model.ts';
import { type ProviderDescription, ProviderError } from '../providers/provider.ts';
import type { Registry } from '../providers/registry.ts';

/** What a template says about how it wants to run (the language server's `prompt/describe`). */
export interface RunWishes {
  readonly provider?: string;
  readonly model?: string;
  /** Credential name or id. */
  readonly credential?: string;
  readonly format: OutputFormat;
  /** JSON Schema. */
  readonly schema?: unknown;
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly stop?: readonly string[];
}

export interface Target {
  readonly provider: ProviderDescription;
  readonly credential: Credential | undefined;
  readonly model: string;
  /** The template names the model. */
  readonly ownModel: boolean;
  readonly parameters: Parameters;
  readonly format: OutputFormat;
}

export interface TargetOptions {
  readonly credentials: Pick<Credentials, 'defaultFor' | 'find' | 'list'>;
  readonly providers: Registry;
  /** Provider slug for templates that name none. */
  readonly defaultProvider: () => string | undefined;
}

/** @throws ProviderError saying what is missing and what to do about it */
export async function resolveTarget(wishes: RunWishes, options: TargetOptions): Promise<Target> {
  const named = await namedCredential(wishes, options);
  const provider = await chosenProvider(wishes, named, options);
  const credential = provider.needsCredential
    ? (named ?? (await defaultCredential(provider, wishes, options)))
    : undefined;
  if (credential?.enabled === false) {
    throw refuse(
      'credential_unfit',
      `'${credential.name}' is disabled. Enable it, or choose another credential.`,
    );
  }
  const model = wishes.model ?? credential?.preferredModel ?? defaultModel(provider, credential);
  if (model === undefined) throw noModel(provider, credential);
  const { format } = wishes;
  const parameters = parametersOf(wishes, credential);
  const ownModel = wishes.model !== undefined;
  return { provider, credential, model, ownModel, parameters, format };
}

/** The request of a target; the credential's system prompt counts when the template has none. */
export function requestOf(
  { credential, format, model, ownModel, parameters, provider }: Target,
  messages: readonly Message[],
): JobRequest {
  const system = credential?.system?.trim();
  const hasSystem = messages.some(({ role }) => role === 'system');
  return {
    provider: provider.slug,
    model,
    ...(credential && { credential: credential.id }),
    messages: system && !hasSystem ? [{ role: 'system', content: system }, ...messages] : messages,
    parameters,
    format,
    ...(ownModel && { ownModel }),
  };
}

async function namedCredential(
  { credential, provider }: RunWishes,
  { credentials, providers }: TargetOptions,
): Promise<Credential | undefined> {
  if (credential === undefined) return undefined;
  const found = await credentials.find(credential);
  if (found === undefined) {
    const message = `There is no credential '${credential}' in this folder. Add it, or change the template's credential.`;
    throw refuse('credential_missing', message);
  }
  if (provider === undefined || provider === found.provider) return found;
  // A provider without keys has no use for it.
  if (providers.get(provider)?.needsCredential === false) return undefined;
  const message = `'${found.name}' is a credential of ${found.provider}, but the template asks for ${provider}. Change one of the two in the template.`;
  throw refuse('credential_unfit', message);
}

async function chosenProvider(
  wishes: RunWishes,
  named: Credential | undefined,
  { credentials, defaultProvider, providers }: TargetOptions,
): Promise<ProviderDescription> {
  const slug = wishes.provider ?? named?.provider ?? defaultProvider();
  if (slug !== undefined) {
    const provider = providers.get(slug);
    if (provider !== undefined) return provider;
    const known = providers.list().map((one) => one.slug);
    const message = `There is no provider '${slug}'. Use one of: ${known.join(', ')}.`;
    const inTemplate = slug === wishes.provider;
    throw refuse(inTemplate ? 'unknown_provider' : 'unknown_default_provider', message);
  }
  for (const provider of providers.list()) {
    if ((await credentials.defaultFor(provider.slug)) !== undefined) return provider;
  }
  throw refuse(
    'no_credential',
    'No credential yet: add one, or try the prompt with the offline provider.',
  );
}

async function defaultCredential(
  { name, slug }: ProviderDescription,
  wishes: RunWishes,
  { credentials }: TargetOptions,
): Promise<Credential> {
  const found = await credentials.defaultFor(slug);
  if (found !== undefined) return found;
  if ((await credentials.list(slug)).length > 0) {
    const message = `None of the credentials of ${name} is the default. Make one the default, or name one in the template.`;
    throw refuse('no_default', message);
  }
  // What the template names wins over the folder's setting: the offline provider would not be asked.
  throw wishes.provider === undefined
    ? refuse(
        'no_credential',
        `No credential for ${name} yet: add one, or try the prompt with the offline provider.`,
      )
    : refuse(
        'credential_missing',
        `No credential for ${name} yet, which this template asks for: add one, or change the template's provider.`,
      );
}

/** A provider's default model is one of its own servers'; another server may know none of that name. */
function defaultModel(
  { baseUrl, defaultModel: model }: ProviderDescription,
  credential: Credential | undefined,
): string | undefined {
  if (model === undefined || credential === undefined) return model;
  return credential.origin === new URL(baseUrl).origin ? model : undefined;
}

function noModel({ name }: ProviderDescription, credential: Credential | undefined): ProviderError {
  const where = credential === undefined ? name : `'${credential.name}'`;
  return refuse(
    'no_model',
    `No model is chosen for ${where}. Choose one, or name one in the template.`,
  );
}

function parametersOf(wishes: RunWishes, credential: Credential | undefined): Parameters {
  const { format, schema, stop, topK, topP } = wishes;
  const temperature = wishes.temperature ?? credential?.temperature;
  const maxTokens = wishes.maxTokens ?? credential?.maxTokens;
  return {
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { maxTokens }),
    ...(topP !== undefined && { topP }),
    ...(topK !== undefined && { topK }),
    ...(stop !== undefined && { stop }),
    ...(format === 'json' && schema !== undefined && { schema: schema as Json }),
  };
}

function refuse(kind: ErrorKind, message: string): ProviderError {
  return new ProviderError({ kind, message });
}
