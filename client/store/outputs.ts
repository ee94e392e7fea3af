import type { Feedback, JobState } from '../model.ts';
import { at, flag, integer, preview, text } from './columns.ts';
import type { Noun } from './columns.ts';
import { Rows } from './rows.ts';
import type { SqlValue } from './sqlIndex.ts';
import { defaultLimit } from './store.ts';
import type { OutputFilter, OutputRepository, OutputSummary, Page } from './store.ts';

const columns = [
  'template_slug',
  'template_name',
  'provider',
  'model',
  'status',
  'offline',
  'rating',
  'created_at',
  'duration_ms',
  'input_tokens',
  'output_tokens',
  'preview',
];

export const outputNoun: Noun = {
  table: 'outputs',
  columns,
  row: (value) => [
    text(at(value, 'template', 'slug')),
    text(at(value, 'template', 'name')),
    text(at(value, 'provider')),
    text(at(value, 'model')),
    text(at(value, 'status')),
    flag(at(value, 'offline')),
    text(at(value, 'feedback', 'rating')),
    integer(at(value, 'createdAt')),
    integer(at(value, 'durationMs')),
    integer(at(value, 'usage', 'inputTokens')),
    integer(at(value, 'usage', 'outputTokens')),
    preview(at(value, 'text')) || preview(at(value, 'error', 'message')),
  ],
};

export class Outputs extends Rows<'outputs'> implements OutputRepository {
  list(filter: OutputFilter = {}): OutputSummary[] {
    const { offset = 0, limit = defaultLimit } = filter;
    const { sql, values } = condition(filter);
    // The inner query walks the index alone: a page far down does not read the rows before it.
    const page = `SELECT rowid FROM outputs WHERE ${sql} ORDER BY created_at DESC, rowid DESC LIMIT ? OFFSET ?`;
    return this.source
      .index()
      .query(
        `SELECT id, ${columns.join(', ')} FROM outputs WHERE rowid IN (${page}) ORDER BY created_at DESC, rowid DESC`,
        [...values, limit, offset],
      )
      .map(toSummary);
  }

  count(filter: Omit<OutputFilter, keyof Page> = {}): number {
    const { sql, values } = condition(filter);
    const found = this.source.index().query(`SELECT count(*) FROM outputs WHERE ${sql}`, values);
    return Number(found[0]?.[0]);
  }
}

function condition(filter: OutputFilter): { sql: string; values: SqlValue[] } {
  const terms = ['deleted = 0'];
  const values: SqlValue[] = [];
  const equal = (column: string, value: string | undefined): void => {
    if (value === undefined) return;
    terms.push(`${column} = ?`);
    values.push(value);
  };
  equal('template_slug', filter.template);
  equal('model', filter.model);
  equal('status', filter.status);
  if (filter.rating === 'none') terms.push('rating IS NULL');
  else equal('rating', filter.rating);
  if (filter.text) {
    const pattern = `%${filter.text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    const searched = ['preview', 'template_name', 'model'];
    terms.push(`(${searched.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`);
    values.push(...searched.map(() => pattern));
  }
  return { sql: terms.join(' AND '), values };
}

function toSummary(row: SqlValue[]): OutputSummary {
  const [id, slug, name, provider, model, status, offline, rating, ...rest] = row;
  const [createdAt, durationMs, inputTokens, outputTokens, preview] = rest;
  return {
    id: String(id),
    templateSlug: String(slug ?? ''),
    templateName: String(name ?? ''),
    provider: String(provider ?? ''),
    model: String(model ?? ''),
    status: status as JobState,
    offline: offline === 1,
    rating: (rating ?? undefined) as Feedback['rating'] | undefined,
    createdAt: Number(createdAt),
    durationMs: optional(durationMs),
    inputTokens: optional(inputTokens),
    outputTokens: optional(outputTokens),
    preview: String(preview ?? ''),
  };
}

function optional(value: SqlValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
