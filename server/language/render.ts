/** Renders a template to chat messages. Handlebars runs it; the syntax tree is ours. */
import Handlebars from 'handlebars';
import type { Message } from './messages.ts';
import { RoleBlocks } from './messages.ts';
import { MissingNotes } from './missing.ts';
import type { Reference } from './references.ts';
import { presetOf } from './references.ts';
import { knownHelpers, runtimeHelpers } from './runtimeHelpers.ts';
import type { Origins } from './syntaxBuilder.ts';
import { buildSyntax } from './syntaxBuilder.ts';
import { Template } from './template.ts';
import { type Run, Trace } from './trace.ts';
import type { Context, Value } from './values.ts';

/** Everything a render needs; plain data. */
export interface RenderInput {
  readonly text: string;
  /** Sources of the partials it may call, by slug. */
  readonly partials: Readonly<Record<string, string>>;
  readonly context: Context;
  /** Values of data variables, without the `@`. */
  readonly data: Readonly<Record<string, Value>>;
}

export interface Rendered {
  readonly messages: Message[];
  /** Required values that were not given, in order of first use; members dotted. Each shows as its marker. */
  readonly missing: string[];
}

// Its only message warns of properties that are kept from templates. A server's output belongs to its protocol.
Handlebars.logger.log = () => undefined;

const options = { noEscape: true, knownHelpers, knownHelpersOnly: true } as const;

/**
 * The template must be free of errors. `nonce` is a text no value can hold. Throws when a partial is recursive
 * without end; a caller that must not wait for ever sets a limit from outside.
 */
export function render(input: RenderInput, nonce: string): Rendered {
  return renderWith(input, nonce, undefined);
}

/** The same messages with where they come from; one that differs in content from that of `render` has wrong runs. */
export function renderTraced(input: RenderInput, nonce: string): Rendered {
  return renderWith(input, nonce, new Trace());
}

function renderWith(input: RenderInput, nonce: string, trace: Trace | undefined): Rendered {
  const references: Reference[] = [];
  const compile = compiler(references, trace);
  const main = Template.read(input.text);
  const partials: Record<string, Handlebars.Template> = {};
  for (const [slug, source] of Object.entries(input.partials)) {
    partials[slug] = compile(Template.read(source), slug);
  }
  const notes = new MissingNotes(main.settings.missing);
  const roles = new RoleBlocks(nonce, trace);
  const hasPartial = (slug: string) => Object.hasOwn(input.partials, slug);
  const helpers = runtimeHelpers({ references, notes, roles, hasPartial, trace });
  const text = compile(main)(withDefaults(main, input.context), {
    data: { ...input.data },
    helpers,
    partials,
    allowProtoPropertiesByDefault: false,
    allowProtoMethodsByDefault: false,
  });
  const messages = roles.split(text, main.settings.system);
  return { messages: trace ? systemTraced(messages, main) : messages, missing: notes.names };
}

type Compile = (template: Template, slug?: string) => Handlebars.TemplateDelegate<unknown>;

function compiler(references: Reference[], trace: Trace | undefined): Compile {
  const environment = Handlebars.create();
  if (!trace) {
    return (template) => environment.compile(buildSyntax(template, references), options);
  }
  // Marks are put where white space control is done, so it must not be done again.
  Object.assign(environment, { parse: (program: hbs.AST.Program) => program });
  return (template, slug) => {
    const origins: Origins = new Map();
    const built = buildSyntax(template, references, origins);
    // The published type knows only texts; given a tree, it takes white space from it.
    const program = Handlebars.parse(built as unknown as string);
    trace.mark(origins, template.text, slug);
    return environment.compile(program, options);
  };
}

/** The message that the front matter gives comes from its value there. */
function systemTraced(messages: Message[], { frontMatter, settings }: Template): Message[] {
  const [first, ...others] = messages;
  const written = frontMatter?.entries.find(({ key }) => key === 'system')?.valueSpan;
  if (!first || !written || settings.system === undefined) return messages;
  const run: Run = { start: 0, end: first.content.length, from: written, kind: 'value' };
  return [{ ...first, runs: run.end > 0 ? [run] : [] }, ...others];
}

/** The values given, and defaults for those that are not. */
function withDefaults({ declarations }: Template, context: Context): Context {
  const values: Context = { ...context };
  for (const [name, declaration] of declarations) {
    const preset = presetOf(declaration, [], false);
    if (values[name] === undefined && preset !== undefined) values[name] = preset;
  }
  return values;
}
