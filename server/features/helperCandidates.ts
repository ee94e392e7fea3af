/** Helpers, as a whole tag, as an argument in parentheses, or after a parenthesis. */
import type { Analysis } from '../analysis.ts';
import { type Helper, helperNamed, helpers, signature } from '../language/helpers.ts';
import { type Candidate, closing, escaped, type NameCursor } from './candidates.ts';

export function helperCandidates(analysis: Analysis, cursor: NameCursor): Candidate[] {
  return helpers
    .filter(({ kind }) => kind === 'value')
    .map((helper) => ({
      label: helper.name,
      kind: 'helper',
      detail: signature(helper),
      subject: { about: 'helper', name: helper.name },
      ...textsOf(helper, analysis, cursor),
      rank: rankOf(helper, cursor),
    }));
}

function textsOf(helper: Helper, analysis: Analysis, { place, closed, replace }: NameCursor) {
  const { name } = helper;
  const given = `${escaped(name)} ${placeholders(helper)}`;
  if (place === 'argument') return { text: `(${name} `, snippet: `(${given})` };
  if (place === 'callee') {
    const parenthesis = analysis.source.at(replace.end) === ')' ? '' : ')';
    return { text: `${name} `, snippet: `${given}${parenthesis}` };
  }
  const end = closed ? '' : closing(analysis);
  return { text: closed ? name : `${name} `, snippet: `${given}${escaped(end)}` };
}

/** A tab stop for each argument that must be there. */
function placeholders({ params }: Helper): string {
  return params
    .filter(({ optional }) => optional !== true)
    .map(({ name }, i) => `\${${i + 1}:${escaped(name)}}`)
    .join(' ');
}

/** In a condition those that say yes or no come first. */
function rankOf({ returns }: Helper, { call }: NameCursor): number {
  const isCondition = call !== undefined && helperNamed(call.name)?.asks === true;
  return isCondition && returns === 'boolean' ? 4 : 6;
}

export function helperDocumentation(name: string): string | undefined {
  const helper = helperNamed(name);
  if (helper === undefined) return undefined;
  const params = helper.params.map(
    (param) =>
      `- \`${param.name}\`${param.optional === true ? ' (optional)' : ''}: ${param.description}`,
  );
  return [
    `\`\`\`text\n${signature(helper)}\n\`\`\``,
    helper.description,
    params.join('\n'),
    `\`\`\`prompt-template\n${helper.example}\n\`\`\``,
  ]
    .filter(Boolean)
    .join('\n\n');
}
