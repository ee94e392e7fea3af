/** Whether the model can do what the front matter asks of it: said before a run is paid for. */
import type { Entry, FrontMatter } from './frontMatter.ts';
import { type KnownModel, modelOf, type ModelTable, providersFor } from './modelTable.ts';
import type { Problem } from './problems.ts';
import { suggest } from './suggest.ts';

/** So many characters of English make a token, about: a prompt of fewer tokens than its limit is never warned of. */
const charactersPerToken = 4;

/** @param bodyLength of the text behind the front matter, in UTF-16 units; values come on top of it. */
export function checkModel(
  frontMatter: FrontMatter,
  bodyLength: number,
  table: ModelTable,
): Problem[] {
  const { model: id, provider } = frontMatter.settings;
  const written = entryOf(frontMatter, 'model');
  if (id === undefined || written === undefined) return [];
  const found = modelOf(table, provider, id);
  if (found === undefined) return unknownModel(written, id, provider, table);
  const { model } = found;
  const name = model.name ?? model.id;
  return [
    ...refusals(frontMatter, model, name),
    ...tooLongAnswer(frontMatter, model, name),
    ...tooLongPrompt(written, bodyLength, model, name),
  ];
}

function entryOf({ entries }: FrontMatter, key: string): Entry | undefined {
  return entries.find((entry) => entry.key === key);
}

/** Only with a near name: models come out faster than tables, and servers of one's own have their own. */
function unknownModel(
  { valueSpan }: Entry,
  name: string,
  provider: string | undefined,
  table: ModelTable,
): Problem[] {
  const ids = providersFor(table, provider).flatMap(({ models }) => models.map(({ id }) => id));
  // A number more or less is another model, not a slip.
  const letters = (id: string) => id.replaceAll(/\d+/g, '#');
  const near = suggest(name, ids, 2);
  const suggestions = near.filter((id) => letters(id) !== letters(name));
  const [best] = suggestions;
  if (best === undefined || ids.includes(name)) return [];
  const message = `No model “${name}” is known (as of ${table.date}). Did you mean “${best}”?`;
  return [
    { code: 'unknown-model', severity: 'warning', span: valueSpan, name, suggestions, message },
  ];
}

function refusals(frontMatter: FrontMatter, model: KnownModel, name: string): Problem[] {
  const temperature = entryOf(frontMatter, 'temperature');
  const schema = entryOf(frontMatter, 'schema');
  const problems: Problem[] = [];
  if (temperature !== undefined && model.temperature === false) {
    problems.push({
      code: 'model-conflict',
      severity: 'warning',
      span: temperature.keySpan,
      name: 'temperature',
      message: `${name} does not take “temperature”: it would be left out. Remove it, or choose another model.`,
    });
  }
  if (schema !== undefined && model.structured === false) {
    problems.push({
      code: 'model-conflict',
      severity: 'information',
      span: schema.keySpan,
      name: 'schema',
      message: `${name} cannot be held to a schema: its answers are only checked against it.`,
    });
  }
  return problems;
}

function tooLongAnswer(frontMatter: FrontMatter, model: KnownModel, name: string): Problem[] {
  const written = entryOf(frontMatter, 'max_tokens');
  const { maxTokens } = frontMatter.settings;
  if (written === undefined || maxTokens === undefined || model.output === undefined) return [];
  if (maxTokens <= model.output) return [];
  return [
    {
      code: 'model-conflict',
      severity: 'warning',
      span: written.valueSpan,
      name: 'max_tokens',
      better: model.output,
      message: `Answers of ${name} have at most ${count(model.output)} tokens.`,
    },
  ];
}

function tooLongPrompt(
  { valueSpan }: Entry,
  length: number,
  model: KnownModel,
  name: string,
): Problem[] {
  const most = model.input ?? model.context;
  const tokens = Math.round(length / charactersPerToken);
  if (most === undefined || tokens <= most) return [];
  const message = `The text of this prompt alone has about ${count(tokens)} tokens; ${name} takes ${count(most)}. Shorten it, or choose another model.`;
  return [{ code: 'model-conflict', severity: 'warning', span: valueSpan, name: 'model', message }];
}

function count(tokens: number): string {
  return tokens.toLocaleString('en');
}
