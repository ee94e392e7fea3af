/** A window as a process of its own, to be killed: queues prompts for a server and works on them until it is gone. */
import { openFolder } from '../../client/api/folder.ts';
import { noLog } from '../../client/providers/log.ts';
import { Redactor } from '../../client/providers/redact.ts';
import { MemorySecrets } from './memorySecrets.ts';

const [storageDirectory = '', baseUrl = '', first = '0', count = '0'] = process.argv.slice(2);

const folder = await openFolder({
  folder: 'file:///folder',
  storageDirectory,
  secrets: new MemorySecrets(),
  user: () => 'me',
  concurrency: () => 2,
  mayRun: () => true,
  onDidChange: () => ({ dispose: () => undefined }),
  defaultProvider: () => 'openai',
  log: noLog,
  redactor: new Redactor(),
});
if ((await folder.credentials.list()).length === 0) {
  await folder.credentials.add({
    provider: 'openai',
    name: 'Local',
    baseUrl,
    preferredModel: 'm-1',
  });
}
for (let number = Number(first); number < Number(first) + Number(count); number++) {
  const messages = [{ role: 'user', content: `prompt ${number}.` }] as const;
  await folder.queue.enqueue({
    template: { slug: 'greet', name: 'Greet', uri: 'file:///folder/greet.prompt' },
    context: {},
    request: await folder.requestFor({ format: 'text' }, messages),
    priority: 'default',
    user: 'me',
    startedBy: 'user',
  });
}
process.send?.('queued');
// Lives until it is killed.
setInterval(() => undefined, 60_000);
