/** The CSV form of an export: RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8. */
import { at } from '../index/columns.ts';
import type { ExportEntry } from './exporting.ts';

const columns: readonly (readonly [name: string, value: (entry: ExportEntry) => unknown])[] = [
  ['id', ({ output }) => output.id],
  ['created_at', ({ output }) => time(output.createdAt)],
  ['finished_at', ({ output }) => time(output.finishedAt)],
  ['template', ({ output }) => at(output, 'template', 'slug')],
  ['template_name', ({ output }) => at(output, 'template', 'name')],
  ['provider', ({ output }) => output.provider],
  ['model', ({ output }) => output.model],
  ['status', ({ output }) => output.status],
  ['format', ({ output }) => output.format],
  ['partial', ({ output }) => output.partial],
  ['duration_ms', ({ output }) => output.durationMs],
  ['input_tokens', ({ output }) => at(output, 'usage', 'inputTokens')],
  ['output_tokens', ({ output }) => at(output, 'usage', 'outputTokens')],
  ['rating', ({ output }) => at(output, 'feedback', 'rating')],
  ['comment', ({ output }) => at(output, 'feedback', 'comment')],
  ['user', ({ user }) => user],
  ['values', ({ values }) => json(values)],
  ['messages', ({ messages }) => json(messages)],
  ['text', ({ output }) => output.text],
  ['error', ({ output }) => at(output, 'error', 'message')],
];

export const csvHead = `\uFEFF${columns.map(([name]) => name).join(',')}\r\n`;

export function csvRow(entry: ExportEntry): string {
  return `${columns.map(([, value]) => cell(value(entry))).join(',')}\r\n`;
}

/** A text that a spreadsheet would run as a formula gets an apostrophe before it. */
function cell(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return '';
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function time(value: unknown): string | undefined {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15
    ? new Date(value).toISOString()
    : undefined;
}

function json(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
