import assert from 'node:assert/strict';
import { migrate } from '../../../client/store/index/migrations.ts';
import { conditionOf } from '../../../client/store/tables/outputFilter.ts';
import { openSqlIndex } from '../../../client/store/index/sqlIndex.ts';
import type { OutputFilter } from '../../../client/store/store.ts';

const cases: readonly (readonly [filter: OutputFilter, index: string])[] = [
  [{}, 'SCAN outputs USING COVERING INDEX outputs_by_age'],
  [{ model: 'm-1' }, 'SCAN outputs USING COVERING INDEX outputs_by_age'],
  [{ status: 'completed' }, 'SCAN outputs USING COVERING INDEX outputs_by_age'],
  [{ rating: 'up' }, 'SCAN outputs USING COVERING INDEX outputs_by_age'],
  [{ rating: 'none', status: 'failed' }, 'SCAN outputs USING COVERING INDEX outputs_by_age'],
  [
    { model: 'm-1', status: 'failed', rating: 'down', before: 5 },
    'SEARCH outputs USING COVERING INDEX outputs_by_age (created_at<?)',
  ],
  [
    { template: 'greet' },
    'SEARCH outputs USING COVERING INDEX outputs_by_template (template_slug=?)',
  ],
  [
    { template: 'greet', model: 'm-1', status: 'failed', rating: 'up', before: 5 },
    'SEARCH outputs USING COVERING INDEX outputs_by_template (template_slug=? AND created_at<?)',
  ],
];

describe('output filter', () => {
  for (const [filter, expected] of cases) {
    it(`reads no rows and sorts none for ${JSON.stringify(filter)}`, async () => {
      const index = await openSqlIndex();
      migrate(index);
      const { sql, values } = conditionOf(filter);
      const plan = index.query(
        `EXPLAIN QUERY PLAN SELECT row FROM outputs WHERE ${sql} ORDER BY created_at DESC, row DESC`,
        values,
      );
      index.close();
      assert.deepEqual(
        plan.map((step) => step.at(-1)),
        [expected],
      );
    });
  }
});
