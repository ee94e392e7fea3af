import type { Noun } from '../index/columns.ts';

export const executionNoun: Noun = { table: 'executions', columns: [], row: () => [] };
