/** Renders a template to chat messages. Handlebars runs it; the syntax tree is ours. */
import Handlebars from 'handlebars';
import type { Message } from './messages.ts';
import { RoleBlocks } from './messages.ts';
import { MissingNotes } from './missing.ts';
import type { Reference } from './references.ts';
import { presetOf } from './references.ts';
import { knownHelpers, runtimeHelpers } from './runtimeHelpers.ts';
import { buildSyntax } from './syntaxBuilder.ts';
import { Template } from './template.ts';
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
  const environment = Handlebars.create();
  const references: Reference[] = [];
  const compile = (template: Template) =>
    environment.compile<unknown>(buildSyntax(template, references), { ...options });
  const main = Template.read(input.text);
  const partials: Record<string, Handlebars.Template> = {};
  for (const [slug, source] of Object.entries(input.partials)) {
    partials[slug] = compile(Template.read(source));
  }
  const notes = new MissingNotes(main.settings.missing);
  const roles = new RoleBlocks(nonce);
  const hasPartial = (slug: string) => Object.hasOwn(input.partials, slug);
  const helpers = runtimeHelpers({ references, notes, roles, hasPartial });
  const text = compile(main)(withDefaults(main, input.context), {
    data: { ...input.data },
    helpers,
    partials,
    allowProtoPropertiesByDefault: false,
    allowProtoMethodsByDefault: false,
  });
  return { messages: roles.split(text, main.settings.system), missing: notes.names };
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
