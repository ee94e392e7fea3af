/** Models in words. */
import { type KnownModel, modelOf, type ModelTable } from '../language/modelTable.ts';

/** `400K tokens, $1.25 in, $10 out per million`: what one chooses a model by. */
export function modelSummary({ context, price }: KnownModel): string {
  const size = context === undefined ? [] : [`${short(context)} tokens`];
  const cost = price && `$${price.input} in, $${price.output} out per million`;
  return [...size, cost ?? 'price unknown'].join(', ');
}

/** In Markdown; `undefined` when nothing is known of the model. */
export function modelDocumentation(
  table: ModelTable,
  provider: string | undefined,
  id: string,
): string | undefined {
  const found = modelOf(table, provider, id);
  if (found === undefined) return undefined;
  const { model } = found;
  const { input, output, price } = model;
  const facts = [
    model.context !== undefined && `${count(model.context)} tokens of prompt and answer`,
    input !== undefined && `prompts up to ${count(input)}`,
    output !== undefined && `answers up to ${count(output)}`,
    price ? `$${price.input} per million tokens in, $${price.output} out` : 'price unknown',
    model.temperature === false && 'takes no `temperature`',
    model.structured === false && 'cannot be held to a `schema`',
  ].filter((fact) => typeof fact === 'string');
  const lines = facts.map((fact) => `- ${fact}`).join('\n');
  return `**${model.name ?? model.id}** — model of ${found.provider.name}\n\n${lines}\n\nAs of ${table.date}.`;
}

function count(tokens: number): string {
  return tokens.toLocaleString('en');
}

function short(tokens: number): string {
  return tokens.toLocaleString('en', { notation: 'compact' });
}
