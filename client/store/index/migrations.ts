/**
 * The index's schema, step by step. Steps are only ever appended. They concern the index alone, which can always
 * be rebuilt from the journal: a step that needs values the older image does not hold says `refold`, and an image
 * from before it is then not used.
 */
import type { SqlIndex } from './sqlIndex.ts';

export interface Migration {
  readonly refold?: boolean;
  readonly statements: readonly string[];
}

/** What every table has: the newest revision of a row and where its line lies in the journal. */
const common = `
  id ANY PRIMARY KEY NOT NULL,
  rev INTEGER NOT NULL,
  segment INTEGER NOT NULL,
  position INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  deleted INTEGER NOT NULL`;

export const schema: readonly Migration[] = [
  {
    refold: true,
    statements: [
      `CREATE TABLE segments (segment INTEGER PRIMARY KEY, generation INTEGER NOT NULL, bytes INTEGER NOT NULL) STRICT`,
      `CREATE TABLE place (one INTEGER PRIMARY KEY, segment INTEGER NOT NULL, generation INTEGER NOT NULL, offset INTEGER NOT NULL, anchor TEXT NOT NULL) STRICT`,
      `CREATE TABLE credentials (${common}, provider TEXT, priority INTEGER, name TEXT) STRICT`,
      `CREATE INDEX credentials_by_order ON credentials (provider, priority, name) WHERE deleted = 0`,
      `CREATE TABLE jobs (${common}, state ANY, queued_at INTEGER) STRICT`,
      `CREATE INDEX jobs_by_state ON jobs (state, queued_at) WHERE deleted = 0`,
      `CREATE TABLE executions (${common}) STRICT, WITHOUT ROWID`,
      `CREATE TABLE outputs (${common}, template_slug TEXT, template_name TEXT, provider TEXT, model TEXT,
        status ANY, offline INTEGER, rating TEXT, created_at INTEGER, duration_ms INTEGER,
        input_tokens INTEGER, output_tokens INTEGER, preview TEXT, folded TEXT) STRICT`,
      `CREATE INDEX outputs_by_age ON outputs (created_at) WHERE deleted = 0`,
      `CREATE INDEX outputs_by_template ON outputs (template_slug, created_at) WHERE deleted = 0`,
      `CREATE INDEX outputs_by_model ON outputs (model, created_at) WHERE deleted = 0`,
      `CREATE INDEX outputs_by_status ON outputs (status, created_at) WHERE deleted = 0`,
      `CREATE INDEX outputs_by_rating ON outputs (rating, created_at) WHERE deleted = 0 AND rating IS NOT NULL`,
      `CREATE TABLE contexts (${common}) STRICT, WITHOUT ROWID`,
    ],
  },
  {
    // An image made before has skipped this table's records.
    refold: true,
    statements: [`CREATE TABLE leases (${common}, holder TEXT, claimed_at INTEGER) STRICT`],
  },
  {
    // Two indexes that hold all a filter asks for, instead of five that lead to rows. The row's number has a name
    // to stand in them, before what is only compared: so they have the order of the lists.
    refold: true,
    statements: [
      'DROP TABLE outputs',
      `CREATE TABLE outputs (row INTEGER PRIMARY KEY, ${common.replace('PRIMARY KEY', 'UNIQUE')}, template_slug TEXT,
        template_name TEXT, provider TEXT, model TEXT, status ANY, offline INTEGER, rating TEXT, created_at INTEGER,
        duration_ms INTEGER, input_tokens INTEGER, output_tokens INTEGER, preview TEXT, folded TEXT) STRICT`,
      `CREATE INDEX outputs_by_age ON outputs (created_at, row, status, rating, model) WHERE deleted = 0`,
      `CREATE INDEX outputs_by_template ON outputs (template_slug, created_at, row, status, rating, model) WHERE deleted = 0`,
    ],
  },
];

const pragmas = [
  // What was deleted must not be left in the free room of an image.
  'PRAGMA secure_delete = ON',
  'PRAGMA journal_mode = MEMORY',
  'PRAGMA synchronous = OFF',
  'PRAGMA locking_mode = EXCLUSIVE',
  'PRAGMA temp_store = MEMORY',
];

/** Brings an opened image to this version's schema; `false` when it cannot be and the index must be rebuilt. */
export function migrate(index: SqlIndex, migrations: readonly Migration[] = schema): boolean {
  for (const pragma of pragmas) index.query(pragma);
  const version = Number(index.query('PRAGMA user_version')[0]?.[0]);
  const steps = migrations.slice(version);
  if (version > migrations.length || (version > 0 && steps.some(({ refold }) => refold)))
    return false;
  for (const statement of steps.flatMap(({ statements }) => statements)) index.run(statement);
  index.run(`PRAGMA user_version = ${migrations.length}`);
  return true;
}
