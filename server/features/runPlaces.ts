import type { FolderIndex } from '../folderIndex.ts';
import type { RenderInput } from '../language/render.ts';
import type { Run } from '../language/trace.ts';
import { LiveDocument } from '../liveDocument.ts';
import type { PositionEncoding } from '../positionEncoding.ts';
import { languageId, type RenderedRun } from '../protocol.ts';
import { rangeOf } from './feature.ts';

/** The places of rendered text as a client counts them, in the texts that were rendered, whatever is typed since. */
export class RunPlaces {
  readonly #input: RenderInput;
  readonly #encoding: PositionEncoding;
  readonly #uris: ReadonlyMap<string, string>;
  readonly #documents = new Map<string | undefined, LiveDocument>();

  /** Made together with the input, as later another file may have a partial's slug. */
  constructor(input: RenderInput, folder: FolderIndex, encoding: PositionEncoding) {
    this.#input = input;
    this.#encoding = encoding;
    this.#uris = new Map(
      Object.keys(input.partials).map((slug) => [slug, folder.bySlug(slug)?.uri ?? '']),
    );
  }

  of({ start, end, kind, from, slug }: Run): RenderedRun {
    const range = rangeOf(this.#document(slug), from);
    const uri = slug === undefined ? undefined : this.#uris.get(slug);
    return { start, end, kind, range, ...(uri !== undefined && { uri }) };
  }

  #document(slug: string | undefined): LiveDocument {
    const known = this.#documents.get(slug);
    if (known) return known;
    const { text, partials } = this.#input;
    const source = slug === undefined ? text : (partials[slug] ?? '');
    const made = new LiveDocument('', languageId, 0, source, this.#encoding);
    this.#documents.set(slug, made);
    return made;
  }
}
