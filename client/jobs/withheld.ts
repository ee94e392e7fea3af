/**
 * Values of `sensitive` variables: sent, but never stored. What is stored has `[withheld]` in their place; the whole
 * messages stay in the memory of the window that enqueued the job, so only that window can send it.
 */
import type { Context, ErrorInfo, Json, Message } from '../model.ts';
import type { Sensitive } from './queue.ts';
import type { Rows } from './records.ts';

const mark = '[withheld]';

/** A shorter value would turn half of an answer into `[withheld]`, and the start of a longer one tells nothing. */
const shortest = 4;

/** What a window keeps in mind of a job whose stored form lacks something. */
export interface Withheld {
  readonly messages: readonly Message[];
  /** Takes the values out of a text that is about to be stored, also one that is cut off inside a value. */
  readonly conceal: (text: string) => string;
  /** The same for the beginning of a text: a value of which only the start has arrived is left out. */
  readonly concealSoFar: (text: string) => string;
}

export function withhold(
  rows: Rows,
  { messages: shown, names }: Sensitive,
): Rows & { readonly withheld: Withheld | undefined } {
  const { job } = rows;
  const given = names.filter((name) => Object.hasOwn(job.context, name));
  if (given.length === 0) return { ...rows, withheld: undefined };
  const values = variantsOf(given.flatMap((name) => texts(job.context[name]!)));
  const conceal = (text: string): string => without(text, values);
  const messages = shown.map(({ role, content }) => ({ role, content: conceal(content) }));
  return {
    ...rows,
    job: {
      ...job,
      context: maskedContext(job.context, given),
      request: { ...job.request, messages },
      withheld: true,
    },
    withheld: {
      messages: job.request.messages,
      conceal: (text) => cutOff(conceal(text), values, mark),
      concealSoFar: (text) => cutOff(conceal(text), values, ''),
    },
  };
}

/** The values with `[withheld]` for those of these names: what a prompt is rendered with to be stored. */
export function maskedContext(context: Context, names: readonly string[]): Context {
  const masked = { ...context };
  for (const name of names) {
    if (Object.hasOwn(context, name)) masked[name] = maskOf(context[name]!);
  }
  return masked;
}

/** The messages of a prompt that cannot be rendered without its sensitive values: nothing of them is kept. */
export function blank(messages: readonly Message[]): Message[] {
  return messages.map(({ role }) => ({ role, content: mark }));
}

/** Said of a withheld job that nobody can send any more. */
export const forgotten: ErrorInfo = {
  kind: 'interrupted',
  message:
    'The values of sensitive variables are not stored, so this run cannot be sent again. Open the template and run it with its values.',
};

/** Lists and objects keep their shape, so that the template goes the same ways. */
function maskOf(value: Json): Json {
  if (value === null || typeof value !== 'object') return mark;
  if (Array.isArray(value)) return value.map(maskOf);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, maskOf(part)]));
}

function without(text: string, values: readonly string[]): string {
  let rest = text;
  for (const value of values) rest = rest.replaceAll(value, mark);
  return rest;
}

/** Puts `instead` for the start of a value at the end of the text. */
function cutOff(text: string, values: readonly string[], instead: string): string {
  let longest = 0;
  for (const value of values) {
    const most = Math.min(value.length - 1, text.length);
    for (let length = most; length >= shortest && length > longest; length--) {
      if (text.endsWith(value.slice(0, length))) longest = length;
    }
  }
  return longest === 0 ? text : text.slice(0, -longest) + instead;
}

/** Every text a value can show as. */
function texts(value: Json): string[] {
  if (value === null || value === '' || typeof value === 'boolean') return [];
  if (typeof value !== 'object') return [String(value)];
  return Object.values(value).flatMap((part) => texts(part));
}

/** How servers and models repeat a text: as it is, as JSON, in capitals. The longest first: one may contain another. */
function variantsOf(values: readonly string[]): string[] {
  const all = values.flatMap((value) => [value, value.toUpperCase(), value.toLowerCase()]);
  const escaped = all.map((value) => JSON.stringify(value).slice(1, -1));
  return [...new Set([...all, ...escaped])]
    .filter(({ length }) => length >= shortest)
    .sort((a, b) => b.length - a.length);
}
