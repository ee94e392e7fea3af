/** A text that a regular expression matches, for sample values. Knows the common half of the language. */

/** `undefined`: the pattern says something this does not know (look-around, back references, `\p`). */
export function textMatching(pattern: string, least = 0): string | undefined {
  for (const extra of [0, least, 1]) {
    try {
      const made = new PatternReader(pattern, extra).read();
      if (new RegExp(pattern, 'u').test(made) && made.length >= least) return made;
    } catch {
      return undefined;
    }
  }
  return undefined;
}

class NotKnown extends Error {}

const classes: Readonly<Record<string, string>> = {
  d: '1',
  w: 'a',
  s: ' ',
  D: 'a',
  W: '-',
  S: 'a',
  t: '\t',
  n: '\n',
  r: '\r',
  f: '\f',
  v: '\v',
};

class PatternReader {
  readonly #pattern: string;
  /** How often more than it must something repeats that may repeat without end. */
  readonly #extra: number;
  #at = 0;

  constructor(pattern: string, extra: number) {
    this.#pattern = pattern;
    this.#extra = extra;
  }

  read(): string {
    const made = this.#choice();
    if (this.#at < this.#pattern.length) throw new NotKnown();
    return made;
  }

  /** The first of the alternatives; the others are read over. */
  #choice(): string {
    const first = this.#sequence();
    while (this.#take('|')) this.#sequence();
    return first;
  }

  #sequence(): string {
    let made = '';
    while (this.#at < this.#pattern.length && !'|)'.includes(this.#pattern[this.#at] ?? '')) {
      const atom = this.#atom();
      made += atom.repeat(this.#times());
    }
    return made;
  }

  #atom(): string {
    const char = this.#next();
    switch (char) {
      case '^':
      case '$':
        return '';
      case '.':
        return 'a';
      case '(':
        return this.#group();
      case '[':
        return this.#set();
      case '\\':
        return this.#escape();
      default:
        return char;
    }
  }

  #group(): string {
    if (this.#take('?') && !this.#take(':')) {
      const name = /<\w+>/y;
      name.lastIndex = this.#at;
      if (!name.test(this.#pattern)) throw new NotKnown();
      this.#at = name.lastIndex;
    }
    const made = this.#choice();
    if (!this.#take(')')) throw new NotKnown();
    return made;
  }

  /** One character of a set. */
  #set(): string {
    const from = this.#at;
    const negated = this.#take('^');
    let first: string | undefined;
    while (!this.#take(']')) {
      const char = this.#next();
      const one = char === '\\' ? this.#escape() : char;
      first ??= one;
    }
    if (!negated && first !== undefined) return first;
    const set = new RegExp(`^[${this.#pattern.slice(from, this.#at)}$`, 'u');
    const found = Array.from('aA1 -_.~é').find((char) => set.test(char));
    if (found === undefined) throw new NotKnown();
    return found;
  }

  #escape(): string {
    const char = this.#next();
    if (char === 'b' || char === 'B') return '';
    if (/[1-9pPkucx0]/.test(char)) throw new NotKnown();
    return classes[char] ?? char;
  }

  #times(): number {
    if (this.#take('?')) return this.#lazy(0);
    if (this.#take('*')) return this.#lazy(this.#extra);
    if (this.#take('+')) return this.#lazy(Math.max(1, this.#extra));
    const counts = /\{(\d+)(,?)(\d*)\}/y;
    counts.lastIndex = this.#at;
    const found = counts.exec(this.#pattern);
    if (!found) return 1;
    this.#at = counts.lastIndex;
    const least = Number(found[1]);
    if (found[2] === '') return this.#lazy(least);
    const most = found[3] === '' ? Number.POSITIVE_INFINITY : Number(found[3]);
    return this.#lazy(Math.min(most, Math.max(least, this.#extra), 10_000));
  }

  #lazy(times: number): number {
    this.#take('?');
    return times;
  }

  #take(char: string): boolean {
    if (this.#pattern[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #next(): string {
    const code = this.#pattern.codePointAt(this.#at);
    if (code === undefined) throw new NotKnown();
    const char = String.fromCodePoint(code);
    this.#at += char.length;
    return char;
  }
}
