/** Reads one tag at a given place, or says that there is none: the grammar and rules L3–L12. */
import { ExpressionReader } from './expressionReader.ts';
import { copied } from './lexer.ts';
import type { MalformedTag, PartialName, RawTag, Tag } from './nodes.ts';
import type { Anchor } from './positions.ts';
import { PathNode, anchored } from './positions.ts';

/** A tag of any kind before its place is filled in. */
type Fields<T> = T extends { stripAfter: boolean }
  ? Omit<T, 'start' | 'end' | 'parent' | 'stripBefore' | 'stripAfter'> & { stripAfter?: boolean }
  : never;

const expressionStart = /[^\s"'0-9-]/;
const llamaTag = /<<\/?SYS>>/y;
/** `name…` made of characters a tag may have: what begins with a letter and is not an e-mail address. */
const tagCharacters = /~?[\p{L}_$](?:[^\s!"#%-,./;->@[-^`{-~]|[./()=[\]|"~ \t]|(?<=[ \t(=])@)*/uy;
const namedSigil = /#(?:\*|>[ \t]*)?([^\s!"#%-,./;->@[-^`{-~]+)/y;

export class TagReader extends ExpressionReader {
  #strip = false;
  /** Complete, but text by L5 or L6. */
  #refused = false;
  /** The last search for each closing text: where it began and what it found, -1 for nothing. */
  readonly #found = new Map<string, { readonly from: number; readonly at: number }>();

  /**
   * The tag that begins with the opening pair at `start`; `undefined` when it is text. Afterwards `reach` is the
   * farthest offset that had to be looked at.
   */
  read(start: number): Tag | undefined {
    this.begin(start);
    if (this.marks.style === 'angle') {
      llamaTag.lastIndex = start;
      if (llamaTag.test(this.text)) return undefined;
    }
    this.pos += 2;
    const triple = this.marks.style === 'mustache' && this.eat('{');
    this.#strip = !triple && this.eat('~');
    const inside = this.pos;
    this.#refused = false;
    const tag = triple ? this.#triple() : this.#content();
    if (tag) return tag;
    return triple || this.#refused ? undefined : this.#malformed(start, inside);
  }

  #content(): Tag | undefined {
    if (this.eat('!')) return this.#comment();
    if (this.eat('#>')) return this.#partial('partial-open');
    if (this.eat('#*')) return this.#inline();
    if (this.eat('#')) return this.#open('#');
    if (this.eat('^')) return this.#caret();
    if (this.eat('/')) return this.#close();
    if (this.eat('>')) return this.#partial('partial');
    if (this.eat('&')) return this.#value(false);
    const mustache = this.marks.style === 'mustache';
    if (mustache) this.space();
    if (this.#eatElse()) return this.#else();
    return this.#value(!mustache);
  }

  // ---------------------------------------------------------------------------------------------- kinds of tags

  #value(strict: boolean): Tag | undefined {
    if (strict && !expressionStart.test(this.text[this.pos] ?? ' ')) return undefined;
    this.space();
    const call = this.call();
    if (!call) return undefined;
    const end = call.end;
    const plain = call.positional.length + call.named.length === 0;
    const padded = plain && this.pos > end;
    const tag = this.#finish({ kind: 'value', call });
    if (!tag || !strict || call.named.length > 0) return tag;
    this.#refused = padded || /[\r\n]/.test(this.text.slice(tag.start, tag.end));
    return this.#refused ? undefined : tag;
  }

  #triple(): Tag | undefined {
    this.space();
    const call = this.call();
    if (!call || !this.eat('}}}')) return undefined;
    return this.#done({ kind: 'value', call });
  }

  #open(sigil: '#' | '^'): Tag | undefined {
    this.space();
    const call = this.call();
    const params = call && this.blockParams();
    if (!params) return undefined;
    const tag = this.#finish({ kind: 'open', sigil, call, params });
    const bare = call.positional.length + call.named.length + params.length === 0;
    return tag && sigil === '#' && bare && call.callee.text === 'raw' ? this.#raw() : tag;
  }

  #caret(): Tag | undefined {
    const after = this.pos;
    this.space();
    if (this.atClose()) return this.#finish({ kind: 'else', params: [] });
    this.pos = after;
    return this.#open('^');
  }

  #eatElse(): boolean {
    if (!this.at('else')) return false;
    const next = this.text[this.pos + 4] ?? '';
    if (!/[\s~>}]/.test(next)) return false;
    this.pos += 4;
    return true;
  }

  #else(): Tag | undefined {
    this.space();
    if (this.atClose()) return this.#finish({ kind: 'else', params: [] });
    const call = this.call();
    const params = call && this.blockParams();
    return params && this.#finish({ kind: 'else', call, params });
  }

  #close(): Tag | undefined {
    this.space();
    const start = this.pos;
    const quoted = this.string();
    const name =
      quoted === undefined
        ? this.path()
        : new PathNode(this.anchor, start, this.pos, false, 0, false, [], quoted);
    this.space();
    return name && this.#finish({ kind: 'close', name });
  }

  #partial(kind: 'partial' | 'partial-open'): Tag | undefined {
    this.space();
    const target = this.#partialName();
    const given = target && this.arguments();
    return given && this.#finish({ kind, target, ...given });
  }

  #partialName(): PartialName | undefined {
    const start = this.pos;
    if (this.at('(')) {
      const expression = this.parenthesised();
      return expression && anchored(this.anchor, start, this.pos, { expression });
    }
    const name = this.string() ?? this.path()?.text;
    if (name === undefined || /^-?\d+(?:\.\d+)?$/.test(name)) return undefined;
    return anchored(this.anchor, start, this.pos, { name });
  }

  #inline(): Tag | undefined {
    this.space();
    if (this.id() !== 'inline' || !this.space()) return undefined;
    const start = this.pos;
    const name = this.string();
    if (name === undefined) return undefined;
    const nameSpan = anchored(this.anchor, start, this.pos, {});
    this.space();
    return this.#finish({ kind: 'inline', name, nameSpan });
  }

  #comment(): Tag | undefined {
    const long = this.at('--');
    const from = long ? this.pos + 2 : this.pos;
    const at = long ? this.#longEnd(from) : this.#find(this.marks.close, from);
    if (at < 0) return undefined;
    const stripped = !long && at > from && this.text[at - 1] === '~';
    const content = anchored(this.anchor, from, stripped ? at - 1 : at, {});
    this.pos = long ? at + 2 : content.end;
    return this.#finish({ kind: 'comment', content });
  }

  /** Where `--` stands before a close. */
  #longEnd(from: number): number {
    const { close, strippedClose } = this.marks;
    const ends = [close, strippedClose].map((end) => this.#find(`--${end}`, from));
    const found = ends.filter((at) => at >= 0);
    return found.length > 0 ? Math.min(...found) : -1;
  }

  /** The opening tag was read: everything up to the closing one is verbatim. */
  #raw(): Tag {
    const { open, close } = this.marks;
    const opened = anchored(this.anchor, this.anchor.start, this.pos, {});
    const stripAfter = this.text[this.pos - 3] === '~';
    const pattern = new RegExp(`${open}~?/raw~?${close}`, 'g');
    pattern.lastIndex = this.pos;
    const match = pattern.exec(this.text);
    const from = match?.index ?? this.text.length;
    const content = anchored(this.anchor, this.pos, from, {});
    this.pos = match ? pattern.lastIndex : from;
    const raw: Fields<RawTag> = {
      kind: 'raw',
      open: opened,
      content,
      close: match ? anchored(this.anchor, from, this.pos, {}) : undefined,
      closeStripBefore: match?.[0].startsWith(`${open}~`) ?? false,
      closeStripAfter: match?.[0].endsWith(`~${close}`) ?? false,
    };
    return this.#done(raw, stripAfter);
  }

  // ------------------------------------------------------------------------------------------------- endings

  /** Steps over what closes a tag; its length is then known. */
  #finish(fields: Fields<Tag>): Tag | undefined {
    this.space();
    const stripAfter = this.eat('~');
    if (!this.eat(this.marks.close)) return undefined;
    return this.#done(fields, stripAfter);
  }

  #done(fields: Fields<Tag>, stripAfter = false): Tag {
    const anchor: Anchor = this.anchor;
    anchor.length = this.pos - anchor.start;
    this.reach = Math.max(this.reach, this.pos);
    anchor.stripBefore = this.#strip;
    anchor.stripAfter = stripAfter;
    return Object.assign(anchor, fields);
  }

  /** Like `indexOf`, but no stretch of text is searched twice for the same. */
  #find(piece: string, from: number): number {
    const last = this.#found.get(piece);
    const known = last && last.from <= from && (last.at < 0 || from <= last.at);
    const at = known ? last.at : this.text.indexOf(piece, from);
    if (!known) this.#found.set(piece, { from, at });
    if (at < 0) this.reach = Number.POSITIVE_INFINITY;
    return at;
  }

  // ----------------------------------------------------------------------------------------------- not a tag

  /** L7: what is certainly meant as a tag although it is not one. */
  #malformed(start: number, inside: number): Tag | undefined {
    namedSigil.lastIndex = inside;
    const sigil = namedSigil.exec(this.text);
    const end = sigil || this.failure === 'nested' ? this.#lineEnd(inside) : this.#tagLike(inside);
    if (end === undefined) return undefined;
    const isInline = sigil?.[0].startsWith('#*') ?? false;
    this.pos = end;
    this.anchor.start = start;
    this.anchor.length = end - start;
    const fields: Pick<MalformedTag, 'kind' | 'reason' | 'opens'> = {
      kind: 'malformed',
      reason: this.failure ?? (isInline ? 'inline' : sigil ? 'unfinished' : 'expression'),
      opens: sigil ? (isInline ? 'inline' : copied(sigil[1] ?? '')) : undefined,
    };
    return Object.assign(this.anchor, fields);
  }

  /** Where an unfinished `<<#name …` ends: with its close, before the next tag, or with the line. */
  #lineEnd(from: number): number {
    const { open, close } = this.marks;
    for (let at = from; ; at++) {
      const char = this.text[at];
      if (char === undefined || char === '\n' || char === '\r' || this.text.startsWith(open, at)) {
        this.reach = Math.max(this.reach, at + 2);
        return from + this.text.slice(from, at).trimEnd().length;
      }
      if (this.text.startsWith(close, at)) return at + 2;
    }
  }

  /** The end of `name…>>` on one line, when it has only characters a tag may have and is no complete tag. */
  #tagLike(from: number): number | undefined {
    const { close } = this.marks;
    this.pos = from;
    if (this.marks.style === 'mustache') this.space();
    tagCharacters.lastIndex = this.pos;
    if (!tagCharacters.test(this.text)) return undefined;
    const end = tagCharacters.lastIndex;
    this.reach = Math.max(this.reach, end + 2);
    if (!this.text.startsWith(close, end)) return undefined;
    return end + 2;
  }
}
