/** What the offline provider answers, in each format. */
import type { Message, OutputFormat } from '../model.ts';
import type { ProviderRequest } from './provider.ts';
import { sampleOf } from './schemaSample.ts';

const notice = 'Offline answer: made on this machine, no model was asked.';
/** Longer prompts are quoted by their beginning. */
const longestQuote = 2000;

export function echoAnswer({ format, messages, parameters }: ProviderRequest): string {
  const facts = factsOf(messages);
  if (format === 'json' && parameters.schema !== undefined) {
    return JSON.stringify(sampleOf(parameters.schema, notice), undefined, 2);
  }
  return writers[format](facts);
}

interface Facts {
  /** e.g. `1 system, 1 user`. */
  readonly roles: string;
  readonly words: number;
  /** What the last user message (else the last message) begins with. */
  readonly prompt: string;
}

function factsOf(messages: readonly Message[]): Facts {
  const counts = new Map<string, number>();
  for (const { role } of messages) counts.set(role, (counts.get(role) ?? 0) + 1);
  const asked = messages.findLast(({ role }) => role === 'user') ?? messages.at(-1);
  const all = messages.map(({ content }) => content).join(' ');
  return {
    roles: [...counts].map(([role, count]) => `${count} ${role}`).join(', '),
    words: all.match(/\S+/g)?.length ?? 0,
    prompt: shortened(asked?.content.trim() ?? ''),
  };
}

function shortened(text: string): string {
  return text.length > longestQuote ? `${text.slice(0, longestQuote)} …` : text;
}

const writers: Readonly<Record<OutputFormat, (facts: Facts) => string>> = {
  text: ({ prompt, roles, words }) =>
    `${notice}\n\nThe prompt has ${words} words (messages: ${roles}). A model would now answer this:\n\n${prompt}\n`,
  markdown: ({ prompt, roles, words }) =>
    `**${notice}**\n\nThe prompt has ${words} words (messages: ${roles}). A model would now answer this:\n\n${quoted(prompt)}\n`,
  json: (facts) => JSON.stringify(record(facts), undefined, 2),
  html: ({ prompt, roles, words }) =>
    `<p><strong>${notice}</strong></p>\n<p>The prompt has ${words} words (messages: ${roles}). A model would now answer this:</p>\n<blockquote>${escaped(prompt).replaceAll('\n', '<br>\n')}</blockquote>\n`,
  // JSON strings and numbers are YAML too.
  yaml: (facts) =>
    Object.entries(record(facts))
      .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
      .join(''),
  xml: (facts) =>
    `<answer>\n${Object.entries(record(facts))
      .map(([name, value]) => `  <${name}>${escaped(String(value))}</${name}>\n`)
      .join('')}</answer>\n`,
};

function record({ prompt, roles, words }: Facts): Record<string, string | number | boolean> {
  return { offline: true, note: notice, words, messages: roles, prompt };
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\x20-\u{10ffff}]/gu, '�')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
