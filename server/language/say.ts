/** The wording of every problem a tag can have: the cause, then what to do. */
import type { Helper } from './helpers.ts';
import type {
  Call,
  MalformedTag,
  PartialOpenTag,
  PartialTag,
  Path,
  Segment,
  Span,
  Suspect,
} from './nodes.ts';
import type { Problem } from './problems.ts';
import { didYouMean, suggest } from './suggest.ts';
import type { Declaration, Shape, VariableType } from './values.ts';

const escape = 'Put a backslash before it to make it text.';

const reasons: Readonly<Record<Exclude<MalformedTag['reason'], 'nested'>, string>> = {
  unfinished: `This block tag is not finished. Close it, or put a backslash before it to make it text.`,
  expression: `This tag is not complete. Finish it, or put a backslash before it to make it text.`,
  path: `“this”, “.” and “..” may only begin a path. ${escape}`,
  inline: `Only “inline” with a quoted name may follow “#*”. ${escape}`,
};

export function malformed(tag: MalformedTag): Problem {
  const { reason } = tag;
  if (reason === 'nested') {
    const message = 'Parentheses may be nested 100 deep.';
    return { code: 'too-deep', severity: 'error', span: tag, message };
  }
  return { code: 'malformed-tag', severity: 'error', span: tag, message: reasons[reason] };
}

export function partialContexts(tag: PartialTag | PartialOpenTag): Problem {
  const message = 'A partial takes one value to look names up on; give the others as name=value.';
  return { code: 'malformed-tag', severity: 'error', span: tag, message };
}

export function needsBlock(call: Call, name: string): Problem {
  return {
    code: 'malformed-tag',
    severity: 'error',
    span: call,
    message: `“${name}” opens a block: put a # before it, and close it. Or put a backslash before the tag to make it text.`,
    insert: '#',
    insertAt: 0,
  };
}

export function arity(call: Call, name: string, signature: string, tooFew: boolean): Problem {
  const message = `“${name}” is given too ${tooFew ? 'few' : 'many'} values. It is written: ${signature}`;
  return { code: 'malformed-tag', severity: 'error', span: call, message };
}

export function unknownHelper(path: Path, helpers: readonly Helper[]): Problem {
  const suggestions = suggest(
    path.text,
    helpers.map(({ name }) => name),
  );
  return {
    code: 'unknown-helper',
    severity: 'error',
    span: path,
    name: path.text,
    suggestions,
    message: `There is no helper “${path.text}”.${didYouMean(suggestions)} If this is not meant as a tag, put a backslash before it.`,
  };
}

export function typeMismatch(path: Path, type: string, helper: string, expected: string): Problem {
  return {
    code: 'type-mismatch',
    severity: 'warning',
    span: path,
    name: path.text,
    expected,
    message: `“${path.text}” is of type ${type}, but “${helper}” needs ${expected}.`,
  };
}

export function reserved(span: Span, name: string): Problem {
  const message = `“${name}” is a reserved name. Choose another.`;
  return { code: 'reserved-name', severity: 'error', span, name, message };
}

export function unknownProperty(
  segment: Segment,
  owner: string,
  shape: Shape,
  outside: boolean,
): Problem {
  const { name } = segment;
  const suggestions = suggest(name, shape.properties?.map((property) => property.name) ?? []);
  const cause =
    owner === ''
      ? `What names are looked up on here has no “${name}”.`
      : `“${owner}” (${shape.type}) has no member “${name}”.`;
  const advice = outside
    ? ` For the variable outside this block write “../${name}”.`
    : didYouMean(suggestions);
  return {
    code: 'unknown-property',
    severity: 'warning',
    span: segment,
    name,
    owner,
    suggestions,
    up: outside,
    message: cause + advice,
  };
}

export function undeclared(
  segment: Segment,
  type: VariableType,
  declarations: ReadonlyMap<string, Declaration>,
): Problem {
  const { name } = segment;
  let known: readonly string[] | undefined;
  return {
    code: 'undeclared-variable',
    severity: declarations.size === 0 ? 'information' : 'warning',
    span: segment,
    name,
    type,
    // There may be very many of these, of which few are ever looked at.
    get suggestions() {
      return (known ??= suggest(name, declarations.keys()));
    },
    get message() {
      const advice =
        didYouMean(this.suggestions) || ' Add it there, or put a backslash before the tag.';
      return `“${name}” is not declared under “variables”.${advice}`;
    },
  };
}

export function shadowed(path: Path, name: string, winner: 'variable' | 'helper'): Problem {
  const message =
    winner === 'variable'
      ? `“${name}” is also a helper. Here it is the variable; “this.${name}” says so plainly.`
      : `“${name}” is also a variable. Here it is the block of that name; for the variable write “this.${name}”.`;
  return { code: 'shadowed-by-helper', severity: 'warning', span: path, name, message };
}

export function suspect(tag: Suspect): Problem {
  const { name, slip } = tag;
  const replacement = `<<${name}>>`;
  const base = { severity: 'hint', span: tag, name, replacement } as const;
  switch (slip) {
    case 'padded':
      return {
        ...base,
        code: 'padded-tag',
        message: `With white space inside this is text. For the value write ${replacement}.`,
      };
    case 'triple':
      return {
        ...base,
        code: 'triple',
        message: `Three brackets are text. For the value write ${replacement}.`,
      };
    case 'maybe':
      return {
        ...base,
        code: 'maybe-tag',
        message: `A bracket is missing, so this is text. For the value write ${replacement}.`,
      };
    case 'mustache':
      return {
        code: 'mustache-in-angle',
        severity: 'information',
        span: tag,
        name,
        message: `In this file {{ }} is text. Write ${replacement}, or put “syntax: mustache” in the front matter.`,
      };
  }
}
