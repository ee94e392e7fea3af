// oxlint-disable-next-line typescript/triple-slash-reference -- an ambient module is found in no other way from test/
/// <reference path="./sqlJsInline.d.ts" />
/** The seam to sql.js: SQLite in memory, opened from an image and exported to one. */
import type { BindParams, SqlJsConfig, SqlJsStatic } from 'sql.js';

import { breathe } from '../breathe.ts';

export type SqlValue = string | number | Uint8Array | null;

export interface SqlIndex {
  /** Executes one statement; answers how many rows it changed. */
  run(sql: string, values?: readonly SqlValue[]): number;
  query(sql: string, values?: readonly SqlValue[]): SqlValue[][];
  /** The image. Must not be called inside a transaction. */
  export(): Uint8Array;
  close(): void;
}

/** Takes the image over: its bytes must not be used any more. @throws when it is not a database. */
export type OpenSqlIndex = (image?: Uint8Array) => Promise<SqlIndex>;

interface Config extends SqlJsConfig {
  /** sql.js otherwise replaces SQLite's own functions by slower ones. */
  readonly useOldExtensionFunctions: boolean;
}

let loaded: Promise<SqlJsStatic> | undefined;

/** Loads sql.js, which takes a while; worth beginning while files are still being read. */
export async function prepareSqlIndex(): Promise<void> {
  await sqlJs();
}

function sqlJs(): Promise<SqlJsStatic> {
  loaded ??= load().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function load(): Promise<SqlJsStatic> {
  const { default: initialize } = await import('sql.js/dist/sql-wasm-inline.js');
  const config: Config = { useOldExtensionFunctions: false };
  const sql = await initialize(config);
  await breathe();
  // The first statement has SQLite compiled, which would otherwise hold everything up together with the opening.
  const first = new sql.Database();
  first.run('PRAGMA journal_mode = MEMORY');
  first.close();
  await breathe();
  return sql;
}

export const openSqlIndex: OpenSqlIndex = async (image) => {
  const { Database } = await sqlJs();
  // sql.js takes `slice` of what it is given: a copy of a Uint8Array, but a view of a Buffer. The image is ours to
  // give away, so tens of megabytes need not be held twice.
  const index = new SqlJsIndex(
    new Database(image && Buffer.from(image.buffer, image.byteOffset, image.byteLength)),
  );
  await breathe();
  return index;
};

type Database = InstanceType<SqlJsStatic['Database']>;
type Statement = ReturnType<Database['prepare']>;

class SqlJsIndex implements SqlIndex {
  readonly #database: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(database: Database) {
    this.#database = database;
  }

  run(sql: string, values: readonly SqlValue[] = []): number {
    this.#prepared(sql).run(values as BindParams);
    return this.#database.getRowsModified();
  }

  query(sql: string, values: readonly SqlValue[] = []): SqlValue[][] {
    const statement = this.#prepared(sql);
    const rows: SqlValue[][] = [];
    try {
      statement.bind(values as BindParams);
      while (statement.step()) rows.push(statement.get());
    } finally {
      statement.reset();
    }
    return rows;
  }

  export(): Uint8Array {
    return this.#database.export();
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepared(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
