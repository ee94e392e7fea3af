import type { Credential } from '../../model.ts';
import { at, integer, text } from '../index/columns.ts';
import type { Noun } from '../index/columns.ts';
import { bodyColumns, Rows } from './rows.ts';
import type { CredentialRepository, Versioned } from '../store.ts';

export const credentialNoun: Noun = {
  table: 'credentials',
  columns: ['provider', 'priority', 'name'],
  row: (value) => [
    text(at(value, 'provider')),
    integer(at(value, 'priority')),
    text(at(value, 'name')),
  ],
};

export class Credentials extends Rows<'credentials'> implements CredentialRepository {
  list(provider?: string): Promise<Versioned<Credential>[]> {
    const sql = `SELECT ${bodyColumns} FROM credentials WHERE ${condition(provider)}
      ORDER BY provider, priority, name`;
    return this.read(sql, provider === undefined ? [] : [provider]);
  }

  count(provider?: string): number {
    const sql = `SELECT count(*) FROM credentials WHERE ${condition(provider)}`;
    const values = provider === undefined ? [] : [provider];
    return Number(this.source.index().query(sql, values)[0]?.[0]);
  }
}

function condition(provider: string | undefined): string {
  return provider === undefined ? 'deleted = 0' : 'deleted = 0 AND provider = ?';
}
