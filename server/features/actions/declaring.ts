/** Declares a variable together with a value for it. */
import { stringify } from 'yaml';
import type { TemplateFile } from '../../folderIndex.ts';
import type { Value } from '../../language/values.ts';
import { addKey, declarations, declare, type Edit } from '../frontMatterEdits.ts';
import { addValues } from '../sampleEdits.ts';

export function declareWithDefault(file: TemplateFile, name: string, value: Value): Edit {
  return declare(file, [[name, { default: value }]]);
}

/** In every sample there is, or in a first one. */
export function declareWithSample(file: TemplateFile, name: string, value: Value): Edit[] {
  const { frontMatter } = file.analysis;
  const type = typeOf(value);
  const samples = (frontMatter?.samples ?? []).filter(({ test }) => !test);
  const first = stringify({ samples: { example: { [name]: value } } }, { lineWidth: 0 }).trimEnd();
  if (frontMatter === undefined) {
    return [addKey(file, `variables:\n${declarations([[name, type]], '  ')}\n${first}`)];
  }
  const given = samples.flatMap((sample) => addValues(file, sample, [], { [name]: value }) ?? []);
  const hasSamples = frontMatter.entries.some(({ key }) => key === 'samples');
  const added = given.length > 0 || hasSamples ? given : [addKey(file, first)];
  return [declare(file, [[name, type]]), ...added];
}

function typeOf(value: Value): string {
  if (typeof value === 'string') return value.includes('\n') ? 'text' : 'string';
  return typeof value;
}
