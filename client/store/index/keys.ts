/** Ids and states as the index holds them: a third of the room of their texts, and there are many. */
import type { JobState } from '../../model.ts';
import type { SqlValue } from './sqlIndex.ts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** A UUID as its 16 bytes, any other id as it is. */
export function toKey(id: string): SqlValue {
  return uuid.test(id) ? Buffer.from(id.replaceAll('-', ''), 'hex') : id;
}

export function fromKey(key: SqlValue | undefined): string {
  if (!(key instanceof Uint8Array)) return String(key);
  const hex = Buffer.from(key).toString('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ];
  return parts.join('-');
}

/** Images hold these numbers: a state keeps its own. */
const stateCodes: Readonly<Record<JobState, number>> = {
  pending: 0,
  processing: 1,
  completed: 2,
  failed: 3,
  cancelled: 4,
  interrupted: 5,
};
const states = Object.keys(stateCodes) as JobState[];

/** A state of a newer version stays a text. */
export function toStateCode(state: unknown): SqlValue {
  if (typeof state !== 'string') return null;
  return Object.hasOwn(stateCodes, state) ? stateCodes[state as JobState] : state;
}

export function fromStateCode(code: SqlValue | undefined): JobState {
  const state = typeof code === 'number' ? states[code] : code;
  return String(state ?? '') as JobState;
}
