/** The process: `server.cjs --stdio` for any editor; VS Code starts it with `--node-ipc`. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { NodeFiles } from './files.ts';
import { RenderHost, workerBeside } from './renderHost.ts';
import { startServer } from './server.ts';

const connection = createConnection(ProposedFeatures.all);
startServer(connection, {
  files: new NodeFiles(),
  renderer: new RenderHost(workerBeside(process.argv[1] ?? '')),
});
connection.listen();
