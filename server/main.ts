/**
 * The process: `server.cjs --stdio` for any editor (VS Code starts it with `--node-ipc`), `server.cjs check [path …]`
 * for a terminal or a build.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import { type Connection, createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { check } from './check/check.ts';
import { NodeFiles } from './files.ts';
import { RenderHost, workerBeside } from './renderHost.ts';
import { startServer } from './server.ts';

const [, entry = '', ...args] = process.argv;

const usage = `Usage: node server.cjs --stdio                       a language server on the standard input and output
       node server.cjs check [options] [path …]     names what is wrong with templates; see check --help
       node server.cjs --version
`;

/** That of the package the entry file lies in. */
function version(): string {
  try {
    const text = readFileSync(join(dirname(entry), '../package.json'), 'utf8');
    return String((JSON.parse(text) as { version?: unknown }).version);
  } catch {
    return '0.0.0';
  }
}

async function runCheck(): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Who reads the report may have read enough.
    if (error.code !== 'EPIPE') throw error;
  });
  try {
    process.exitCode = await check(args.slice(1), {
      cwd: process.cwd(),
      files: new NodeFiles(),
      version: version(),
      stdin: () => buffer(process.stdin),
      print: (text) => void process.stdout.write(text),
      complain: (line) => void process.stderr.write(`${line}\n`),
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 2;
  }
}

/** Only the protocol goes to the standard output; whatever else is printed there, by whom ever, to standard error. */
function protocolOutput(): Writable {
  const { stderr, stdout } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = stderr.write.bind(stderr);
  return new Writable({ write: (chunk: Uint8Array, _, done) => void write(chunk, done) });
}

function connect(): Connection {
  if (!args.includes('--stdio')) return createConnection(ProposedFeatures.all);
  return createConnection(ProposedFeatures.all, process.stdin, protocolOutput());
}

function serve(): void {
  const connection = connect();
  const renderer = new RenderHost(workerBeside(entry));
  startServer(connection, { files: new NodeFiles(), renderer, version: version() });
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      const text = error instanceof Error ? error.stack : String(error);
      connection.console.error(`Unexpected: ${text}`);
    });
  }
  connection.listen();
}

function main(): void {
  if (args[0] === 'check') void runCheck();
  else if (args.some((arg) => /^--(?:stdio|node-ipc|socket|pipe)\b/.test(arg))) serve();
  else if (args[0] === '--version') process.stdout.write(`${version()}\n`);
  else if (args[0] === '--help' || args[0] === '-h') process.stdout.write(usage);
  else {
    process.stderr.write(usage);
    process.exitCode = 2;
  }
}

main();
