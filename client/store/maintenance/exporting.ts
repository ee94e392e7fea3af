/** An export of the outputs, each with the prompt and the values it was made with. Read from the journal alone. */
import { readBody } from '../journal/bodies.ts';
import { at } from '../index/columns.ts';
import { isObject } from '../journal/record.ts';
import type { OpenFile } from '../ports.ts';
import type { ExportReport, ExportWishes } from '../store.ts';
import { csvHead, csvRow } from './csv.ts';
import { readJournal } from './journalRows.ts';
import type { JournalRows, ReadOptions } from './journalRows.ts';

export interface ExportOptions extends ReadOptions, ExportWishes {
  /** Applied to every text: secrets may have become known after the record was written. */
  readonly redact: (text: string) => string;
}

/** In order of their ids' first record. @throws the file system's error, or the signal's reason */
export async function exportOutputs(options: ExportOptions): Promise<ExportReport> {
  const { filter, format, redact, write } = options;
  const journal = await readJournal(options);
  const reading = new Reading(options, journal);
  let outputs = 0;
  let unreadable = 0;
  try {
    if (format === 'csv') await write(csvHead);
    for (const [id, { deleted }] of journal.tables.get('outputs') ?? []) {
      if (deleted) continue;
      options.signal?.throwIfAborted();
      const output = await reading.value('outputs', id);
      if (output === undefined) unreadable += 1;
      if (!output || !isWanted(output, filter)) continue;
      const entry = clean(await entryOf(output, reading), redact) as ExportEntry;
      await write(format === 'csv' ? csvRow(entry) : `${JSON.stringify(entry)}\n`);
      outputs += 1;
    }
  } finally {
    await reading.close();
  }
  return { outputs, unreadable };
}

/** One line of the JSONL form. Times are milliseconds since the epoch; what is not known is left out. */
export interface ExportEntry {
  readonly output: Record<string, unknown>;
  readonly messages?: unknown;
  readonly values?: unknown;
  readonly parameters?: unknown;
  readonly attempts?: unknown;
  readonly user?: unknown;
  readonly queuedAt?: unknown;
}

async function entryOf(output: Record<string, unknown>, reading: Reading): Promise<ExportEntry> {
  // An execution is there once the job has ended, the job from the beginning.
  const source =
    (await reading.value('executions', output.executionId)) ??
    (await reading.value('jobs', output.jobId));
  return {
    output,
    messages: at(source, 'request', 'messages'),
    values: at(source, 'context'),
    parameters: at(source, 'request', 'parameters'),
    attempts: at(source, 'attempts'),
    user: at(source, 'user'),
    queuedAt: at(source, 'queuedAt'),
  };
}

function isWanted(output: Record<string, unknown>, { template }: ExportWishes['filter']): boolean {
  return template === undefined || at(output, 'template', 'slug') === template;
}

function clean(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((inner) => clean(inner, redact));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, clean(inner, redact)]),
  );
}

class Reading {
  readonly #options: ReadOptions;
  readonly #journal: JournalRows;
  readonly #files = new Map<string, Promise<OpenFile>>();

  constructor(options: ReadOptions, journal: JournalRows) {
    this.#options = options;
    this.#journal = journal;
  }

  async value(table: string, id: unknown): Promise<Record<string, unknown> | undefined> {
    const row = typeof id === 'string' ? this.#journal.tables.get(table)?.get(id) : undefined;
    if (!row || row.deleted) return undefined;
    const { files, segments } = this.#options;
    const path = segments.path(row.place.segment, row.generation);
    const file = this.#files.get(path) ?? files.open(path, 'read');
    this.#files.set(path, file);
    const body = await readBody(await file, table, {
      id: String(id),
      rev: row.rev,
      place: row.place,
    });
    return isObject(body?.value) ? body.value : undefined;
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#files.values()].map(async (file) => (await file).close()));
  }
}
