/** The HTML shell of every webview page: what it may load, and nothing of what it shows. */
import type { PageName } from './viewTypes.ts';

/** What a page is about; travels through VS Code's saved state, so that a reload finds it again. */
export interface PageIdentity {
  /** Folder key: its URI, or empty for files outside any folder. */
  readonly folder?: string;
  /** Template document URI. */
  readonly uri?: string;
}

export interface PageResources {
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** Fresh for each page; lets in our one script and no other. */
  readonly nonce: string;
  /** Address of a file of `dist/`. */
  readonly file: (name: string) => string;
  /** Display language, e.g. `en` or `pt-br`. */
  readonly language: string;
  /** Translations: English text → text in the display language. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Nothing remote, no inline script, no inline style: what a model wrote cannot reach out even if it got in. */
function contentSecurityPolicy({ cspSource, nonce }: PageResources): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src 'none'`,
    `connect-src 'none'`,
    `form-action 'none'`,
    `base-uri 'none'`,
  ].join('; ');
}

export function pageHtml(page: PageName, identity: PageIdentity, resources: PageResources): string {
  const { file, language, nonce, texts } = resources;
  const element = page === 'runForm' ? 'run-form-page' : `${page}-page`;
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(contentSecurityPolicy(resources))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${attribute(file('codicon.css'))}">
<link rel="stylesheet" href="${attribute(file(`${page}.css`))}">
<title>Prompt Workbench</title>
</head>
<body data-identity="${attribute(JSON.stringify(identity))}" data-texts="${attribute(JSON.stringify(texts))}">
<${element}></${element}>
<script nonce="${attribute(nonce)}" src="${attribute(file(`${page}.js`))}"></script>
</body>
</html>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '"': '&quot;',
  '<': '&lt;',
  '>': '&gt;',
};

function attribute(text: string): string {
  return text.replaceAll(/[&"<>]/g, (character) => entities[character]!);
}
