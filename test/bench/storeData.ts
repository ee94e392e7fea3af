/** A folder with a long history: finished jobs of about 4 KB, as a journal and as a plain SQLite file. */
import { createHash } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import type { Execution, Job, Output } from '../../client/model.ts';
import { encode } from '../../client/store/journal/record.ts';
import type { Op, OutputFilter } from '../../client/store/store.ts';

export const benchFolder = 'file:///bench';
const segmentBytes = 64 * 1024 * 1024;
const words =
  'the of and to in is that for it as was with be by on not he this are or his from at which but have an had they you were their one all we can her has there been if more when will would who so no say'.split(
    ' ',
  );

/** Pseudo-random, the same in every run. */
function number(seed: string, below: number): number {
  return createHash('md5').update(seed).digest().readUInt32LE() % below;
}

const book = Array.from({ length: 20_000 }, (_, i) => words[number(`w${i}`, words.length)]).join(
  ' ',
);

function prose(seed: number, length: number): string {
  const start = (seed * 7919) % (book.length - length);
  return book.slice(start, start + length);
}

export function idOf(kind: string, i: number): string {
  const hex = createHash('md5').update(`${kind} ${i}`).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** One finished job: its three entities, about 4 KB together. */
export function finished(i: number): [Job, Execution, Output] {
  const [id, executionId, outputId] = ['job', 'execution', 'output'].map((kind) => idOf(kind, i));
  const slug = `template-${number(`t${i}`, 40)}`;
  const template = { slug, name: slug.replace('-', ' '), uri: `file:///p/${slug}.prompt` };
  const model = ['gpt-5', 'gpt-5-mini', 'llama-4'][number(`m${i}`, 3)]!;
  const messages = [{ role: 'user' as const, content: prose(i, 1000) }];
  const request = { provider: 'openai', model, messages, parameters: {}, format: 'text' as const };
  const at = 1_700_000_000_000 + i * 60_000;
  const status = number(`s${i}`, 20) === 0 ? 'failed' : 'completed';
  const shared = { template, context: { subject: prose(i + 1, 60) }, user: 'Ada', queuedAt: at };
  const job = {
    ...shared,
    id: id!,
    state: status,
    priority: 'default',
    request,
    startedBy: 'user',
    queuedBy: 'w',
    attempts: [],
    outputId: outputId!,
    executionId: executionId!,
    finishedAt: at + 900,
  } as const;
  const execution = {
    ...shared,
    id: executionId!,
    jobId: id!,
    outputId: outputId!,
    request,
    status,
    preview: false,
    finishedAt: at + 900,
    attempts: [],
  } as const;
  const rating = (['up', 'down'] as const)[number(`r${i}`, 10)];
  const output: Output = {
    id: outputId!,
    jobId: id!,
    executionId: executionId!,
    template,
    provider: 'openai',
    model,
    format: 'text',
    status,
    text: prose(i + 2, 1000),
    partial: false,
    offline: false,
    usage: { inputTokens: 200, outputTokens: 180 },
    durationMs: 800,
    feedback: rating && { rating, user: 'Ada', at },
    createdAt: at,
    finishedAt: at + 900,
  };
  return [job, execution, output];
}

export function opsOf(i: number): Op[] {
  const [job, execution, output] = finished(i);
  return [
    ['jobs', job.id, 1, job],
    ['executions', execution.id, 1, execution],
    ['outputs', output.id, 1, output],
  ];
}

/** Writes the journal of a store directory as a window would have over the years. */
export async function writeJournal(root: string, folder: string, count: number): Promise<void> {
  const path = join(root, 'bench');
  await mkdir(join(path, 'journal'), { recursive: true });
  await writeFile(join(path, 'store.json'), JSON.stringify({ format: 1, folders: [folder] }));
  let i = 0;
  for (let segment = 1; i < count; segment++) {
    const name = `${String(segment).padStart(8, '0')}.jsonl`;
    const file = await open(join(path, 'journal', name), 'w');
    for (let size = 0; i < count && size < segmentBytes;) {
      const lines: Buffer[] = [];
      for (const end = Math.min(count, i + 1000); i < end; i++) {
        lines.push(encode({ w: 'past', n: i + 1, at: 1, ops: opsOf(i) }));
      }
      const bytes = Buffer.concat(lines);
      await file.write(bytes);
      size += bytes.length;
    }
    if (i < count) await file.write(encode({ seal: segment + 1 }));
    await file.close();
  }
}

/** The same history the usual way: rows with their columns, bodies and indexes, every commit durable. */
export class PlainSqlite {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      CREATE TABLE IF NOT EXISTS entities (id TEXT PRIMARY KEY, kind TEXT, body TEXT);
      CREATE TABLE IF NOT EXISTS outputs (id TEXT PRIMARY KEY, template TEXT, model TEXT, status TEXT,
        rating TEXT, created_at INTEGER, preview TEXT, body TEXT);
      CREATE INDEX IF NOT EXISTS by_age ON outputs (created_at);
      CREATE INDEX IF NOT EXISTS by_template ON outputs (template, created_at);
      CREATE INDEX IF NOT EXISTS by_model ON outputs (model, created_at);
      CREATE INDEX IF NOT EXISTS by_rating ON outputs (rating, created_at);
      CREATE INDEX IF NOT EXISTS by_status ON outputs (status, created_at)`);
  }

  /** One transaction per `put` unless it is part of a larger one. */
  put([job, execution, output]: ReturnType<typeof finished>): void {
    this.#database.exec('BEGIN');
    this.#insert([job, execution, output]);
    this.#database.exec('COMMIT');
  }

  fill(count: number): void {
    this.#database.exec('PRAGMA synchronous = OFF; BEGIN');
    for (let i = 0; i < count; i++) this.#insert(finished(i));
    this.#database.exec('COMMIT; PRAGMA synchronous = FULL');
  }

  page({ model, offset = 0, rating, status, template }: OutputFilter): unknown[] {
    const terms = Object.entries({ template, model, status, rating }).filter(
      ([, value]) => value !== undefined,
    );
    const wanted = terms.filter(([, value]) => value !== 'none');
    const where = terms.map(([column, value]) =>
      value === 'none' ? `${column} IS NULL` : `${column} = ?`,
    );
    const sql = `SELECT id, template, model, status, rating, created_at, preview FROM outputs
      ${where.length > 0 ? 'WHERE' : ''} ${where.join(' AND ')} ORDER BY created_at DESC LIMIT 50 OFFSET ?`;
    return this.#prepared(sql).all(...wanted.map(([, value]) => value!), offset);
  }

  search(text: string): unknown[] {
    const sql = `SELECT id, template, model, status, rating, created_at, preview FROM outputs
      WHERE preview LIKE ? OR template LIKE ? OR model LIKE ? ORDER BY created_at DESC LIMIT 50`;
    return this.#prepared(sql).all(...Array.from({ length: 3 }, () => `%${text}%`));
  }

  body(id: string): unknown {
    const row = this.#prepared('SELECT body FROM outputs WHERE id = ?').get(id);
    return JSON.parse(String(row?.body));
  }

  close(): void {
    this.#database.close();
  }

  #insert([job, execution, output]: ReturnType<typeof finished>): void {
    const entity = this.#prepared('INSERT OR REPLACE INTO entities VALUES (?, ?, ?)');
    entity.run(job.id, 'job', JSON.stringify(job));
    entity.run(execution.id, 'execution', JSON.stringify(execution));
    this.#prepared('INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(
      output.id,
      output.template.slug,
      output.model,
      output.status,
      output.feedback?.rating ?? null,
      output.createdAt,
      output.text.slice(0, 200),
      JSON.stringify(output),
    );
  }

  #prepared(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
