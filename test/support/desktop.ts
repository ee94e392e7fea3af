/** Desktop VS Code on this machine, if there is one that can run the extension. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { manifest } from './paths.ts';
import { childEnvironment, run } from './processes.ts';

const windows = process.platform === 'win32';

/** True when a window could appear somewhere a person can see it. */
export function hasDisplay(): boolean {
  if (windows || process.platform === 'darwin') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** The `code` command on PATH. */
function codeCommand(): string | undefined {
  const file = windows ? 'code.cmd' : 'code';
  return (
    (process.env['PATH'] ?? '')
      .split(delimiter)
      // Windows' own `code` seen from WSL would open a window that cannot read this checkout's extension.
      .filter((directory) => windows || !directory.startsWith('/mnt/'))
      .map((directory) => join(directory, file))
      .find((path) => existsSync(path))
  );
}

/** `1.105.0` satisfies `^1.105.0`: the floor of `engines.vscode`, compared by numbers. */
export function isRecentEnough(version: string, floor = manifest.engines.vscode): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = floor.replace('^', '').split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

export type Desktop =
  | { readonly command: string; readonly version: string }
  /** Why there is none, as a sentence's end. */
  | { readonly missing: string };

/** Looks for a desktop VS Code that may be used here. */
export async function findDesktop(): Promise<Desktop> {
  if (process.env['VSCODE_IPC_HOOK_CLI']) {
    return { missing: '`code` in this terminal belongs to a remote window' };
  }
  const command = codeCommand();
  if (!command) return { missing: '`code` is not on PATH' };
  if (!hasDisplay()) return { missing: 'there is no display' };
  const lines: string[] = [];
  const code = await runDesktop(command, ['--version'], (line) => lines.push(line));
  const version = lines.find((line) => /^\d+\.\d+\.\d+/.test(line));
  if (code !== 0 || !version) return { missing: '`code --version` does not answer' };
  if (!isRecentEnough(version)) {
    return { missing: `\`code\` is ${version}, the extension needs ${manifest.engines.vscode}` };
  }
  return { command, version };
}

/** Runs `code` to its end. VS Code refuses to run as root without the two extra arguments. */
export async function runDesktop(
  command: string,
  args: readonly string[],
  onLine?: (line: string) => void,
): Promise<number> {
  const root = process.getuid?.() === 0;
  const quoted = windows ? args.map((arg) => (arg.includes(' ') ? `"${arg}"` : arg)) : args;
  return run(windows ? `"${command}"` : command, [...quoted, ...(root ? ['--no-sandbox'] : [])], {
    onLine,
    env: childEnvironment(),
    shell: windows,
  });
}
