/**
 * A window as a process of its own, for the suite to kill, stop and starve: `node window.cjs <role> <options as JSON>`.
 * Says on standard output what it was told, one line each.
 */
import { claim } from './children/claim.ts';
import { work } from './children/work.ts';
import { write } from './children/write.ts';

const [role = '', options = '{}'] = process.argv.slice(2);

const roles: Readonly<Record<string, (options: never) => Promise<void>>> = { claim, work, write };

roles[role]!(JSON.parse(options) as never).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
