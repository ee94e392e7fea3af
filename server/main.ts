/**
 * The process: `server.cjs --stdio` for any editor (VS Code starts it with `--node-ipc`), `server.cjs check [path …]`
 * for a terminal or a build.
 */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { check } from './check.ts';
import { NodeFiles } from './files.ts';
import { RenderHost, workerBeside } from './renderHost.ts';
import { startServer } from './server.ts';

const [, entry = '', command, ...paths] = process.argv;
const files = new NodeFiles();

async function runCheck(): Promise<void> {
  process.exitCode = await check(paths, process.cwd(), files, (line) => {
    process.stdout.write(`${line}\n`);
  });
}

function serve(): void {
  const connection = createConnection(ProposedFeatures.all);
  startServer(connection, { files, renderer: new RenderHost(workerBeside(entry)) });
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      const text = error instanceof Error ? error.stack : String(error);
      connection.console.error(`Unexpected: ${text}`);
    });
  }
  connection.listen();
}

if (command === 'check') void runCheck();
else serve();
