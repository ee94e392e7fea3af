/** The table of models as the language server takes it. A bundle of its own: loaded when a prompt names a model. */
import type { ModelTable } from '../../server/protocol.ts';
import { catalogue } from '../providers/catalogue.ts';
import { modelsOf, tableDate } from '../providers/modelFacts.ts';

export function modelTable(): ModelTable {
  const providers = Object.values(catalogue).map(({ name, slug }) => ({
    slug,
    name,
    models: modelsOf(slug).map((facts) => ({ ...facts })),
  }));
  return { date: tableDate, providers: providers.filter(({ models }) => models.length > 0) };
}
