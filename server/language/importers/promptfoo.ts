/** promptfoo's configuration: several prompts, and tests for all of them. */
import type { Value } from '../values.ts';
import { isRecord } from '../declarations.ts';
import type { Imported, Loss, Piece } from './draft.ts';
import { finish } from './draft.ts';
import { readJinja } from './jinja.ts';
import { modelOf, parameters } from './modelSettings.ts';
import { conversation, roleOf } from './roles.ts';
import type { Data, Importer } from './source.ts';
import {
  leftOver,
  lineOf,
  list,
  readData,
  record,
  slugFor,
  stem,
  text,
  titleFor,
} from './source.ts';

const known = ['prompts', 'providers', 'targets', 'tests', 'defaultTest', 'description', '$schema'];

export const promptfoo: Importer = {
  tool: 'promptfoo',
  fits({ text: source, fileName }) {
    if (!/\.(?:ya?ml|json|prompt)$/i.test(fileName)) return false;
    const data = record(readData(source));
    return (
      data['prompts'] !== undefined &&
      ['providers', 'targets', 'tests'].some((key) => data[key] !== undefined)
    );
  },
  read({ fileName, text: source }) {
    const data = record(readData(source));
    const shared = leftOver(data, known, source);
    const model = provider(data, source);
    const tests = testsOf(data, source);
    const base = slugFor(stem(fileName));
    const prompts = list(data['prompts']);
    return prompts.map((prompt, at): Imported => {
      const label = text(record(prompt)['label'] ?? record(prompt)['id']);
      const name = label ?? (prompts.length > 1 ? `${base}_${at + 1}` : base);
      const line = lineOf(source, 'prompts') ?? 1;
      const written =
        text(prompt) ?? text(record(prompt)['raw']) ?? text(record(prompt)['content']) ?? '';
      const { body, losses } = read(written, line);
      return finish({
        name: slugFor(name),
        head: {
          name: titleFor(name),
          description: data['description'],
          ...model.head,
          tests: tests.tests.map((test) => usedOnly(test, body)),
        },
        body,
        losses: [...shared, ...model.losses, ...tests.losses, ...losses],
      });
    });
  },
};

/** Without the values that other prompts of the file need. */
function usedOnly(test: Data, body: readonly Piece[]): Value {
  const tags = body.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.tag]));
  const isUsed = (name: string) =>
    tags.some((tag) => tag.split(/[^\p{L}\p{N}_-]+/u).includes(name));
  const values = Object.entries(record(test['values'])).filter(([name]) => isUsed(name));
  return { ...test, values: Object.fromEntries(values) };
}

/** A prompt is text, or a chat as JSON or YAML. */
function read(written: string, line: number): { body: Piece[]; losses: Loss[] } {
  if (/^(?:file:\/\/|exec:)|^[\w./-]+\.(?:txt|json|ya?ml|md|py|js|ts)$/.test(written.trim())) {
    const reason = 'The prompt is kept in another file: import that one.';
    return { body: [written], losses: [{ key: written.trim(), reason, line }] };
  }
  const chat = /^\s*(?:\[|- role:)/.test(written) ? readData(written) : undefined;
  const messages =
    Array.isArray(chat) && chat.every((one) => isRecord(one)) ? chat.map(record) : [];
  if (messages.length === 0) return readJinja(written, line);
  const read_ = messages.map((message) => ({
    role: roleOf(text(message['role']) ?? '') ?? 'user',
    ...readJinja(text(message['content']) ?? JSON.stringify(message['content'] ?? ''), line),
    line,
  }));
  return { body: conversation(read_), losses: read_.flatMap(({ losses }) => losses) };
}

function provider(data: Data, source: string): { head: Record<string, Value>; losses: Loss[] } {
  const [first, ...others] = list(data['providers'] ?? data['targets']);
  const losses: Loss[] = others.map((one) => {
    const key = text(one) ?? text(record(one)['id']) ?? 'providers';
    return { key, reason: 'A prompt has one model; the first of the list was taken.' };
  });
  const id = text(first) ?? text(record(first)['id']);
  const config = parameters(record(record(first)['config']), source);
  return { head: { ...modelOf(id), ...config.head }, losses: [...losses, ...config.losses] };
}

function testsOf(data: Data, source: string): { tests: Data[]; losses: Loss[] } {
  const shared = record(data['defaultTest']);
  const losses: Loss[] = [];
  if (typeof data['tests'] === 'string') {
    losses.push({ key: 'tests', reason: 'They are kept in another file.' });
  }
  const tests = list(typeof data['tests'] === 'string' ? [] : data['tests']).map(
    (one, at): Data => {
      const test = record(one);
      const values = { ...record(shared['vars']), ...record(test['vars']) };
      const expect = [...list(shared['assert']), ...list(test['assert'])].flatMap((assertion) =>
        expectation(record(assertion), source, losses),
      );
      losses.push(...leftOver(test, ['description', 'vars', 'assert'], source, 'tests.'));
      return {
        name: text(test['description']) ?? `test ${at + 1}`,
        values,
        ...(expect.length > 0 && { expect }),
      };
    },
  );
  return { tests, losses };
}

const assertions: Readonly<Record<string, string>> = {
  equals: 'equals',
  contains: 'contains',
  icontains: 'icontains',
  'not-contains': 'not-contains',
  'contains-all': 'contains-all',
  'contains-any': 'contains-any',
  regex: 'matches',
  'not-regex': 'not-matches',
  'starts-with': 'starts-with',
  'is-json': 'is-json',
};

function expectation(assertion: Data, source: string, losses: Loss[]): Value[] {
  const type = text(assertion['type']) ?? '';
  const ours = Object.hasOwn(assertions, type) ? assertions[type] : undefined;
  if (ours === undefined) {
    const line = lineOf(source, 'assert');
    losses.push({
      key: `assert ${type}`,
      reason: 'There is no such check here.',
      ...(line && { line }),
    });
    return [];
  }
  return [{ [ours]: assertion['value'] ?? true }];
}
