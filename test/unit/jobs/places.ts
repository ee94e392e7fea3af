import type { Entry } from '../../../client/jobs/place.ts';

export function entry(id: string, more: Partial<Entry> = {}): Entry {
  return {
    id,
    provider: 'scripted',
    credential: 'work',
    priority: 'default',
    queuedAt: 0,
    attempt: 1,
    tokens: 0,
    ...more,
  };
}
