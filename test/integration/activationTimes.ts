/**
 * Measures activation inside a fresh extension host, for the activation bench: how long `activate()` of an extension
 * takes (loading included), and how long a person then waits for the first completion of the language.
 */
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { extensionId, folder, until } from './support.ts';

/** Milliseconds. */
export interface ActivationTimes {
  readonly activate: number;
  readonly completion: number;
}

/** A language: its extension, a document and the offset at which something can be completed. */
interface Language {
  readonly extension: string;
  readonly file: string;
  readonly text: string;
  readonly offset: number;
}

const languages: Readonly<Record<string, Language>> = {
  prompt: {
    extension: extensionId,
    file: 'bench.prompt',
    text: '---\nvariables: { city: string }\n---\n<<ci>>\n',
    offset: '---\nvariables: { city: string }\n---\n<<ci'.length,
  },
  css: {
    extension: 'vscode.css-language-features',
    file: 'bench.css',
    text: 'p { co }\n',
    offset: 'p { co'.length,
  },
  markdown: {
    extension: 'vscode.markdown-language-features',
    file: 'bench.md',
    text: '# City\n\n[there](#)\n',
    offset: '# City\n\n[there](#'.length,
  },
};

/** Waits until the language itself offers something; VS Code's own word list does not count. */
async function firstCompletion(document: vscode.TextDocument, offset: number): Promise<void> {
  await until(`a completion in ${document.fileName}`, async () => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      document.positionAt(offset),
    );
    return list.items.some(({ kind }) => kind !== vscode.CompletionItemKind.Text);
  });
}

async function measure({ extension, file, text, offset }: Language): Promise<ActivationTimes> {
  const uri = vscode.Uri.joinPath(folder(), file);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const found = vscode.extensions.getExtension(extension);
  if (!found || found.isActive) throw new Error(`${extension} is missing or active already.`);
  const start = performance.now();
  await found.activate();
  const activate = performance.now() - start;
  await firstCompletion(await vscode.workspace.openTextDocument(uri), offset);
  return { activate, completion: performance.now() - start };
}

/** Called by VS Code. The names of the languages, in order, come in PROMPT_WORKBENCH_LANGUAGES. */
export async function run(): Promise<void> {
  const times: Record<string, ActivationTimes> = {};
  for (const name of (process.env['PROMPT_WORKBENCH_LANGUAGES'] ?? '').split(',')) {
    times[name] = await measure(languages[name]!);
  }
  writeFileSync(process.env['PROMPT_WORKBENCH_TIMES']!, JSON.stringify(times));
}
