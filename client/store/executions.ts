import type { Noun } from './columns.ts';

export const executionNoun: Noun = { table: 'executions', columns: [], row: () => [] };
