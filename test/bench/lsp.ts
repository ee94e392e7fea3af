import { existsSync } from 'node:fs';
import type { Position, Range } from 'vscode-languageserver-protocol';
import { jsonDocument, promptDocument, type BenchDocument } from './lspDocuments.ts';
import type { BenchRow } from './row.ts';
import { StdioServer, type ServerCommand } from './stdioServer.ts';

const ours: ServerCommand = {
  name: 'prompt',
  script: 'dist/server.cjs',
  languageId: 'prompt-template',
  uri: 'file:///bench/letter.prompt',
};
const peer: ServerCommand = {
  name: 'json',
  script: 'node_modules/vscode-langservers-extracted/bin/vscode-json-language-server',
  languageId: 'json',
  uri: 'file:///bench/letters.json',
};

/** Lines, and how many words are typed for each measure. */
const sizes: [label: string, lines: number, words: number][] = [
  ['1k', 1_000, 10],
  ['10k', 10_000, 6],
  ['100k', 100_000, 3],
];
const lettersPerWord = 12;

type Measure = 'diagnostics' | 'completion';

const at = ({ line, character }: Position, moved: number, length = 0): Range => ({
  start: { line, character: character + moved },
  end: { line, character: character + moved + length },
});

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** One of the two servers with its document open, and what was measured of it so far. */
class Contender {
  readonly times: Record<Measure, number[]> = { diagnostics: [], completion: [] };
  readonly #server: StdioServer;
  readonly #document: BenchDocument;

  private constructor(server: StdioServer, document: BenchDocument) {
    this.#server = server;
    this.#document = document;
  }

  /** `others`: how many more of the same document are open beside it. */
  static async start(
    command: ServerCommand,
    document: BenchDocument,
    others = 0,
  ): Promise<Contender> {
    const server = await StdioServer.start(command);
    for (let other = 0; other < others; other++) {
      await server.open(document.text, command.uri.replace('letter', `letter_${other}_`));
    }
    await server.open(document.text);
    await server.diagnostics();
    const contender = new Contender(server, document);
    for (const measure of ['diagnostics', 'completion'] as const) await contender.#word(measure);
    return contender;
  }

  async type(measure: Measure): Promise<void> {
    this.times[measure].push(...(await this.#word(measure)));
  }

  memory(): number | undefined {
    return this.#server.memory();
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** The time from each keystroke to its answer. The word is taken away again, which is not measured. */
  async #word(measure: Measure): Promise<number[]> {
    const place = this.#document[measure === 'completion' ? 'completing' : 'typing'];
    const times: number[] = [];
    for (let typed = 0; typed < lettersPerWord; typed++) {
      const { start } = at(place, typed + 1);
      times.push(
        await milliseconds(async () => {
          await this.#server.change(at(place, typed), 'm');
          if (measure === 'completion') await this.#server.completion(start);
          else await this.#server.diagnostics();
        }),
      );
    }
    await this.#server.change(at(place, 0, lettersPerWord), '');
    await this.#server.diagnostics();
    return times;
  }
}

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function row(name: string, mine: number, theirs: number | undefined, unit: string): BenchRow {
  const ratio = theirs === undefined ? undefined : mine / theirs;
  return { bench: 'lsp', case: name, ours: mine, peer: theirs, unit, ratio };
}

/** The two take turns word by word, so that whatever else the machine does falls on both. */
async function benchSize(
  label: string,
  lines: number,
  words: number,
  others = 0,
): Promise<BenchRow[]> {
  const mine = await Contender.start(ours, promptDocument(lines), others);
  const theirs = await Contender.start(peer, jsonDocument(lines), others);
  const rows: BenchRow[] = [];
  for (const measure of ['diagnostics', 'completion'] as const) {
    for (let word = 0; word < words; word++) {
      await mine.type(measure);
      await theirs.type(measure);
    }
    for (const p of [50, 95]) {
      const [our, their] = [mine, theirs].map(({ times }) => percentile(times[measure], p / 100));
      rows.push(row(`${measure} ${label} p${p}`, our ?? Number.NaN, their, 'ms'));
    }
  }
  const memory = mine.memory();
  if (memory !== undefined) rows.push(row(`memory ${label}`, memory, theirs.memory(), 'MiB'));
  await mine.stop();
  await theirs.stop();
  return rows;
}

/** From starting the process to the answer to `initialize`, the median of five starts of each, in turn. */
async function benchInitialize(): Promise<BenchRow> {
  const times: [number[], number[]] = [[], []];
  for (let i = 0; i < 5; i++) {
    for (const [j, command] of [ours, peer].entries()) {
      let server: StdioServer | undefined;
      times[j]?.push(
        await milliseconds(async () => {
          server = await StdioServer.start(command);
        }),
      );
      await server?.stop();
    }
  }
  return row('initialize', percentile(times[0], 0.5), percentile(times[1], 0.5), 'ms');
}

/**
 * A keystroke until its diagnostics, and completion right after a keystroke, against the JSON language server,
 * each in its own language on a document of as many lines.
 */
export async function bench(): Promise<BenchRow[]> {
  if (!existsSync(ours.script)) throw new Error(`${ours.script} is missing: run npm run build`);
  const rows = [await benchInitialize()];
  for (const [label, lines, keystrokes] of sizes) {
    rows.push(...(await benchSize(label, lines, keystrokes)));
  }
  rows.push(...(await benchSize('1,000 open', 100, 5, 999)));
  return [...rows, ...growth(rows)];
}

/** What a hundred times as many lines cost at a keystroke: here the peer is our own server at 1,000 lines. */
function growth(rows: readonly BenchRow[]): BenchRow[] {
  const ours = (name: string): number => rows.find((row) => row.case === name)?.ours ?? Number.NaN;
  return (['diagnostics', 'completion'] as const).map((measure) =>
    row(`${measure} 100k vs 1k p50`, ours(`${measure} 100k p50`), ours(`${measure} 1k p50`), 'ms'),
  );
}
