/** Which rows a deletion means, and deleting them. Jobs that wait or run, with all that is theirs, are left alone. */
import { breathe } from '../breathe.ts';
import { toKey, toStateCode } from '../index/keys.ts';
import type { SqlIndex, SqlValue } from '../index/sqlIndex.ts';
import type { Bodies, BodyRef } from '../journal/bodies.ts';
import { bodyColumns, toRef } from '../tables/rows.ts';
import { at } from '../index/columns.ts';
import type { Deletion, Op, Table } from '../store.ts';

export interface PurgeOptions {
  readonly index: () => SqlIndex;
  readonly bodies: Bodies;
  readonly put: (ops: readonly Op[]) => Promise<boolean[]>;
  readonly signal?: AbortSignal;
  readonly onDeleted?: (outputs: number) => void;
}

export interface Purged {
  readonly outputs: number;
  /** Outputs that were meant and belong to jobs that wait or run. */
  readonly kept: number;
}

type Condition = readonly [sql: string, ...values: SqlValue[]];
type Key = readonly [table: Table, id: string];

const pageRows = 200;
/** Somebody changed a row just now: so often it is tried again. */
const mostTries = 5;
const active = ['pending', 'processing'].map(toStateCode);

export class Purge {
  readonly #options: PurgeOptions;
  #outputs = 0;
  #kept = 0;

  constructor(options: PurgeOptions) {
    this.#options = options;
  }

  /** @throws StoreError; what was deleted until then stays deleted */
  async run(deletion: Deletion): Promise<Purged> {
    await this.#each('outputs', outputsOf(deletion), (ref, value) => this.#outputKeys(ref, value));
    const jobs = jobsOf(deletion);
    if (jobs) await this.#each('jobs', jobs, (ref, value) => this.#jobKeys(ref, value));
    if (deletion.kind === 'everything') {
      await this.#each('executions', ['1'], (ref, value) => this.#executionKeys(ref, value));
    }
    await this.#each('contexts', ['1'], ({ id }, value) =>
      isContextMeant(deletion, id, value) ? [['contexts', id]] : [],
    );
    return { outputs: this.#outputs, kept: this.#kept };
  }

  async #each(
    table: Table,
    [condition, ...values]: Condition,
    keysOf: (ref: BodyRef, value: unknown) => Key[],
  ): Promise<void> {
    let after: SqlValue | undefined;
    do {
      this.#options.signal?.throwIfAborted();
      const further = after === undefined ? '' : 'AND id > ?';
      const sql = `SELECT ${bodyColumns} FROM ${table} WHERE deleted = 0 AND (${condition}) ${further} ORDER BY id LIMIT ${pageRows}`;
      const given = after === undefined ? values : [...values, after];
      const refs = this.#options.index().query(sql, given).map(toRef);
      const bodies = await this.#options.bodies.readEach(table, () => refs);
      await this.#delete(refs.flatMap((ref, index) => keysOf(ref, bodies[index]?.value)));
      after = refs.length < pageRows ? undefined : toKey(refs.at(-1)!.id);
      await breathe();
    } while (after !== undefined);
  }

  /** Its rows' newest revisions are asked for anew at each try; what came to life meanwhile is left alone. */
  async #delete(keys: readonly Key[]): Promise<void> {
    let left = keys;
    for (let tries = 0; left.length > 0 && tries < mostTries; tries++) {
      const ops = left.flatMap((key) => this.#tombstone(key));
      if (ops.length === 0) return;
      const applied = await this.#options.put(ops);
      const gone = ops.filter(([table], index) => table === 'outputs' && applied[index]).length;
      this.#outputs += gone;
      this.#options.onDeleted?.(this.#outputs);
      left = ops.filter((_, index) => !applied[index]).map(([table, id]): Key => [table, id]);
    }
  }

  #tombstone([table, id]: Key): Op[] {
    const sql = `SELECT rev FROM ${table} WHERE id = ? AND deleted = 0`;
    const row = this.#options.index().query(sql, [toKey(id)])[0];
    if (!row || (table === 'jobs' && this.#isActive(id))) return [];
    return [[table, id, Number(row[0]) + 1, null]];
  }

  #outputKeys({ id }: BodyRef, value: unknown): Key[] {
    const job = at(value, 'jobId');
    if (typeof job === 'string' && this.#isActive(job)) {
      this.#kept += 1;
      return [];
    }
    return [['outputs', id], ...keys('jobs', job), ...keys('executions', at(value, 'executionId'))];
  }

  #jobKeys({ id }: BodyRef, value: unknown): Key[] {
    return [['jobs', id], ...keys('executions', at(value, 'executionId'))];
  }

  #executionKeys({ id }: BodyRef, value: unknown): Key[] {
    const job = at(value, 'jobId');
    return typeof job === 'string' && this.#isActive(job) ? [] : [['executions', id]];
  }

  #isActive(job: string): boolean {
    const sql = 'SELECT 1 FROM jobs WHERE id = ? AND deleted = 0 AND state IN (?, ?)';
    return this.#options.index().query(sql, [toKey(job), ...active]).length > 0;
  }
}

function keys(table: Table, id: unknown): Key[] {
  return typeof id === 'string' ? [[table, id]] : [];
}

function outputsOf(deletion: Deletion): Condition {
  switch (deletion.kind) {
    case 'everything':
      return ['1'];
    case 'before':
      return ['created_at < ?', deletion.time];
    case 'template':
      return ['template_slug = ?', deletion.slug];
    case 'output':
      return ['id = ?', toKey(deletion.id)];
  }
}

/** Jobs that have no output: those with one went with it. */
function jobsOf(deletion: Deletion): Condition | undefined {
  const ended = 'state NOT IN (?, ?)';
  if (deletion.kind === 'everything') return [ended, ...active];
  if (deletion.kind === 'before') {
    return [`${ended} AND queued_at < ?`, ...active, deletion.time];
  }
  return undefined;
}

/** The values last given for a template. */
function isContextMeant(deletion: Deletion, slug: string, value: unknown): boolean {
  if (deletion.kind === 'everything') return true;
  if (deletion.kind === 'template') return slug === deletion.slug;
  const time = at(value, 'at');
  return deletion.kind === 'before' && typeof time === 'number' && time < deletion.time;
}
