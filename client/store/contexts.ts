import type { Noun } from './columns.ts';

export const contextNoun: Noun = { table: 'contexts', columns: [], row: () => [] };
