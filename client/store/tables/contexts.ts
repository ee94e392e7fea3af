import type { Noun } from '../index/columns.ts';

export const contextNoun: Noun = { table: 'contexts', columns: [], row: () => [] };
