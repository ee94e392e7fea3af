/**
 * Reads a growing text to people who listen: whole sentences, not more often than they can follow. The page's
 * `aria-live` region is told; nothing is repeated.
 */
export class Announcer {
  readonly #region: HTMLElement;
  readonly #everyMs: number;
  #pending = '';
  #waiting = false;

  constructor(region: HTMLElement, everyMs = 2000) {
    this.#region = region;
    this.#everyMs = everyMs;
  }

  /** Something short that is news by itself. */
  say(text: string): void {
    this.#pending = '';
    this.#region.textContent = text;
  }

  append(text: string): void {
    this.#pending += text;
    if (this.#waiting) return;
    this.#waiting = true;
    window.setTimeout(() => {
      this.#waiting = false;
      this.#speak();
    }, this.#everyMs);
  }

  #speak(): void {
    const end = Math.max(
      ...['. ', '! ', '? ', '\n'].map((mark) => this.#pending.lastIndexOf(mark)),
    );
    if (end < 0) return;
    this.#region.textContent = this.#pending.slice(0, end + 1).trim();
    this.#pending = this.#pending.slice(end + 1);
  }
}
