// oxlint-disable-next-line typescript/triple-slash-reference -- an ambient module is found in no other way from test/
/// <reference path="./sqlJsInline.d.ts" />
/** The seam to sql.js: SQLite in memory, opened from an image and exported to one. */
import type { BindParams, SqlJsConfig, SqlJsStatic } from 'sql.js';

export type SqlValue = string | number | null;

export interface SqlIndex {
  /** Executes one statement; answers how many rows it changed. */
  run(sql: string, values?: readonly SqlValue[]): number;
  query(sql: string, values?: readonly SqlValue[]): SqlValue[][];
  /** The image. Must not be called inside a transaction. */
  export(): Uint8Array;
  close(): void;
}

/** @throws when the image is not a database. */
export type OpenSqlIndex = (image?: Uint8Array) => Promise<SqlIndex>;

interface Config extends SqlJsConfig {
  /** sql.js otherwise replaces SQLite's own functions by slower ones. */
  readonly useOldExtensionFunctions: boolean;
}

let loaded: Promise<SqlJsStatic> | undefined;

async function load(): Promise<SqlJsStatic> {
  const { default: initialize } = await import('sql.js/dist/sql-wasm-inline.js');
  const config: Config = { useOldExtensionFunctions: false };
  return initialize(config);
}

export const openSqlIndex: OpenSqlIndex = async (image) => {
  loaded ??= load();
  const { Database } = await loaded;
  // A Buffer would be aliased instead of copied: its `slice` is a view.
  const database = new Database(
    image && new Uint8Array(image.buffer, image.byteOffset, image.byteLength),
  );
  return new SqlJsIndex(database);
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
      while (statement.step()) rows.push(statement.get() as SqlValue[]);
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
