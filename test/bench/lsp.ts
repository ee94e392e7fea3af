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

/** Lines → how many keystrokes are measured. */
const sizes: [label: string, lines: number, keystrokes: number][] = [
  ['1k', 1_000, 100],
  ['10k', 10_000, 60],
  ['100k', 100_000, 24],
];

type Times = Record<'diagnostics' | 'completion', number[]>;

const at = ({ line, character }: Position, moved: number, length = 0): Range => ({
  start: { line, character: character + moved },
  end: { line, character: character + moved + length },
});

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Types a word letter by letter, taking it away again when it is long enough; `measure` follows each keystroke. */
async function type(
  server: StdioServer,
  place: Position,
  keystrokes: number,
  measure: (typed: number) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (let typed = 0; times.length < keystrokes;) {
    if (typed === 12) {
      await server.change(at(place, 0, typed), '');
      typed = 0;
      await server.diagnostics();
    }
    const range = at(place, typed++);
    times.push(
      await milliseconds(async () => {
        await server.change(range, 'm');
        await measure(typed);
      }),
    );
  }
  await server.change(at(place, 0, keystrokes % 12 || 12), '');
  await server.diagnostics();
  return times;
}

async function measure(
  server: StdioServer,
  { text, typing, completing }: BenchDocument,
  keystrokes: number,
): Promise<Times> {
  await server.open(text);
  await server.diagnostics();
  await type(server, typing, 5, () => server.diagnostics());
  return {
    diagnostics: await type(server, typing, keystrokes, () => server.diagnostics()),
    completion: await type(server, completing, keystrokes, (typed) =>
      server.completion({ ...completing, character: completing.character + typed }),
    ),
  };
}

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function row(name: string, mine: number, theirs: number | undefined, unit: string): BenchRow {
  const ratio = theirs === undefined ? undefined : mine / theirs;
  return { bench: 'lsp', case: name, ours: mine, peer: theirs, unit, ratio };
}

/** One fresh process per server and size, one after the other, so that neither takes the other's processor. */
async function benchSize(label: string, lines: number, keystrokes: number): Promise<BenchRow[]> {
  const results: { times: Times; memory: number | undefined }[] = [];
  for (const [command, document] of [
    [ours, promptDocument(lines)],
    [peer, jsonDocument(lines)],
  ] as const) {
    const server = await StdioServer.start(command);
    const times = await measure(server, document, keystrokes);
    results.push({ times, memory: server.memory() });
    await server.stop();
  }
  const [mine, theirs] = results as [(typeof results)[0], (typeof results)[0]];
  const rows = (['diagnostics', 'completion'] as const).flatMap((what) =>
    ([50, 95] as const).map((p) =>
      row(
        `${what} ${label} p${p}`,
        percentile(mine.times[what], p / 100),
        percentile(theirs.times[what], p / 100),
        'ms',
      ),
    ),
  );
  if (mine.memory !== undefined) {
    rows.push(row(`memory ${label}`, mine.memory, theirs.memory, 'MiB'));
  }
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
  return rows;
}
