/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), as GitHub's code scanning takes it. */
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding } from './finding.ts';
import { rules } from './rules.ts';

const levels = { error: 'error', warning: 'warning', information: 'note' } as const;
const codes = Object.keys(rules);

export function sarif(findings: readonly Finding[], version: string): object {
  const driver = {
    name: 'Prompt Workbench',
    semanticVersion: version,
    rules: Object.entries(rules).map(([id, [severity, text]]) => ({
      id,
      shortDescription: { text },
      defaultConfiguration: { level: levels[severity] },
    })),
  };
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results: findings.map(result) }],
  };
}

function result({ file, line, column, endLine, endColumn, severity, code, message }: Finding) {
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: artifact(file), region } }],
  };
}

/** What lies outside of the current folder is named in full. */
function artifact(file: string) {
  if (isAbsolute(file)) return { uri: pathToFileURL(file).toString() };
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return { uri, uriBaseId: '%SRCROOT%' };
}
