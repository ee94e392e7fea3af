/** What is known of models before anything is sent. Comes from the client; nothing here knows a provider. */
import type { Value } from './values.ts';

export interface KnownModel {
  readonly id: string;
  readonly name?: string;
  /** Tokens of prompt and answer together. */
  readonly context?: number;
  /** Tokens a prompt may have, where that is less. */
  readonly input?: number;
  /** Tokens an answer may have. */
  readonly output?: number;
  /** False: it refuses `temperature`. */
  readonly temperature?: boolean;
  /** False: its answers cannot be held to a schema. */
  readonly structured?: boolean;
  /** US dollars per million tokens. */
  readonly price?: { readonly input: number; readonly output: number };
}

export interface ModelTable {
  /** The day it was made, as `YYYY-MM-DD`. */
  readonly date: string;
  readonly providers: readonly {
    readonly slug: string;
    readonly name: string;
    readonly models: readonly KnownModel[];
  }[];
}

type KnownProvider = ModelTable['providers'][number];

const dated = /-(?:\d{4}-\d{2}-\d{2}|\d{8})$/;

/** Those that may be meant: the one that is named, or all. */
export function providersFor(table: ModelTable, provider: Value | undefined): KnownProvider[] {
  return table.providers.filter(({ slug }) => provider === undefined || slug === provider);
}

/**
 * The model with this id, or with this id and a date behind it, and its provider; `undefined` when it is not known,
 * or when several providers have one of that name.
 */
export function modelOf(
  table: ModelTable,
  provider: string | undefined,
  id: string,
): { readonly provider: KnownProvider; readonly model: KnownModel } | undefined {
  const [found, another] = providersFor(table, provider).flatMap((one) => {
    const find = (wanted: string) => one.models.find((model) => model.id === wanted);
    const model = find(id) ?? find(id.replace(dated, ''));
    return model === undefined ? [] : [{ provider: one, model }];
  });
  return another === undefined ? found : undefined;
}
