/** How a report is printed. Every format ends with a line break. */
import type { Format } from './arguments.ts';
import { count, type Finding, type Report } from './finding.ts';
import { sarif } from './sarif.ts';

/** `shown`: the findings that are to be printed. */
export function formatted(
  format: Format,
  report: Report,
  shown: readonly Finding[],
  version: string,
): string {
  switch (format) {
    case 'text':
      return lines([...shown.map(textLine), summary(report)]);
    case 'json':
      return json(report, shown);
    case 'github':
      return lines([...shown.map(annotation), summary(report)]);
    case 'sarif':
      return `${JSON.stringify(sarif(shown, version), undefined, 2)}\n`;
  }
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

function textLine({ file, line, column, severity, message, code }: Finding): string {
  return `${file}:${line}:${column} ${severity} ${message.replaceAll(/\s*[\r\n]+\s*/g, ' ')} ${code}`;
}

function summary({ findings, templates }: Report): string {
  const [errors, warnings] = [count(findings, 'error'), count(findings, 'warning')];
  return `${several(templates, 'template')}: ${several(errors, 'error')}, ${several(warnings, 'warning')}.`;
}

function several(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function json({ findings, templates }: Report, shown: readonly Finding[]): string {
  const report = {
    version: 1,
    summary: {
      templates,
      errors: count(findings, 'error'),
      warnings: count(findings, 'warning'),
      information: count(findings, 'information'),
    },
    problems: shown,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

const commands = { error: 'error', warning: 'warning', information: 'notice' } as const;

/** A workflow command of GitHub Actions, which takes columns only within one line. */
function annotation(finding: Finding): string {
  const { file, line, endLine, column, endColumn, code, message } = finding;
  const places = { file, line, endLine, ...(line === endLine ? { col: column, endColumn } : {}) };
  const properties = Object.entries({ ...places, title: code }).map(
    ([key, value]) => `${key}=${escapedProperty(String(value))}`,
  );
  return `::${commands[finding.severity]} ${properties.join(',')}::${escapedData(message)}`;
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
