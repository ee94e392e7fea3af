/** From a place in a rendered message to the place in the template that it comes from. */
import type { RenderedRun } from '../../server/protocol.ts';

type Position = RenderedRun['range']['start'];

export interface SourcePlace {
  /** The document of the partial it comes from; absent: the template itself. */
  readonly uri?: string;
  readonly range: RenderedRun['range'];
}

/**
 * Where the character at `offset` comes from. @param shown the message a person sees, which may be older than
 * `content`: what was typed since moves the place along.
 */
export function sourcePlace(
  shown: string,
  content: string,
  runs: readonly RenderedRun[],
  offset: number,
): SourcePlace | undefined {
  const at = moved(shown, content, offset);
  const run = runs.find(({ end }) => at < end) ?? runs.at(-1);
  if (run === undefined) return undefined;
  const range =
    run.kind === 'value' || at < run.start
      ? run.range
      : cursor(run.range.start, content.slice(run.start, Math.min(at, run.end)));
  return { range, ...(run.uri !== undefined && { uri: run.uri }) };
}

/** The same place in another text: before the first difference, behind the last, or where they begin to differ. */
function moved(before: string, after: string, offset: number): number {
  if (before === after) return offset;
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start++;
  if (offset <= start) return offset;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  const behind = before.length - offset;
  return behind <= same ? after.length - behind : start;
}

/** Behind a text that begins at `start` and stands in the document letter by letter. */
function cursor({ character, line }: Position, text: string): RenderedRun['range'] {
  const lines = text.split('\n');
  const last = lines.at(-1)!.length;
  const position =
    lines.length === 1
      ? { line, character: character + last }
      : { line: line + lines.length - 1, character: last };
  return { start: position, end: position };
}
