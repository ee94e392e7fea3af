import { catalogue, type CatalogueEntry } from '../providers/catalogue.ts';

/** Who answers a prompt, as far as its front matter and the settings say. */
export type Answering =
  | { readonly by: 'provider'; readonly name: string; readonly offline: boolean }
  | { readonly by: 'credential'; readonly name: string }
  /** The provider of the folder's first credential. */
  | { readonly by: 'anyone' };

/** @param setting provider slug for prompts that name none, `undefined` for automatic */
export function whoAnswers(
  named: { readonly provider?: string; readonly credential?: string } | undefined,
  setting: string | undefined,
): Answering {
  const { credential, provider } = named ?? {};
  if (provider === undefined && credential !== undefined) {
    return { by: 'credential', name: credential };
  }
  const slug = provider ?? setting;
  if (slug === undefined) return { by: 'anyone' };
  const all: readonly CatalogueEntry[] = Object.values(catalogue);
  const known = all.find((entry) => entry.slug === slug);
  return { by: 'provider', name: known?.name ?? slug, offline: known?.offline ?? false };
}
