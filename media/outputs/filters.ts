import type { OutputListFilter } from '../../client/panels/protocol.ts';

/** Every output. */
export const noFilter: OutputListFilter = {
  text: '',
  status: '',
  rating: '',
  template: '',
  model: '',
};

/** Nothing is left out. */
export function isOpen(filter: OutputListFilter): boolean {
  return Object.values(filter).every((wish) => wish === '');
}

/** What was saved, perhaps by an older page, as a filter of this one. */
export function savedFilter(saved: Partial<OutputListFilter> | undefined): OutputListFilter {
  return { ...noFilter, ...saved };
}
