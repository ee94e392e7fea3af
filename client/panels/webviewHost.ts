import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { HostChannel, type Port } from './channel.ts';
import { pageHtml, type PageIdentity } from './pageHtml.ts';
import type { PageContract } from './protocol.ts';
import type { Emit, Session } from './session.ts';
import { type PageName, viewTypes } from './viewTypes.ts';

/** What every panel needs of the window. */
export interface PanelDependencies {
  readonly extensionUri: vscode.Uri;
  /** Turns any thrown value into a redacted sentence fit to show. */
  readonly describeError: (error: unknown) => string;
}

/** A panel about to be opened. */
export interface NewPanel {
  readonly page: PageName;
  readonly title: string;
  readonly column: vscode.ViewColumn;
  readonly preserveFocus?: boolean;
}

export function createPanel({ page, title, column, preserveFocus }: NewPanel): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(
    viewTypes[page],
    title,
    { viewColumn: column, preserveFocus: preserveFocus ?? false },
    // A form keeps what is half typed (a list that does not parse yet) while its tab is behind another.
    { enableFindWidget: true, retainContextWhenHidden: page === 'runForm' },
  );
}

export function panelIcon(extensionUri: vscode.Uri): { light: vscode.Uri; dark: vscode.Uri } {
  return {
    light: vscode.Uri.joinPath(extensionUri, 'media', 'prompt-light.svg'),
    dark: vscode.Uri.joinPath(extensionUri, 'media', 'prompt-dark.svg'),
  };
}

/**
 * Loads a page into a panel, new or restored, and connects it with its session. Both end with the panel.
 */
export function attachPage<C extends PageContract, S extends Session<C>>(
  { describeError, extensionUri }: PanelDependencies,
  panel: vscode.WebviewPanel,
  { identity, page }: { readonly page: PageName; readonly identity: PageIdentity },
  start: (emit: Emit<C>) => S,
): S {
  const { webview } = panel;
  const root = vscode.Uri.joinPath(extensionUri, 'dist');
  webview.options = { enableScripts: true, localResourceRoots: [root] };
  const channel = new HostChannel<C>(portOf(webview), describeError);
  const session = start((event, payload) => {
    channel.emit(event, payload);
  });
  channel.serve(session.handlers);
  panel.onDidDispose(() => {
    channel.dispose();
    session.dispose();
  });
  webview.html = pageHtml(page, identity, {
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64'),
    file: (name) => webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString(),
    language: vscode.env.language,
    texts: vscode.l10n.bundle ?? {},
  });
  return session;
}

function portOf(webview: vscode.Webview): Port {
  return {
    post(message) {
      // False means the page is hidden: it asks for everything anew when it is shown again.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- not a window: VS Code addresses it
      void webview.postMessage(message);
    },
    onMessage: (listener) => webview.onDidReceiveMessage(listener),
  };
}

/** What was saved with a page that is being restored. Came from a page: checked before use. */
export function savedIdentity(state: unknown): PageIdentity {
  if (typeof state !== 'object' || state === null || !('identity' in state)) return {};
  const { folder, uri } = (state.identity ?? {}) as Record<string, unknown>;
  return {
    ...(typeof folder === 'string' && { folder }),
    ...(typeof uri === 'string' && { uri }),
  };
}
