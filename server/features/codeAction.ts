import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Command,
  type Connection,
  type Disposable,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Client } from '../client.ts';
import type { Documents, OpenDocument } from '../documents.ts';
import { extension } from '../files.ts';
import type { Problem } from '../language/problems.ts';
import type { Safely } from '../safely.ts';
import { contains, type Feature, rangeOf } from './feature.ts';
import { diagnosticOf } from './problemReport.ts';
import { type Fix, fixesFor } from './quickFixes.ts';
import { generateSample } from './sampleFixes.ts';

/** Quick fixes for the problems under the cursor or selection. */
export class CodeActionFeature implements Feature {
  readonly capabilities = {
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite],
    },
  };
  readonly #documents: Documents;
  readonly #client: Client;
  readonly #safely: Safely;

  constructor(documents: Documents, client: Client, safely: Safely) {
    this.#documents = documents;
    this.#client = client;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    return connection.onCodeAction(
      this.#safely.later<CodeActionParams, (Command | CodeAction)[]>('codeAction', [], (params) =>
        this.#actions(params),
      ),
    );
  }

  #actions({ textDocument: { uri }, range, context }: CodeActionParams): CodeAction[] {
    const document = this.#documents.get(uri);
    const wants = (kind: string) => context.only?.some((one) => kind.startsWith(one)) ?? true;
    // A client without literals knows only commands, and we have none that would fix anything.
    if (document === undefined || !this.#client.codeActionLiterals) return [];
    const start = document.textDocument.offsetAt(range.start);
    const end = document.textDocument.offsetAt(range.end);
    const sample = wants(CodeActionKind.RefactorRewrite) ? this.#sample(document, start) : [];
    if (!wants(CodeActionKind.QuickFix)) return sample;
    const near = document.analysis.problems.filter(
      ({ span }) => contains(span, start) || (start <= span.start && span.start <= end),
    );
    const fixes = near.slice(0, 20).flatMap((problem) => this.#fixes(problem, document));
    return [...fixes, ...sample];
  }

  /** In the front matter: a sample with made-up values. */
  #sample(document: OpenDocument, offset: number): CodeAction[] {
    const { frontMatter, dialect, variables } = document.analysis;
    const inside = frontMatter !== undefined && offset <= frontMatter.span.end;
    if (!inside || dialect !== undefined || variables.length === 0) return [];
    const { name, edit } = generateSample(document);
    const title = `Generate the sample “${name}”`;
    const kind = CodeActionKind.RefactorRewrite;
    return [{ title, kind, edit: this.#edit({ title, edits: [edit] }, document) }];
  }

  #fixes(problem: Problem, document: OpenDocument): CodeAction[] {
    return fixesFor(problem, document)
      .filter(({ creates }) => creates === undefined || this.#creatable(document))
      .map((fix) => ({
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnosticOf(problem, document, this.#client)],
        ...(fix.preferred === true ? { isPreferred: true } : {}),
        edit: this.#edit(fix, document),
      }));
  }

  #creatable({ uri }: OpenDocument): boolean {
    return this.#client.createsFiles && this.#client.versionedEdits && uri.startsWith('file:');
  }

  #edit({ edits, creates }: Fix, { uri, version, textDocument }: OpenDocument): WorkspaceEdit {
    const changes = edits.map(({ span, text }) => ({
      range: rangeOf(textDocument, span),
      newText: text,
    }));
    if (creates !== undefined) return createEdit(uri, creates);
    if (!this.#client.versionedEdits) return { changes: { [uri]: changes } };
    return { documentChanges: [{ textDocument: { uri, version }, edits: changes }] };
  }
}

/** A new template beside the one that calls it. */
function createEdit(caller: string, slug: string): WorkspaceEdit {
  const uri = new URL(`${encodeURIComponent(slug)}${extension}`, caller).toString();
  const start = { line: 0, character: 0 };
  const content: TextDocumentEdit = {
    textDocument: { uri, version: null },
    edits: [{ range: { start, end: start }, newText: `---\nname: ${slug}\n---\n` }],
  };
  return {
    documentChanges: [{ kind: 'create', uri, options: { ignoreIfExists: true } }, content],
  };
}
