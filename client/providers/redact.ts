/**
 * Takes every known secret out of every string that is logged, shown or stored. Keys leak where nobody expects it:
 * servers echo the header they refuse, gateways quote whole requests, models repeat what they were told.
 */
const replacement = '[redacted]';

/**
 * Shorter ones (`ollama`, `none`) are placeholders for servers that want any key at all; taking them out would
 * mutilate ordinary words.
 */
const shortestSecret = 8;

export class Redactor {
  /** Longest first, so that a secret that contains another is replaced whole. */
  #forms: readonly string[] = [];
  /** The same, as they stand inside of JSON. */
  #inJson: readonly string[] = [];

  /** From now on this secret, also in its JSON, URL and base64 forms, is replaced. */
  add(secret: string): void {
    if (secret.length < shortestSecret) return;
    const forms = new Set([...this.#forms, ...formsOf(secret)]);
    if (forms.size === this.#forms.length) return;
    this.#forms = [...forms].sort((a, b) => b.length - a.length);
    this.#inJson = this.#forms.map(inJson);
  }

  redact(text: string): string {
    let clean = text;
    for (const form of this.#forms) {
      if (clean.includes(form)) clean = clean.replaceAll(form, replacement);
    }
    return clean;
  }

  /** The same for every string of a plain JSON value, property names included. What holds no secret is not copied. */
  redactAll<T>(value: T): T {
    if (this.#forms.length === 0 || value === undefined) return value;
    return this.#isClean(JSON.stringify(value)) ? value : (this.#copy(value) as T);
  }

  /** A plain JSON value as JSON, without any secret. */
  stringify(value: object): string {
    const json = JSON.stringify(value);
    return this.#isClean(json) ? json : JSON.stringify(this.#copy(value));
  }

  /** For text that arrives in pieces: a secret cut in two is found too. */
  stream(): RedactedStream {
    return new RedactedStream(
      (text) => this.redact(text),
      (text) => this.#longestStart(text),
    );
  }

  /** A string that holds a secret holds it in its JSON as well. */
  #isClean(json: string): boolean {
    return !this.#inJson.some((form) => json.includes(form));
  }

  #copy(value: unknown): unknown {
    if (typeof value === 'string') return this.redact(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.#copy(item));
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [this.redact(name), this.#copy(item)]),
    );
  }

  /** Length of the longest end of `text` with which a secret could begin. */
  #longestStart(text: string): number {
    let longest = 0;
    for (const form of this.#forms) {
      for (let length = Math.min(form.length - 1, text.length); length > longest; length--) {
        if (text.endsWith(form.slice(0, length))) longest = length;
      }
    }
    return longest;
  }
}

/** Holds back the end of the text while it may be the beginning of a secret. */
export class RedactedStream {
  readonly #redact: (text: string) => string;
  readonly #longestStart: (text: string) => number;
  #held = '';

  constructor(redact: (text: string) => string, longestStart: (text: string) => number) {
    this.#redact = redact;
    this.#longestStart = longestStart;
  }

  /** @returns what may be shown by now; possibly nothing. */
  push(piece: string): string {
    const text = this.#redact(this.#held + piece);
    const held = this.#longestStart(text);
    this.#held = text.slice(text.length - held);
    return text.slice(0, text.length - held);
  }

  /** @returns the rest. */
  end(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function formsOf(secret: string): string[] {
  const json = inJson(secret);
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  return [secret, json, encodeURIComponent(secret), base64];
}
