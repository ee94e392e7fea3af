import {
  type Connection,
  type Disposable,
  type InlayHint,
  InlayHintKind,
  type InlayHintParams,
} from 'vscode-languageserver/node';
import type { Analysis } from '../analysis.ts';
import type { Client } from '../client.ts';
import type { Documents } from '../documents.ts';
import type { Path, Span, Tag } from '../language/nodes.ts';
import { firstIndex } from '../language/positions.ts';
import type { Meaning } from '../language/scopes.ts';
import type { Value } from '../language/values.ts';
import type { Preferences } from '../preferences.ts';
import type { Safely } from '../safely.ts';
import { disposeAll, type Feature, spanOf } from './feature.ts';
import { pathsIn } from './tagWalk.ts';

/** Longer values are cut; the whole one is in the tooltip. */
const longest = 30;

/** The value of the first sample behind each variable, for those who ask for it in their settings. */
export class InlayHintFeature implements Feature {
  readonly capabilities = { inlayHintProvider: { resolveProvider: false } };
  readonly #documents: Documents;
  readonly #client: Client;
  readonly #preferences: Preferences;
  readonly #safely: Safely;

  constructor(documents: Documents, client: Client, preferences: Preferences, safely: Safely) {
    this.#documents = documents;
    this.#client = client;
    this.#preferences = preferences;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    return disposeAll(
      this.#preferences.register(connection, () => this.#refresh(connection)),
      connection.languages.inlayHint.on(
        this.#safely.later('inlayHint', [], async (params: InlayHintParams) => {
          const wanted = await this.#preferences.sampleValues(params.textDocument.uri);
          return wanted ? this.#hints(params) : [];
        }),
      ),
    );
  }

  #refresh(connection: Connection): void {
    if (!this.#client.refreshInlayHints) return;
    this.#safely.run('inlayHint', () => connection.languages.inlayHint.refresh());
  }

  #hints({ textDocument: { uri }, range }: InlayHintParams): InlayHint[] {
    const document = this.#documents.get(uri);
    if (document === undefined) return [];
    const { analysis, textDocument } = document;
    const span = spanOf(textDocument, range);
    return [...exampleValues(analysis, span)].map(({ at, value, source }) => ({
      position: textDocument.positionAt(at),
      label: `= ${shortened(value)}`,
      kind: InlayHintKind.Parameter,
      paddingLeft: true,
      tooltip: `${source}: ${value}`,
    }));
  }
}

interface Example {
  /** Where it is shown: behind the path. */
  readonly at: number;
  readonly value: string;
  readonly source: string;
}

function* exampleValues(analysis: Analysis, span: Span): Iterable<Example> {
  for (const tag of tagsWithin(analysis, span)) {
    for (const path of pathsIn(tag)) {
      const found = exampleOf(analysis.meaningOf(path), path, analysis);
      if (found === undefined) continue;
      const text = typeof found.value === 'string' ? found.value : JSON.stringify(found.value);
      yield { at: path.end, value: text, source: found.source };
    }
  }
}

function tagsWithin({ document: { tags } }: Analysis, { start, end }: Span): readonly Tag[] {
  const from = firstIndex(tags, (tag) => tag.end >= start);
  return tags.slice(
    from,
    firstIndex(tags, (tag) => tag.start > end),
  );
}

function exampleOf(
  meaning: Meaning,
  { segments, data }: Path,
  { frontMatter }: Analysis,
): { readonly value: Value; readonly source: string } | undefined {
  if (meaning.kind !== 'variable' || meaning.declaration?.sensitive === true) return undefined;
  const members = segments.slice(data ? 2 : 1).map(({ name }) => name);
  const sample = frontMatter?.samples.find(({ test }) => !test);
  const given = sample && memberOf(sample.values[meaning.name], members);
  if (sample !== undefined && given !== undefined) return { value: given, source: sample.name };
  const preset = memberOf(meaning.declaration?.default, members);
  return preset === undefined ? undefined : { value: preset, source: 'Default' };
}

function memberOf(value: Value | undefined, members: readonly string[]): Value | undefined {
  let at = value;
  for (const member of members) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, member)) return undefined;
    at = (at as Record<string, Value>)[member];
  }
  return at;
}

function shortened(value: string): string {
  const [line = ''] = value.split('\n');
  // Not through the middle of a character.
  const cut = line.length > longest ? line.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '') : line;
  return cut === value ? value : `${cut}…`;
}
