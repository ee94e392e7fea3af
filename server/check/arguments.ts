/** What `check` is told on the command line. */
import { parseArgs } from 'node:util';

const formats = ['text', 'json', 'github', 'sarif'] as const;
export type Format = (typeof formats)[number];

export interface Wanted {
  readonly paths: readonly string[];
  readonly format: Format;
  /** `undefined`: any number of warnings will do. */
  readonly maxWarnings: number | undefined;
  /** Only errors are printed. */
  readonly quiet: boolean;
  /** The path that what comes on the standard input would have. */
  readonly stdinFilename: string | undefined;
}

export type Arguments =
  | { readonly kind: 'check'; readonly wanted: Wanted }
  | { readonly kind: 'help' | 'version' }
  /** It was called wrongly. */
  | { readonly kind: 'usage'; readonly message: string };

const options = {
  format: { type: 'string', default: 'text' },
  'max-warnings': { type: 'string' },
  quiet: { type: 'boolean', default: false },
  'stdin-filename': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const;

export function argumentsOf(args: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (values.help) return { kind: 'help' };
    if (values.version) return { kind: 'version' };
    const format = formats.find((one) => one === values.format);
    if (format === undefined) {
      return usage(`There is no format “${values.format}”. There are: ${formats.join(', ')}.`);
    }
    const most = values['max-warnings'];
    if (most !== undefined && !/^\d+$/.test(most)) {
      return usage(`--max-warnings takes a number, not “${most}”.`);
    }
    const wanted: Wanted = {
      paths: positionals.length === 0 ? ['.'] : positionals,
      format,
      maxWarnings: most === undefined ? undefined : Number(most),
      quiet: values.quiet,
      stdinFilename: values['stdin-filename'],
    };
    return { kind: 'check', wanted };
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
}

function usage(message: string): Arguments {
  return { kind: 'usage', message };
}

export const help = `Usage: node server.cjs check [options] [path …]

Names what is wrong with prompt templates. A path is a file, a folder (with all .prompt files below it, without
node_modules, build results and hidden folders) or - for the standard input; without one it is the current folder.
Partials are looked up in the current folder, for paths outside of it in theirs.

  --format text|json|github|sarif   how problems are printed; text when not given
  --max-warnings N                  fail also when there are more than N warnings
  --quiet                           print errors only
  --stdin-filename PATH             the path that the standard input would have, for its name and its partials
  -h, --help                        print this
  --version                         print the version

Exit code: 0 when all is well, 1 when there are errors (or too many warnings), 2 when it was called wrongly.
A file that cannot be read or is not UTF-8 is an error, “unreadable-file”, and does not stop the others.

text    one line each: file:line:column severity message code; then a line that sums up.
json    { "version": 1,
          "summary": { "templates", "errors", "warnings", "information": numbers },
          "problems": [{ "file", "line", "column", "endLine", "endColumn", "severity", "code", "message" }] }
github  workflow commands that GitHub Actions shows beside the lines.
sarif   SARIF 2.1.0, for code scanning.

Lines and columns count from 1, columns in UTF-16 units; the end is the place behind the last character. Files are named
relative to the current folder, with “/”. “severity” is error, warning or information.
`;
