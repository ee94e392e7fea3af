import { extension, type Files, isOwn, isWithin } from '../../server/files.ts';

/** Template files without a disk: text by URI. */
export class InMemoryFiles implements Files {
  readonly texts = new Map<string, string>();

  constructor(texts: Readonly<Record<string, string>> = {}) {
    for (const [uri, text] of Object.entries(texts)) this.texts.set(uri, text);
  }

  async read(folder: string, uri: string): Promise<string | undefined> {
    return isWithin(folder, uri) ? this.texts.get(uri) : undefined;
  }

  async *templates(folder: string): AsyncIterable<string> {
    for (const uri of this.texts.keys()) {
      if (isOwn(folder, uri) && uri.endsWith(extension)) yield uri;
    }
  }
}
