import {
  type Connection,
  type Disposable,
  type DocumentFormattingParams,
  type DocumentRangeFormattingParams,
  type TextEdit,
} from 'vscode-languageserver/node';
import type { Documents } from '../documents.ts';
import type { TemplateFile } from '../folderIndex.ts';
import { respacedTags } from '../language/format.ts';
import type { Span, Tag } from '../language/nodes.ts';
import { keys } from '../language/schema.ts';
import type { Safely } from '../safely.ts';
import { disposeAll, type Feature, rangeOf, spanOf } from './feature.ts';
import { type Edit, reordered } from './frontMatterEdits.ts';

/** The spacing within tags and the order of the front matter; the text of a prompt is never touched. */
export class FormattingFeature implements Feature {
  readonly capabilities = {
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
  };
  readonly #documents: Documents;
  readonly #safely: Safely;

  constructor(documents: Documents, safely: Safely) {
    this.#documents = documents;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    return disposeAll(
      connection.onDocumentFormatting(
        this.#safely.later<DocumentFormattingParams, TextEdit[]>('formatting', [], (params) => {
          const document = this.#documents.get(params.textDocument.uri);
          return document === undefined ? [] : edits(document);
        }),
      ),
      connection.onDocumentRangeFormatting(
        this.#safely.later<DocumentRangeFormattingParams, TextEdit[]>(
          'rangeFormatting',
          [],
          ({ textDocument: { uri }, range }) => {
            const document = this.#documents.get(uri);
            return document === undefined
              ? []
              : edits(document, spanOf(document.textDocument, range));
          },
        ),
      ),
    );
  }
}

function edits(file: TemplateFile, span?: Span): TextEdit[] {
  return formatted(file, span).map((edit) => ({
    range: rangeOf(file.textDocument, edit.span),
    newText: edit.text,
  }));
}

/** Without a span everything. The front matter is put in order only as a whole. */
export function formatted({ analysis, text }: TemplateFile, span?: Span): Edit[] {
  if (analysis.dialect !== undefined) return [];
  const { frontMatter, document } = analysis;
  const { start, end } = span ?? { start: 0, end: text.length };
  const isWhole =
    frontMatter !== undefined && start <= frontMatter.yaml.start && frontMatter.yaml.end <= end;
  // What is missing is then shown as its tag is written.
  const leave = new Set<Tag['kind']>(frontMatter?.settings.missing === 'keep' ? ['value'] : []);
  return [
    ...(isWhole ? orderedHead(frontMatter, text) : []),
    ...respacedTags(document, { start, end }, leave),
  ];
}

type Head = NonNullable<TemplateFile['analysis']['frontMatter']>;

const places = new Map(keys.map(({ key }, index) => [key, index]));

/** In the order of the reference; keys of one's own stay behind the others. */
function orderedHead({ closed, entries, yaml, problems }: Head, text: string): Edit[] {
  const written = text.slice(yaml.start, yaml.end);
  const broken = !closed || problems.some(({ code }) => code === 'yaml-syntax');
  // An alias must come after what it stands for; what is no plain block is left to its author.
  if (broken || /(?:^|[\s,:[{])[&*][\w-]|^[%.{?]|^---/m.test(written)) return [];
  const starts = entries.map(({ keySpan }) => keySpan.start);
  if (!starts.every((start) => /[\r\n]/.test(text[start - 1] ?? ''))) return [];
  const place = (key: string) => places.get(key) ?? places.size;
  const order = entries.toSorted((a, b) => place(a.key) - place(b.key));
  if (order.every((entry, index) => entry === entries[index])) return [];
  const spanOf = ({ keySpan, valueSpan }: Head['entries'][number]) => ({
    start: keySpan.start,
    end: Math.max(keySpan.end, valueSpan.end),
  });
  return [reordered(text, yaml.start, entries, order, spanOf)];
}
