import type { Feedback } from '../../model.ts';
import { at, flag, integer, preview, text } from '../index/columns.ts';
import type { Noun } from '../index/columns.ts';
import { fromKey, fromStateCode, toKey, toStateCode } from '../index/keys.ts';
import { conditionOf, folded } from './outputFilter.ts';
import { Finding } from '../search/finding.ts';
import type { JournalSearch } from '../search/journalSearch.ts';
import { Previews } from '../search/previews.ts';
import { contains } from '../search/texts.ts';
import { bodyColumns, Rows, toRef } from './rows.ts';
import type { RowSource } from './rows.ts';
import type { SqlIndex, SqlValue } from '../index/sqlIndex.ts';
import { defaultLimit } from '../store.ts';
import type {
  ModelCount,
  OutputFilter,
  OutputFinding,
  OutputRepository,
  OutputSummary,
  Page,
  TemplateCount,
} from '../store.ts';

const order = 'created_at DESC, row DESC';
const shown = [
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
  columns: [...shown, 'folded'],
  row: (value) => {
    const shownText = preview(at(value, 'text')) || preview(at(value, 'error', 'message'));
    const [name, model] = [text(at(value, 'template', 'name')), text(at(value, 'model'))];
    return [
      text(at(value, 'template', 'slug')),
      name,
      text(at(value, 'provider')),
      model,
      toStateCode(at(value, 'status')),
      flag(at(value, 'offline')),
      text(at(value, 'feedback', 'rating')),
      integer(at(value, 'createdAt')),
      integer(at(value, 'durationMs')),
      integer(at(value, 'usage', 'inputTokens')),
      integer(at(value, 'usage', 'outputTokens')),
      shownText,
      folded([shownText, name, model]),
    ];
  },
};

export class Outputs extends Rows<'outputs'> implements OutputRepository {
  /** Held by the searches that use it. */
  #previews: WeakRef<Previews> | undefined;
  readonly #journal: JournalSearch | undefined;

  constructor(source: RowSource, journal: JournalSearch | undefined) {
    super('outputs', source);
    this.#journal = journal;
  }

  find(filter: OutputFilter & { readonly text: string }): OutputFinding {
    const index = (): SqlIndex => this.source.index();
    const previews = this.#previews?.deref() ?? new Previews(index);
    this.#previews = new WeakRef(previews);
    return new Finding({
      filter,
      index,
      previews,
      journal: this.#journal,
      contains: (id, wanted) => this.#contains(id, wanted),
      read: (rows) => this.#rows(rows),
    });
  }

  list(filter: OutputFilter = {}): OutputSummary[] {
    const { offset = 0, limit = defaultLimit } = filter;
    const { sql, values } = conditionOf(filter);
    const page = `SELECT row FROM outputs WHERE ${sql} ORDER BY ${order} LIMIT ? OFFSET ?`;
    return rowsOf(this.source.index(), page, [...values, limit, offset]);
  }

  async #contains(id: string, wanted: string): Promise<boolean> {
    const output = await this.get(id).catch(() => undefined);
    if (!output) return false;
    if (contains('outputs', output.value, wanted)) return true;
    const { executionId } = output.value;
    const sql = `SELECT ${bodyColumns} FROM executions WHERE id = ? AND deleted = 0`;
    const [execution] = await this.source.bodies.read('executions', () =>
      this.source
        .index()
        .query(sql, [toKey(executionId)])
        .map(toRef),
    );
    return contains('executions', execution?.value, wanted);
  }

  #rows(rows: readonly number[]): OutputSummary[] {
    return rowsOf(this.source.index(), 'SELECT value FROM json_each(?)', [JSON.stringify(rows)]);
  }

  templates(): TemplateCount[] {
    const name = `SELECT template_name FROM outputs WHERE deleted = 0 AND template_slug = slug LIMIT 1`;
    const counts = `SELECT template_slug AS slug, count(*) AS count FROM outputs WHERE deleted = 0 GROUP BY template_slug`;
    const sql = `SELECT slug, (${name}), count FROM (${counts}) ORDER BY count DESC, slug`;
    const rows = this.source.index().query(sql);
    return rows.map(([slug, name, count]) => ({
      slug: String(slug ?? ''),
      name: String(name ?? slug ?? ''),
      count: Number(count),
    }));
  }

  models(): ModelCount[] {
    const sql = `SELECT model, count(*) AS count FROM outputs WHERE deleted = 0 AND model IS NOT NULL
      GROUP BY model ORDER BY count DESC, model`;
    const rows = this.source.index().query(sql);
    return rows.map(([model, count]) => ({ model: String(model), count: Number(count) }));
  }

  durations(filter: { readonly template?: string; readonly model: string }, limit: number) {
    return this.#newest('duration_ms', filter, limit);
  }

  tokens(filter: { readonly template: string; readonly model: string }, limit: number): number[] {
    return this.#newest('output_tokens', filter, limit);
  }

  /** What a column says of the newest that were completed. */
  #newest(
    what: 'duration_ms' | 'output_tokens',
    { model, template }: { readonly template?: string; readonly model: string },
    limit: number,
  ): number[] {
    // Whatever else a template was run with, no more of it is looked at than this.
    const most = limit * 10;
    const [column, value] = template === undefined ? ['model', model] : ['template_slug', template];
    const newest = `SELECT model, ${what} FROM outputs WHERE deleted = 0 AND ${column} = ? AND status = ?
      ORDER BY created_at DESC LIMIT ?`;
    const sql = `SELECT ${what} FROM (${newest}) WHERE model = ? AND ${what} IS NOT NULL LIMIT ?`;
    const values = [value, toStateCode('completed'), most, model, limit];
    return this.source
      .index()
      .query(sql, values)
      .map(([value]) => Number(value));
  }

  count(filter: Omit<OutputFilter, keyof Page> = {}): number {
    const { sql, values } = conditionOf(filter);
    const [row] = this.source.index().query(`SELECT count(*) FROM outputs WHERE ${sql}`, values);
    return Number(row?.[0]);
  }

  /** These have changed, by whichever window. */
  changed(ids: readonly string[]): void {
    const previews = this.#previews?.deref();
    if (!previews) return;
    const sql = 'SELECT row FROM outputs WHERE id = ?';
    const rows = ids.flatMap((id) => this.source.index().query(sql, [toKey(id)]));
    previews.forget(rows.map(([row]) => Number(row)));
  }
}

function rowsOf(index: SqlIndex, page: string, values: readonly SqlValue[]): OutputSummary[] {
  const sql = `SELECT id, ${shown.join(', ')} FROM outputs WHERE row IN (${page}) ORDER BY ${order}`;
  return index.query(sql, values).map(toSummary);
}

function toSummary(row: SqlValue[]): OutputSummary {
  const [id, slug, name, provider, model, status, offline, rating, ...rest] = row;
  const [createdAt, durationMs, inputTokens, outputTokens, preview] = rest;
  return {
    id: fromKey(id),
    templateSlug: String(slug ?? ''),
    templateName: String(name ?? ''),
    provider: String(provider ?? ''),
    model: String(model ?? ''),
    status: fromStateCode(status),
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
