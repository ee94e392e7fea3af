import assert from 'node:assert/strict';
import { migrate } from '../../../client/store/index/migrations.ts';
import { conditionOf } from '../../../client/store/tables/outputSearch.ts';
import { openSqlIndex } from '../../../client/store/index/sqlIndex.ts';
import type { OutputFilter } from '../../../client/store/store.ts';

const cases: readonly (readonly [filter: OutputFilter, index: string])[] = [
  [{}, 'outputs_by_age'],
  [{ template: 'greet' }, 'outputs_by_template'],
  [{ model: 'm-1' }, 'outputs_by_model'],
  [{ status: 'completed' }, 'outputs_by_status'],
  [{ rating: 'up' }, 'outputs_by_rating'],
  [{ rating: 'none' }, 'outputs_by_age'],
  [{ model: 'm-1', status: 'completed' }, 'outputs_by_model'],
  [{ model: 'm-1', status: 'failed' }, 'outputs_by_status'],
  [{ model: 'm-1', status: 'completed', rating: 'down' }, 'outputs_by_rating'],
  [{ template: 'greet', model: 'm-1', status: 'failed', rating: 'up' }, 'outputs_by_template'],
  [{ template: 'greet', rating: 'none', text: 'x' }, 'outputs_by_template'],
];

describe('output filter', () => {
  for (const [filter, expected] of cases) {
    it(`walks along ${expected} for ${JSON.stringify(filter)}, sorting nothing`, async () => {
      const index = await openSqlIndex();
      migrate(index);
      const { sql, values } = conditionOf(filter);
      const plan = index.query(
        `EXPLAIN QUERY PLAN SELECT rowid FROM outputs WHERE ${sql} ORDER BY created_at DESC, rowid DESC`,
        values,
      );
      index.close();
      assert.equal(plan.length, 1);
      assert.match(String(plan[0]?.at(-1)), new RegExp(`INDEX ${expected}\\b`));
    });
  }
});
