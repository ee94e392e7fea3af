/** Chat messages of other tools as role blocks. */
import type { Piece } from './draft.ts';

export interface Turn {
  readonly role: string;
  readonly body: readonly Piece[];
  readonly line: number;
}

const known: Readonly<Record<string, string>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  model: 'assistant',
  ai: 'assistant',
};

export function roleOf(written: string): string | undefined {
  const name = written.toLowerCase();
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

/** Text of no role is a user message; without any role it stays as it is. */
export function conversation(turns: readonly Turn[]): Piece[] {
  const said = turns.filter(({ body }) =>
    body.some((one) => typeof one !== 'string' || one.trim()),
  );
  if (said.every(({ role }) => role === '')) return said.flatMap(({ body }) => body);
  return said.flatMap(({ role, body, line }): Piece[] => {
    const name = role === '' ? 'user' : role;
    const open: Piece = { tag: `#${name}`, from: '', line };
    const close: Piece = { tag: `/${name}`, from: '', line };
    return [open, '\n', ...trimmed(body), '\n', close, '\n'];
  });
}

function trimmed(body: readonly Piece[]): Piece[] {
  const first = body[0];
  const pieces = [...body];
  if (typeof first === 'string') pieces[0] = first.trimStart();
  const last = pieces.at(-1);
  if (typeof last === 'string') pieces[pieces.length - 1] = last.trimEnd();
  return pieces;
}
