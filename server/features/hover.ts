import {
  type Connection,
  type Disposable,
  type Hover,
  type HoverParams,
} from 'vscode-languageserver/node';
import type { Client } from '../client.ts';
import type { Documents, OpenDocument } from '../documents.ts';
import type { Safely } from '../safely.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { closing, opening } from './candidates.ts';
import { documentationOf, excerpt, shapeText } from './documentation.ts';
import { type Feature, markup, rangeOf } from './feature.ts';
import { modelDocumentation } from './modelText.ts';
import { dataDetails, typeName } from './nameCandidates.ts';
import { syntaxTexts } from './syntaxTargets.ts';
import { eachData } from '../language/scopes.ts';
import { type Target, targetAt } from './targets.ts';

export class HoverFeature implements Feature {
  readonly capabilities = { hoverProvider: true };
  readonly #documents: Documents;
  readonly #index: WorkspaceIndex;
  readonly #client: Client;
  readonly #safely: Safely;

  constructor(documents: Documents, index: WorkspaceIndex, client: Client, safely: Safely) {
    this.#documents = documents;
    this.#index = index;
    this.#client = client;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    return connection.onHover(
      this.#safely.first('hover', null, (params: HoverParams) => this.#hover(params) ?? null),
    );
  }

  #hover({ textDocument: { uri }, position }: HoverParams): Hover | undefined {
    const document = this.#documents.get(uri);
    if (document === undefined) return undefined;
    const target = targetAt(document.analysis, document.textDocument.offsetAt(position));
    const text = target && this.#text(target, document);
    if (target === undefined || text === undefined) return undefined;
    return {
      contents: markup(text, this.#client),
      range: rangeOf(document.textDocument, target.span),
    };
  }

  #text(target: Target, document: OpenDocument): string | undefined {
    const folder = this.#index.folderOf(document.uri);
    switch (target.kind) {
      case 'variable':
        return documentationOf({ about: 'variable', name: target.name }, document, folder);
      case 'helper':
        return documentationOf({ about: 'helper', name: target.name }, document, folder);
      case 'partial':
        return documentationOf({ about: 'partial', slug: target.slug }, document, folder);
      case 'key':
        return documentationOf({ about: 'key', path: target.path }, document, folder);
      case 'argument': {
        const callee = folder.bySlug(target.slug);
        return callee && documentationOf({ about: 'variable', name: target.name }, callee, folder);
      }
      case 'member':
        return memberText(target, document);
      case 'param':
        return paramText(target, document);
      case 'data':
        return dataText(target, document);
      case 'block':
        return openingText(target, document);
      case 'sample':
        return sampleText(target.name, document);
      case 'inline':
        return inlineText(target, document);
      case 'property':
        return shapeText(target.declaration.name, target.declaration);
      case 'choice':
        return `**${String(target.choice.value)}** — ${target.choice.description}`;
      case 'model': {
        const table = this.#index.modelTable();
        const provider = document.analysis.frontMatter?.settings.provider;
        return table && modelDocumentation(table, provider, target.id);
      }
      case 'syntax':
        return syntaxTexts[target.topic](opening(document.analysis), closing(document.analysis));
    }
  }
}

/** What a data variable is, and the loop it belongs to. */
function dataText(
  { name, span }: Extract<Target, { kind: 'data' }>,
  { analysis, text, textDocument }: OpenDocument,
): string {
  const what = `**@${name}** — ${dataDetails[name] ?? 'a data variable'}`;
  if (!eachData.includes(name)) return what;
  const { blocks, data } = analysis.scopeAt(span.start);
  if (!data.includes(name)) return `${what}. Known only inside of \`each\`.`;
  const up = text.slice(0, span.start).match(/(?:\.\.\/)*$/)?.[0].length ?? 0;
  const loop = blocks.filter((block) => block.name === 'each')[up / 3];
  if (loop === undefined) return what;
  const line = textDocument.positionAt(loop.open.start).line + 1;
  const written = text.slice(loop.open.start, loop.open.end);
  return `${what}, of line ${line}:\n\n\`\`\`prompt-template\n${written}\n\`\`\``;
}

function memberText(
  { path }: Extract<Target, { kind: 'member' }>,
  { analysis }: OpenDocument,
): string | undefined {
  const meaning = analysis.meaningOf(path);
  const shape = 'shape' in meaning ? meaning.shape : undefined;
  const name = path.segments.at(-1)?.name ?? path.text;
  return shape && shapeText(name, shape);
}

function paramText(
  { param, block }: Extract<Target, { kind: 'param' }>,
  { analysis }: OpenDocument,
): string {
  const inside = block.branches[0]?.body.start ?? block.end;
  const shape = analysis.scopeAt(inside).params.find((one) => one.param === param)?.shape;
  const about = shape === undefined ? 'not known what it is' : `\`${typeName(shape)}\``;
  return `**${param.name}** — block parameter of \`${block.name}\`, ${about}`;
}

function sampleText(name: string, { analysis }: OpenDocument): string | undefined {
  const sample = analysis.frontMatter?.samples.find((one) => !one.test && one.name === name);
  if (sample === undefined) return `There is no sample “${name}”.`;
  const values = JSON.stringify(sample.values, undefined, 2);
  return `**${name}** — sample\n\n\`\`\`json\n${values.slice(0, 1000)}\n\`\`\``;
}

function inlineText(
  { name, tag }: Extract<Target, { kind: 'inline' }>,
  { analysis, text, textDocument }: OpenDocument,
): string {
  const [block] = analysis.blocksAt(tag.start);
  const body = block?.branches[0]?.body;
  const line = textDocument.positionAt(tag.start).line + 1;
  const content = body === undefined ? '' : excerpt(text.slice(body.start, body.end));
  return `**${name}** — partial defined in line ${line}\n\n${content}`;
}

/** Which tag an `else` or a closing tag belongs to. */
function openingText(
  { block }: Extract<Target, { kind: 'block' }>,
  { textDocument, text }: OpenDocument,
): string {
  const line = textDocument.positionAt(block.open.start).line + 1;
  const written = text.slice(block.open.start, block.open.end);
  return `Line ${line}:\n\n\`\`\`prompt-template\n${written}\n\`\`\``;
}
