/** Jinja and Nunjucks as our tags: values, filters, conditions and loops. */
import type { Loss, Piece } from './draft.ts';

const tag =
  /\{\{(-?)\s*([\s\S]*?)\s*(-?)\}\}|\{%(-?)\s*([\s\S]*?)\s*(-?)%\}|\{#(-?)([\s\S]*?)(-?)#\}/g;
const path =
  /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_0-9][\p{L}\p{N}_]*|\[(?:\d+|'[^']*'|"[^"]*")\])*$/u;

/** @param line of the first line of the text in its file */
export function readJinja(text: string, line: number): { body: Piece[]; losses: Loss[] } {
  const reader = new JinjaReader();
  let from = 0;
  let at = line;
  let raw = false;
  for (const found of text.matchAll(tag)) {
    const before = text.slice(from, found.index);
    at += before.split('\n').length - 1;
    reader.body.push(before);
    from = found.index + found[0].length;
    const strip = (mark: string | undefined) => (mark === '-' ? '~' : '');
    const sides = [
      strip(found[1] ?? found[4] ?? found[7]),
      strip(found[3] ?? found[6] ?? found[9]),
    ] as const;
    const statement = found[5];
    if (statement === 'endraw' || statement === 'raw') raw = statement === 'raw';
    else if (raw) reader.body.push(found[0]);
    else reader.tag({ value: found[2], statement, comment: found[8] }, found[0], at, sides);
    at += found[0].split('\n').length - 1;
  }
  reader.body.push(text.slice(from));
  return reader;
}

interface Content {
  readonly value?: string | undefined;
  readonly statement?: string | undefined;
  readonly comment?: string | undefined;
}

class JinjaReader {
  readonly body: Piece[] = [];
  readonly losses: Loss[] = [];
  readonly #open: string[] = [];

  tag(
    content: Content,
    from: string,
    line: number,
    [left, right]: readonly [string, string],
  ): void {
    const made = this.#made(content, from, line);
    if (made === undefined) {
      this.losses.push({ key: from, reason: 'It cannot be said here; it is kept as text.', line });
      this.body.push(from);
    } else if (made !== '') this.body.push({ tag: `${left}${made}${right}`, from, line });
  }

  /** What stands between the brackets; `''`: nothing takes its place; `undefined`: it cannot be said. */
  #made({ value, statement, comment }: Content, from: string, line: number): string | undefined {
    if (comment !== undefined) return `!--${comment.replaceAll('-->>', '-- >>')}--`;
    if (value !== undefined) return shown(value);
    const [word = '', ...others] = (statement ?? '').split(/\s+/);
    const rest = others.join(' ');
    switch (word) {
      case 'if': {
        const asked = condition(rest);
        this.#open.push(asked === undefined ? '' : 'if');
        return asked && `#if ${asked}`;
      }
      case 'elif':
      case 'elseif': {
        const asked = condition(rest);
        return this.#open.at(-1) === 'if' ? asked && `else if ${asked}` : undefined;
      }
      case 'else':
        return this.#open.at(-1) === '' ? undefined : 'else';
      case 'for':
        return this.#loop(rest);
      case 'endif':
      case 'endfor': {
        const name = this.#open.pop();
        return name === '' || name === undefined ? undefined : `/${name}`;
      }
      default:
        this.losses.push({
          key: from,
          reason: `“${word}” has no like here; it was left out.`,
          line,
        });
        return '';
    }
  }

  #loop(rest: string): string | undefined {
    const found = /^([\w]+)(?:\s*,\s*(\w+))?\s+in\s+([^\s|]+?)(?:\.items\(\))?$/.exec(rest);
    const list = found && operand(found[3] ?? '');
    this.#open.push(list ? 'each' : '');
    if (!found || !list) return undefined;
    const [, first, second] = found;
    // Of a map Jinja names the key first.
    return `#each ${list} as |${second === undefined ? first : `${second} ${first}`}|`;
  }
}

