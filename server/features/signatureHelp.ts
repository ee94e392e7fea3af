import {
  type Connection,
  type Disposable,
  type SignatureHelp,
  type SignatureHelpParams,
} from 'vscode-languageserver/node';
import type { Client } from '../client.ts';
import type { Documents } from '../documents.ts';
import { type Helper, helperNamed, signature } from '../language/helpers.ts';
import type { Safely } from '../safely.ts';
import { type Feature, markup } from './feature.ts';

/** What the helper takes whose arguments are being typed. */
export class SignatureHelpFeature implements Feature {
  readonly capabilities = { signatureHelpProvider: { triggerCharacters: [' '] } };
  readonly #documents: Documents;
  readonly #client: Client;
  readonly #safely: Safely;

  constructor(documents: Documents, client: Client, safely: Safely) {
    this.#documents = documents;
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
    const call = cursor?.kind === 'name' ? cursor.call : undefined;
    const helper = call && helperNamed(call.name);
    if (call === undefined || helper === undefined || helper.params.length === 0) return undefined;
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
