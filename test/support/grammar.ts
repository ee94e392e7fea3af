import { readFileSync } from 'node:fs';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

// Small stand-ins for the editor's own YAML and Markdown grammars, with the rules that get in the way of tags.
const grammars: Readonly<Record<string, string>> = {
  'text.prompt-template': 'syntaxes/prompt-template.tmLanguage.json',
  'text.html.markdown': 'test/fixtures/syntaxes/markdown.tmLanguage.json',
  'source.yaml': 'test/fixtures/syntaxes/yaml.tmLanguage.json',
};

let loading: Promise<textmate.IGrammar> | undefined;

/** The grammar of our templates, as an editor runs it. */
export function loadGrammar(): Promise<textmate.IGrammar> {
  return (loading ??= load());
}

async function load(): Promise<textmate.IGrammar> {
  const wasm = readFileSync('node_modules/vscode-oniguruma/release/onig.wasm');
  const registry = new textmate.Registry({
    onigLib: oniguruma.loadWASM(wasm).then(() => ({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    })),
    loadGrammar: async (scope) => {
      const path = grammars[scope];
      return path === undefined
        ? undefined
        : textmate.parseRawGrammar(readFileSync(path, 'utf8'), path);
    },
  });
  const grammar = await registry.loadGrammar('text.prompt-template');
  if (grammar === null) throw new Error('There is no grammar.');
  return grammar;
}
