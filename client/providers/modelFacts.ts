/** What is known of models before anything is sent: limits, abilities, prices; from a table with a date. */
import table from './modelTable.json' with { type: 'json' };

/** US dollars per million tokens. */
interface Price {
  readonly input: number;
  readonly output: number;
  /** Of input tokens that were read from the provider's cache. */
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  /** Above so many input tokens another price counts, which is not known here. */
  readonly upTo?: number;
}

export interface ModelFacts {
  readonly id: string;
  readonly name?: string;
  /** Tokens of prompt and answer together. */
  readonly context: number;
  /** Tokens a prompt may have, where that is less. */
  readonly input?: number;
  /** Tokens an answer may have. */
  readonly output?: number;
  /** False: it refuses `temperature`. */
  readonly temperature?: boolean;
  readonly structured?: boolean;
  readonly reasoning?: boolean;
  readonly price?: Price;
}

/** Day of the newest entry, as `YYYY-MM-DD`. */
export const tableDate: string = table.date;

const models: ReadonlyMap<string, ReadonlyMap<string, ModelFacts>> = new Map(
  Object.entries(table.models as Readonly<Record<string, readonly ModelFacts[]>>).map(
    ([provider, list]) => [provider, new Map(list.map((facts) => [facts.id, facts]))],
  ),
);

const dated = /-(?:\d{4}-\d{2}-\d{2}|\d{8})$/;

/**
 * The model of a provider's own servers with this id, or with this id and a date behind it. Never one that is only
 * similar: another model has another price.
 */
export function factsOf(provider: string, model: string): ModelFacts | undefined {
  const known = models.get(provider);
  return known?.get(model) ?? known?.get(model.replace(dated, ''));
}

/** A provider's models, as far as the table knows them. */
export function modelsOf(provider: string): readonly ModelFacts[] {
  return [...(models.get(provider)?.values() ?? [])];
}
