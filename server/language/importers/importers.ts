/** Files of other tools as templates of ours, with what could not be carried over. */
import type { Imported } from './draft.ts';
import { dotprompt } from './dotprompt.ts';
import { llm } from './llm.ts';
import { originalRecords, plainText } from './original.ts';
import { promptfoo } from './promptfoo.ts';
import { promptMd } from './promptMd.ts';
import { prompty } from './prompty.ts';
import type { Importer, SourceFile } from './source.ts';

export type { Loss } from './draft.ts';

/** The first that fits reads a file. */
const importers: readonly Importer[] = [
  promptMd,
  prompty,
  originalRecords,
  promptfoo,
  dotprompt,
  llm,
  plainText,
];

export interface ImportedFile {
  /** Whose file it is. */
  readonly tool: string;
  readonly templates: readonly Imported[];
}

/** `undefined`: nothing we can read. Never throws; what is read has no errors. */
export function importFile(source: SourceFile): ImportedFile | undefined {
  const importer = importers.find((one) => one.fits(source));
  if (!importer) return undefined;
  const templates = importer.read(source);
  return templates.length === 0 ? undefined : { tool: importer.tool, templates };
}
