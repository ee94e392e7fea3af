/** VS Code's own `*.prompt.md`: `mode`, `model`, `tools`, `description`; `${input:name}`. */
import type { Value } from '../values.ts';
import type { Loss, Piece } from './draft.ts';
import { finish } from './draft.ts';
import type { Importer, SourceFile } from './source.ts';
import { leftOver, slugFor, split, stem, text, titleFor } from './source.ts';

export const promptMd: Importer = {
  tool: 'VS Code prompt file',
  fits: ({ fileName }) => /\.(?:prompt|instructions|chatmode|agent)\.md$/i.test(fileName),
  read: (source) => [finish(draft(source))],
};

/** What the editor fills in by itself, and where ours has it from. */
const editor: Readonly<Record<string, { readonly name: string; readonly from: string }>> = {
  selection: { name: 'selection', from: 'selection' },
  selectedText: { name: 'selection', from: 'selection' },
  file: { name: 'file', from: 'file' },
};
const data: Readonly<Record<string, string>> = {
  fileBasename: '@file',
  workspaceFolderBasename: '@workspace',
};

function draft({ fileName, text: source }: SourceFile) {
  const { head, body, line } = split(source);
  const { pieces, variables, losses } = read(body, line);
  const name = text(head['name']) ?? stem(fileName);
  const { description, model } = head;
  return {
    name: slugFor(stem(fileName)),
    head: { name: titleFor(name), description, model, variables },
    body: pieces,
    losses: [...leftOver(head, ['name', 'description', 'model'], source), ...losses],
  };
}

function read(body: string, line: number) {
  const pieces: Piece[] = [];
  const variables: Record<string, Value> = {};
  const losses: Loss[] = [];
  let from = 0;
  for (const found of body.matchAll(/\$\{(\w+)(?::([^}:]*))?(?::([^}]*))?\}/g)) {
    const [written, kind = '', name = '', placeholder] = found;
    const at = line + body.slice(0, found.index).split('\n').length - 1;
    pieces.push(body.slice(from, found.index));
    from = found.index + written.length;
    const known = Object.hasOwn(editor, kind) ? editor[kind] : undefined;
    const plain = Object.hasOwn(data, kind) ? data[kind] : undefined;
    if (kind === 'input' && name !== '') {
      const variable = name.replace(/[^\p{L}\p{N}_-]+/gu, '_').replace(/^(?=[\d-])/, '_');
      pieces.push({ tag: variable, from: written, line: at });
      variables[variable] ??=
        placeholder === undefined ? 'string' : { type: 'string', description: placeholder };
    } else if (known) {
      pieces.push({ tag: known.name, from: written, line: at });
      variables[known.name] ??= { type: 'text', from: known.from };
    } else if (plain !== undefined) pieces.push({ tag: plain, from: written, line: at });
    else {
      pieces.push(written);
      losses.push({
        key: written,
        reason: 'It is not filled in here; it stays as text.',
        line: at,
      });
    }
  }
  pieces.push(body.slice(from));
  for (const found of body.matchAll(/#(?:file|tool):\S+|\]\((?!https?:)[^)\s]+\.\w+\)/g)) {
    const at = line + body.slice(0, found.index).split('\n').length - 1;
    const reason = 'The file or tool it points to is not sent along; it stays as text.';
    losses.push({ key: found[0].replace(/^\]/, ''), reason, line: at });
  }
  return { pieces, variables, losses };
}
