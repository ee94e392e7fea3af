/**
 * Values of `sensitive` variables: sent, but never stored. What is stored has `[withheld]` in their place; the whole
 * messages stay in the memory of the window that enqueued the job, so only that window can send it.
 */
import type { ErrorInfo, Json, Message } from '../model.ts';
import type { Rows } from './records.ts';

const mark = '[withheld]';

/** A shorter value would turn half of an answer into `[withheld]`; in the prompt it is taken out all the same. */
const shortestInAnswers = 4;

/** What a window keeps in mind of a job whose stored form lacks something. */
export interface Withheld {
  readonly messages: readonly Message[];
  /** Takes the values out of text that is about to be stored. */
  readonly conceal: (text: string) => string;
}

/** @param names the sensitive variables of the job's template */
export function withhold(
  rows: Rows,
  names: readonly string[],
): Rows & { readonly withheld: Withheld | undefined } {
  const { job } = rows;
  const given = names.filter((name) => job.context[name] !== undefined);
  if (given.length === 0) return { ...rows, withheld: undefined };
  // The longest first: one value may contain another.
  const values = given
    .flatMap((name) => texts(job.context[name]!))
    .sort((a, b) => b.length - a.length);
  const { messages } = job.request;
  const shown = messages.map(({ role, content }) => ({ role, content: without(content, values) }));
  const context = { ...job.context };
  for (const name of given) context[name] = mark;
  const inAnswers = values.filter(({ length }) => length >= shortestInAnswers);
  return {
    ...rows,
    job: { ...job, context, request: { ...job.request, messages: shown }, withheld: true },
    withheld: { messages, conceal: (text) => without(text, inAnswers) },
  };
}

/** Said of a withheld job that nobody can send any more. */
export const forgotten: ErrorInfo = {
  kind: 'interrupted',
  message:
    'The values of sensitive variables are not stored, so this run cannot be sent again. Open the template and run it with its values.',
};

function without(text: string, values: readonly string[]): string {
  let rest = text;
  for (const value of values) rest = rest.replaceAll(value, mark);
  return rest;
}

/** Every text a value can show as. */
function texts(value: Json): string[] {
  if (value === null || value === '' || typeof value === 'boolean') return [];
  if (typeof value !== 'object') return [String(value)];
  return Object.values(value).flatMap((part) => texts(part));
}
