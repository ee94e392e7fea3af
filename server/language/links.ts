/** What a template has to do with others: the partials it calls, and theirs. */
import type { Branch, Span } from './nodes.ts';
import type { Problem } from './problems.ts';
import { didYouMean, suggest } from './suggest.ts';
import type { PartialCall } from './ledger.ts';
import { Template } from './template.ts';

/** The other templates of the folder, as far as partials go. */
export interface Partials {
  partial(slug: string): string | undefined;
  slugs(): readonly string[];
}

type Verdict = 'fine' | 'unknown' | 'broken' | { readonly cycle: readonly string[] };

/** Partials that call partials that …: more than this is taken for endless. */
const longestChain = 100;

/** Reads partials once per text, however often they are asked for. */
export class Library implements Partials {
  readonly #partials: Partials;
  readonly #read = new Map<string, Template>();

  constructor(partials: Partials) {
    this.#partials = partials;
  }

  partial(slug: string): string | undefined {
    return this.#partials.partial(slug);
  }

  slugs(): readonly string[] {
    return this.#partials.slugs();
  }

  template(slug: string): Template | undefined {
    const text = this.#partials.partial(slug);
    const known = this.#read.get(slug);
    if (text === undefined || known?.text === text) return text === undefined ? undefined : known;
    const template = Template.read(text);
    this.#read.set(slug, template);
    return template;
  }
}

/** Problems with the partials that a template calls. `slug` is its own. */
export function checkLinks(template: Template, slug: string, library: Library): Problem[] {
  const links = new Links(library);
  return template.partialCalls.flatMap((call) => {
    const name = call.target.name;
    const verdict = links.judge(template, call, [slug], new Set());
    return name === undefined || verdict === 'fine'
      ? []
      : [problemOf(call, name, verdict, library)];
  });
}

/** Every template reachable by the partials a template calls, by slug. */
export function reachable(template: Template, library: Library): Map<string, Template> {
  const found = new Map<string, Template>();
  const waiting = [template];
  for (const from of waiting) {
    const named = from.partialCalls.map(({ target }) => target.name);
    const slugs = named.includes(undefined) ? library.slugs() : named;
    for (const slug of new Set(slugs)) {
      const next = slug === undefined || found.has(slug) ? undefined : library.template(slug);
      if (slug === undefined || !next) continue;
      found.set(slug, next);
      waiting.push(next);
    }
  }
  return found;
}

class Links {
  readonly #library: Library;
  readonly #verdicts = new Map<string, Verdict>();
  readonly #inlines = new WeakMap<Template, readonly Inline[]>();

  constructor(library: Library) {
    this.#library = library;
  }

  /** `chain`: slugs from the outermost template to this one. `given`: inline partials of those that call it. */
  judge(
    from: Template,
    call: PartialCall,
    chain: readonly string[],
    given: ReadonlySet<string>,
  ): Verdict {
    const { name } = call.target;
    if (name === undefined || name === '@partial-block') return 'fine';
    const inlines = this.#inlinesOf(from);
    const visible = new Set([...given, ...visibleAt(call.parent, inlines)]);
    if (visible.has(name)) return isEndless(from, call, name) ? { cycle: [name, name] } : 'fine';
    const at = chain.indexOf(name);
    if (at >= 0) return { cycle: [...chain.slice(at), name] };
    const template = this.#library.template(name);
    if (!template) return call.kind === 'partial-open' ? 'fine' : 'unknown';
    if (call.kind === 'partial-open') {
      for (const inline of inlines) {
        if (inline.branch?.tag === call) visible.add(inline.name);
      }
    }
    return this.#template(template, name, [...chain, name], visible);
  }

  #template(
    template: Template,
    name: string,
    chain: readonly string[],
    given: ReadonlySet<string>,
  ): Verdict {
    const key = JSON.stringify([name, ...[...given].sort()]);
    const known = this.#verdicts.get(key);
    if (known !== undefined) return known;
    const verdict = this.#look(template, chain, given);
    this.#verdicts.set(key, verdict);
    return verdict;
  }

  #look(template: Template, chain: readonly string[], given: ReadonlySet<string>): Verdict {
    if (template.hasErrors || chain.length > longestChain) return 'broken';
    for (const call of template.partialCalls) {
      const verdict = this.judge(template, call, chain, given);
      if (verdict !== 'fine') return typeof verdict === 'object' ? verdict : 'broken';
    }
    return 'fine';
  }

  #inlinesOf(template: Template): readonly Inline[] {
    const known = this.#inlines.get(template) ?? inlinesIn(template);
    this.#inlines.set(template, known);
    return known;
  }
}

interface Inline {
  readonly name: string;
  readonly branch: Branch | undefined;
}

function inlinesIn(template: Template): readonly Inline[] {
  return template.document.tags.flatMap((tag) =>
    tag.kind === 'inline' ? [{ name: tag.name, branch: tag.parent }] : [],
  );
}

/** An inline partial is known in the branch it stands in and in everything inside that. */
function visibleAt(branch: Branch | undefined, inlines: readonly Inline[]): string[] {
  if (inlines.length === 0) return [];
  const around = new Set<Branch | undefined>([undefined]);
  for (let at = branch; at; at = at.block.parent) around.add(at);
  return inlines.filter((inline) => around.has(inline.branch)).map(({ name }) => name);
}

/** Whether an inline partial that is called inside another leads back to that one. */
function isEndless(template: Template, call: PartialCall, name: string): boolean {
  const around = new Set(inlinesAround(call));
  if (around.size === 0) return false;
  const reached = new Set<string>([name]);
  for (const next of reached) {
    if (around.has(next)) return true;
    for (const inner of template.partialCalls) {
      const called = inner.target.name;
      if (called !== undefined && inlinesAround(inner).includes(next)) reached.add(called);
    }
  }
  return false;
}

/** Names of the inline partials a call stands in. */
function inlinesAround(call: PartialCall): string[] {
  const names: string[] = [];
  for (let at = call.parent; at; at = at.block.parent) {
    if (at.tag.kind === 'inline') names.push(at.tag.name);
  }
  return names;
}

function problemOf(
  call: PartialCall,
  name: string,
  verdict: Exclude<Verdict, 'fine'>,
  library: Library,
): Problem {
  const span: Span = call.target;
  if (verdict === 'unknown') {
    const suggestions = suggest(name, library.slugs());
    const message = `There is no template “${name}” in this workspace folder.${didYouMean(suggestions)}`;
    return { code: 'unknown-partial', severity: 'error', span, name, suggestions, message };
  }
  if (verdict === 'broken') {
    const message = `“${name}” cannot be used: it has errors of its own. Mend them there first.`;
    return { code: 'broken-partial', severity: 'error', span, name, message };
  }
  const message = `This goes round in a circle: ${verdict.cycle.join(' → ')}.`;
  return { code: 'partial-cycle', severity: 'error', span, name, cycle: verdict.cycle, message };
}
