import { at, integer, text } from '../index/columns.ts';
import type { Noun } from '../index/columns.ts';

export const leaseNoun: Noun = {
  table: 'leases',
  columns: ['holder', 'claimed_at'],
  row: (value) => [text(at(value, 'window')), integer(at(value, 'at'))],
};
