import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The person who runs and rates: git `user.name <user.email>` of the folder, else the name of the OS account.
 * @param directory folder path, or `undefined` outside any folder.
 */
export async function userName(directory: string | undefined): Promise<string> {
  const [name, email] = await Promise.all([
    gitSetting(directory, 'user.name'),
    gitSetting(directory, 'user.email'),
  ]);
  if (name && email) return `${name} <${email}>`;
  return name || email || accountName();
}

async function gitSetting(directory: string | undefined, key: string): Promise<string> {
  try {
    const { stdout } = await run('git', ['config', '--get', key], {
      cwd: directory,
      timeout: 2000,
      windowsHide: true,
    });
    return stdout.trim();
  } catch {
    return ''; // no git, no such setting, or no such directory: the OS account will do
  }
}

/** Name of the OS account. */
export function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown'; // accounts without a passwd entry exist in containers
  }
}
