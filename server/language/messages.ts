/** Cuts a rendered text into chat messages. */

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/**
 * Collects role blocks while a template is rendered. A block leaves a token in the text; a token cannot be written
 * by a value, as it holds a `nonce` that nobody knows before.
 */
export class RoleBlocks {
  readonly #nonce: string;
  readonly #blocks: Message[] = [];

  constructor(nonce: string) {
    this.#nonce = nonce;
  }

  /** What stands for the block in the text around it. */
  add(role: Message['role'], content: string): string {
    this.#blocks.push({ role, content });
    return `\u0000${this.#nonce}:${this.#blocks.length - 1}\u0000`;
  }

  /**
   * Without role blocks the whole text is one user message, exactly as it is. With them, text outside is user
   * messages, each message loses white space around it, and empty ones are left out. There is always a message.
   */
  split(text: string, system: string | undefined): Message[] {
    const first: Message[] = system === undefined ? [] : [{ role: 'system', content: system }];
    const cut = this.#blocks.length > 0 ? this.#cut(text, 'user') : [];
    const whole: Message = { role: 'user', content: this.#blocks.length > 0 ? '' : text };
    const rest = cut.length > 0 ? cut : text.trim() === '' && system !== undefined ? [] : [whole];
    return [...first, ...rest];
  }

  #cut(text: string, role: Message['role']): Message[] {
    const token = new RegExp(`\u0000${this.#nonce}:(\\d+)\u0000`);
    return text.split(token).flatMap((part, index) => {
      if (index % 2 === 0) {
        const content = part.trim();
        return content === '' ? [] : [{ role, content }];
      }
      const block = this.#blocks[Number(part)];
      return block ? this.#cut(block.content, block.role) : [];
    });
  }
}
