import {
  type Connection,
  type Disposable,
  type SignatureHelp,
  type SignatureHelpParams,
} from 'vscode-languageserver/node';
import type { Client } from '../client.ts';
import type { Documents } from '../documents.ts';
import type { Cursor, TypedCall } from '../language/cursor.ts';
import { type Helper, helperNamed, signature } from '../language/helpers.ts';
import type { Safely } from '../safely.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { type Feature, markup } from './feature.ts';

/** What the helper or partial takes whose arguments are being typed. */
export class SignatureHelpFeature implements Feature {
  readonly capabilities = { signatureHelpProvider: { triggerCharacters: [' ', '=', '('] } };
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
    return connection.onSignatureHelp(
      this.#safely.first(
        'signatureHelp',
        null,
        (params: SignatureHelpParams) => this.#help(params) ?? null,
      ),
    );
  }

  #help({ textDocument: { uri }, position }: SignatureHelpParams): SignatureHelp | undefined {
    const document = this.#documents.get(uri);
    const cursor = document?.analysis.cursorAt(document.textDocument.offsetAt(position));
    if (cursor === undefined) return undefined;
    const partial = partialBeingCalled(cursor);
    if (partial !== undefined) return this.#partial(partial, uri);
    return this.#helper(callBeingTyped(cursor));
  }

  /** Its variables as named arguments; the active one is that whose name is begun or whose value is typed. */
  #partial({ slug, argument }: PartialBeingCalled, uri: string): SignatureHelp | undefined {
    const variables = this.#index.folderOf(uri).bySlug(slug)?.analysis.describe().variables ?? [];
    if (variables.length === 0) return undefined;
    let label = slug;
    const parameters = variables.map(({ name, type, required, description }) => {
      const start = label.length + 1;
      label += required ? ` ${name}=${type}` : ` [${name}=${type}]`;
      const place: [number, number] = [start, label.length];
      return { label: place, ...(description === undefined ? {} : { documentation: description }) };
    });
    const begun = variables.findIndex(({ name }) => argument !== '' && name.startsWith(argument));
    return {
      signatures: [{ label, parameters }],
      activeSignature: 0,
      // None is active while none is begun: a number past the end says so.
      activeParameter: begun < 0 ? parameters.length : begun,
    };
  }

  #helper(call: TypedCall | undefined): SignatureHelp | undefined {
    const helper = call && helperNamed(call.name);
    if (call === undefined || helper === undefined || helper.params.length === 0) return undefined;
    if (call.named !== undefined) return undefined;
    const repeats = helper.params.at(-1)?.repeats === true;
    const last = helper.params.length - 1;
    if (call.index > last && !repeats) return undefined;
    return {
      signatures: [
        {
          label: signature(helper),
          documentation: markup(helper.description, this.#client),
          parameters: parametersOf(helper),
        },
      ],
      activeSignature: 0,
      activeParameter: Math.min(call.index, last),
    };
  }
}

interface PartialBeingCalled {
  readonly slug: string;
  /** The argument whose value is typed, or the word that may become its name. */
  readonly argument: string;
}

function partialBeingCalled(cursor: Cursor): PartialBeingCalled | undefined {
  if (cursor.kind === 'partial-argument') {
    return { slug: cursor.slug, argument: cursor.prefix };
  }
  const given = cursor.kind === 'name' ? cursor.given : undefined;
  if (given !== undefined) return { slug: given.slug, argument: given.value ?? '' };
  if (cursor.kind !== 'string' || cursor.place.kind !== 'partial-argument') return undefined;
  return { slug: cursor.place.slug, argument: cursor.place.value };
}

function callBeingTyped(cursor: Cursor): TypedCall | undefined {
  if (cursor.kind === 'name') return cursor.call;
  return cursor.kind === 'string' && cursor.place.kind === 'argument'
    ? cursor.place.call
    : undefined;
}

/** Each is the piece of the label that stands for it, as offsets: two may be written alike. */
function parametersOf(helper: Helper) {
  const words = signature(helper).split(' ');
  let start = words[0]?.length ?? 0;
  return helper.params.map(({ description }, i) => {
    const length = words[i + 1]?.length ?? 0;
    const label: [number, number] = [start + 1, start + 1 + length];
    start += 1 + length;
    return { label, documentation: description };
  });
}