const loopValues: Readonly<Record<string, string>> = {
  'loop.index0': '@index',
  'loop.first': '@first',
  'loop.last': '@last',
};

function operand(written: string): string | undefined {
  const text = written.trim();
  if (Object.hasOwn(loopValues, text)) return loopValues[text];
  if (text.startsWith('loop.')) return undefined;
  if (/^(?:"[^"\\\n]*"|'[^'\\\n]*'|-?\d+(?:\.\d+)?)$/.test(text)) return text;
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase();
  if (/^none$/i.test(text)) return 'null';
  if (!path.test(text)) return undefined;
  return text.replace(/\[(\d+)\]/g, '.$1').replace(/\[["']([^"'\]]*)["']\]/g, '.[$1]');
}

const filters: Readonly<Record<string, string>> = {
  upper: 'upper',
  lower: 'lower',
  trim: 'trim',
  length: 'count',
  count: 'count',
  tojson: 'json',
  dump: 'json',
  json: 'json',
  join: 'join',
  default: 'default',
  d: 'default',
  truncate: 'truncate',
  indent: 'indent',
};

/** A value with its filters. */
function shown(written: string): string | undefined {
  const [first = '', ...applied] = written.split(/\|(?=(?:[^"']|"[^"]*"|'[^']*')*$)/);
  let made = operand(first);
  let nested = false;
  for (const one of applied) {
    const call = /^\s*(\w+)\s*(?:\(\s*([\s\S]*?)\s*\))?\s*$/.exec(one);
    if (!call || made === undefined) return undefined;
    const [, name = '', given = ''] = call;
    if (name === 'safe' || name === 'string' || name === 'e' || name === 'escape') continue;
    const ours = Object.hasOwn(filters, name) ? filters[name] : undefined;
    const values = given === '' ? [] : given.split(/,(?=(?:[^"']|"[^"]*"|'[^']*')*$)/).map(operand);
    if (ours === undefined || values.includes(undefined)) return undefined;
    const joiner = ours === 'join' && values.length === 0 ? ['""'] : values;
    made = [ours, nested ? `(${made})` : made, ...joiner].join(' ');
    nested = true;
  }
  // A text or number by itself is no tag.
  return made !== undefined && (nested || /^[@\p{L}_]/u.test(made)) ? made : undefined;
}

/** A condition; Jinja's `and` binds closer than `or`. */
function condition(written: string): string | undefined {
  const text = written.trim();
  for (const [word, helper] of [
    ['or', 'or'],
    ['and', 'and'],
  ] as const) {
    const parts = text.split(new RegExp(`\\s+${word}\\s+`));
    if (parts.length < 2) continue;
    const made = parts.map(condition);
    return made.includes(undefined) ? undefined : `(${helper} ${made.join(' ')})`;
  }
  const negated = /^not\s+([\s\S]+)$/.exec(text)?.[1];
  if (negated !== undefined) {
    const made = condition(negated);
    return made && `(not ${made})`;
  }
  const defined = /^(\S+)\s+is\s+(not\s+)?defined$/.exec(text);
  if (defined) {
    const made = operand(defined[1] ?? '');
    return made && (defined[2] === undefined ? made : `(not ${made})`);
  }
  const compared = /^(\S+|"[^"]*"|'[^']*')\s*(==|!=)\s*(\S+|"[^"]*"|'[^']*')$/.exec(text);
  if (compared) {
    const [left, right] = [operand(compared[1] ?? ''), operand(compared[3] ?? '')];
    if (left === undefined || right === undefined) return undefined;
    return `(${compared[2] === '==' ? 'eq' : 'ne'} ${left} ${right})`;
  }
  const within = /^("[^"]*"|'[^']*'|\S+)\s+in\s+(\S+)$/.exec(text);
  if (within) {
    const [item, whole] = [operand(within[1] ?? ''), operand(within[2] ?? '')];
    return item !== undefined && whole !== undefined ? `(contains ${whole} ${item})` : undefined;
  }
  return operand(text);
}
