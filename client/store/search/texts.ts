/** What of an entity a search looks at. */
import { at } from '../index/columns.ts';

/** Which tables hold texts, and where in a value of each. */
const paths: Readonly<Record<string, readonly (readonly string[])[]>> = {
  outputs: [
    ['text'],
    ['error', 'message'],
    ['template', 'name'],
    ['model'],
    ['feedback', 'comment'],
  ],
  executions: [['request', 'messages'], ['context'], ['error', 'message']],
  jobs: [['request', 'messages'], ['context'], ['error', 'message']],
};

/** Whether one of its texts contains `wanted`, which is in lower case. */
export function contains(table: string, value: unknown, wanted: string): boolean {
  return paths[table]?.some((path) => deepContains(at(value, ...path), wanted)) ?? false;
}

function deepContains(value: unknown, wanted: string): boolean {
  if (typeof value === 'string') return value.toLowerCase().includes(wanted);
  if (typeof value === 'number') return String(value).includes(wanted);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((inner) => deepContains(inner, wanted));
}

/** The output an entity belongs to. */
export function outputOf(table: string, id: string, value: unknown): string | undefined {
  if (table === 'outputs') return id;
  const output = at(value, 'outputId');
  return paths[table] && typeof output === 'string' ? output : undefined;
}
