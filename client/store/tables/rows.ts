/** What every repository does: find the row, read the body from the journal. */
import type { Bodies, BodyRef } from '../journal/bodies.ts';
import { fromKey, toKey } from '../index/keys.ts';
import type { SqlIndex, SqlValue } from '../index/sqlIndex.ts';
import type { Repository, Table, Tables, Versioned } from '../store.ts';

/** Columns a query must select, in this order, to be read by `Rows`. */
export const bodyColumns = 'id, rev, segment, position, bytes';

/** What a repository stands on. */
export interface RowSource {
  /** @throws StoreError when the store is closed. */
  index(): SqlIndex;
  readonly bodies: Bodies;
}

export class Rows<T extends Table> implements Repository<T> {
  readonly #table: T;
  protected readonly source: RowSource;

  constructor(table: T, source: RowSource) {
    this.#table = table;
    this.source = source;
  }

  async get(id: string): Promise<Versioned<Tables[T]> | undefined> {
    const sql = `SELECT ${bodyColumns} FROM ${this.#table} WHERE id = ? AND deleted = 0`;
    const body = await this.source.bodies.readFirst(this.#table, this.#finder(sql, [toKey(id)]));
    return body as Versioned<Tables[T]> | undefined;
  }

  /** The values of the rows a query finds, in its order, without those whose record is damaged. */
  protected async read(sql: string, values: readonly SqlValue[]): Promise<Versioned<Tables[T]>[]> {
    const bodies = await this.source.bodies.read(this.#table, this.#finder(sql, values));
    return bodies as Versioned<Tables[T]>[];
  }

  #finder(sql: string, values: readonly SqlValue[]): () => BodyRef[] {
    return () => this.source.index().query(sql, values).map(toRef);
  }
}

export function toRef([id, rev, segment, offset, length]: SqlValue[]): BodyRef {
  return {
    id: fromKey(id),
    rev: Number(rev),
    place: { segment: Number(segment), offset: Number(offset), length: Number(length) },
  };
}
