/** Records with a `prompt_body`, and plain text, whose variables are written `{{variable_name}}`. */
import type { Value } from '../values.ts';
import { isRecord } from '../declarations.ts';
import type { Imported, Loss, Piece } from './draft.ts';
import { finish } from './draft.ts';
import type { Data, Importer } from './source.ts';
import {
  leftOver,
  lineOf,
  list,
  readData,
  record,
  slugFor,
  split,
  stem,
  text,
  titleFor,
} from './source.ts';

const known = ['name', 'slug', 'description', 'prompt_body', 'output_format', 'tags', 'active'];
/** What the database adds by itself. */
const bookkeeping = ['id', 'created_at', 'updated_at', 'created_by', 'created_by_id'];

/** Records, each with a `prompt_body`; alone, in a list, or in a list under a key. */
function records(source: string): Data[] {
  const data = readData(source);
  const found = isRecord(data)
    ? [data, ...Object.values(data).flatMap((one) => [...list(one)])]
    : list(data);
  return found.map(record).filter((one) => typeof one['prompt_body'] === 'string');
}

export const originalRecords: Importer = {
  tool: 'prompt templates',
  fits: ({ text: source }) => source.includes('prompt_body') && records(source).length > 0,
  read: ({ fileName, text: source }) =>
    records(source).map((one): Imported => {
      const name = text(one['name']) ?? titleFor(stem(fileName));
      const body = text(one['prompt_body']) ?? '';
      const slug = text(one['slug']);
      return finish({
        name: slugFor(slug ?? name),
        head: {
          name,
          slug: slug !== undefined && slug === slugFor(slug) ? slug : undefined,
          description: one['description'],
          tags: tagsOf(one['tags']),
          ...(one['active'] === false && { active: false }),
          format: formatOf(one['output_format']),
        },
        body: pieces(body, lineOf(source, 'prompt_body') ?? 1),
        losses: [...leftOver(one, [...known, ...bookkeeping], source), ...formatLoss(one, source)],
      });
    }),
};

/** Any text at all: nothing is lost of it. */
export const plainText: Importer = {
  tool: 'plain text',
  fits: ({ fileName }) => !/\.(?:ya?ml|json)$/i.test(fileName),
  read: ({ fileName, text: source }) => {
    const { head, body, line } = split(source);
    const name = text(head['name']) ?? titleFor(stem(fileName));
    return [
      finish({
        name: slugFor(stem(fileName)),
        head: { name, description: head['description'] },
        body: pieces(body.replace(/^\uFEFF/, ''), line),
        losses: leftOver(head, ['name', 'description'], source),
      }),
    ];
  },
};

function tagsOf(value: Value | undefined): Value | undefined {
  if (typeof value !== 'string') return value;
  return value
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);
}

const formats: ReadonlySet<string> = new Set(['text', 'markdown', 'json', 'html', 'yaml', 'xml']);

function formatOf(value: Value | undefined): string | undefined {
  const written = text(value) === 'html_partial' ? 'html' : text(value);
  return written !== undefined && formats.has(written) ? written : undefined;
}

function formatLoss(one: Data, source: string): Loss[] {
  const written = one['output_format'];
  if (written === undefined || formatOf(written) !== undefined) return [];
  const line = lineOf(source, 'output_format');
  const reason = `There is no format “${text(written) ?? JSON.stringify(written)}”.`;
  return [{ key: 'output_format', reason, ...(line && { line }) }];
}

/** Only `{{variable_name}}` is a tag there; everything else is text. */
function pieces(body: string, line: number): Piece[] {
  const made: Piece[] = [];
  let from = 0;
  for (const found of body.matchAll(/\{\{\s*([\p{L}_][\p{L}\p{N}_]*)\s*\}\}/gu)) {
    const at = line + body.slice(0, found.index).split('\n').length - 1;
    made.push(body.slice(from, found.index), { tag: found[1] ?? '', from: found[0], line: at });
    from = found.index + found[0].length;
  }
  return [...made, body.slice(from)];
}
