/** Templates of the `llm` command: YAML with `prompt`, `system` and `$variables`. */
import type { Value } from '../values.ts';
import type { Piece } from './draft.ts';
import { finish } from './draft.ts';
import { modelOf, parameters } from './modelSettings.ts';
import { conversation } from './roles.ts';
import type { Importer, SourceFile } from './source.ts';
import { leftOver, lineOf, readData, record, slugFor, stem, text, titleFor } from './source.ts';

const known = [
  'prompt',
  'system',
  'model',
  'defaults',
  'options',
  'name',
  'schema_object',
  'extract',
];

export const llm: Importer = {
  tool: 'llm',
  fits({ fileName, text: source }) {
    if (!/\.(?:ya?ml|prompt)$/i.test(fileName)) return false;
    const data = record(readData(source));
    const said = [data['prompt'], data['system']].filter((one) => one !== undefined);
    return (
      said.length > 0 && said.every((one) => typeof one === 'string') && !('prompt_body' in data)
    );
  },
  read: (source) => [finish(draft(source))],
};

function draft({ fileName, text: source }: SourceFile) {
  const data = record(readData(source));
  const options = parameters(record(data['options']), source);
  const name = text(data['name']) ?? stem(fileName);
  const schema = data['schema_object'];
  const turns = (['system', 'prompt'] as const).flatMap((key) => {
    const line = lineOf(source, key) ?? 1;
    const written = text(data[key]);
    const role = key === 'system' ? 'system' : data['system'] === undefined ? '' : 'user';
    return written === undefined ? [] : [{ role, body: read(written, line), line }];
  });
  // Without a prompt of its own, what is piped in is the prompt.
  if (text(data['prompt']) === undefined) {
    turns.push({ role: 'user', body: [{ tag: 'input', from: '$input', line: 1 }], line: 1 });
  }
  const defaults = Object.entries(record(data['defaults']));
  const variables: Record<string, Value> = Object.fromEntries(
    defaults.map(([key, value]) => [key, { default: value }]),
  );
  return {
    name: slugFor(name),
    head: {
      name: titleFor(name),
      ...(schema !== undefined && { format: 'json', schema }),
      ...modelOf(text(data['model'])),
      ...options.head,
      variables,
    },
    body: conversation(turns),
    losses: [...leftOver(data, known, source), ...options.losses],
  };
}

/** `$name`, `${name}`, and `$$` for a dollar sign. */
function read(written: string, line: number): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of written.matchAll(/\$(?:(\$)|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g)) {
    const at = line + written.slice(0, found.index).split('\n').length - 1;
    pieces.push(written.slice(from, found.index));
    from = found.index + found[0].length;
    const tag = found[2] ?? found[3] ?? '';
    pieces.push(found[1] === '$' ? '$' : { tag, from: found[0], line: at });
  }
  pieces.push(written.slice(from));
  return pieces;
}
