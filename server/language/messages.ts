/** Cuts a rendered text into chat messages. */
import { type Run, type Trace, trimmedTrace } from './trace.ts';

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
  /** Where the content comes from, in order, when that was asked for. */
  readonly runs?: readonly Run[];
}

/**
 * Collects role blocks while a template is rendered. A block leaves a token in the text; a token cannot be written
 * by a value, as it holds a `nonce` that nobody knows before.
 */
export class RoleBlocks {
  readonly #nonce: string;
  readonly #trace: Trace | undefined;
  readonly #blocks: Message[] = [];

  /** `trace`: reads the marks that are in the texts. */
  constructor(nonce: string, trace?: Trace) {
    this.#nonce = nonce;
    this.#trace = trace;
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
    const whole = this.#message('user', this.#blocks.length > 0 ? '' : text, false);
    const empty = this.#blocks.length === 0 && whole.content.trim() === '';
    const rest = cut.length > 0 ? cut : empty && system !== undefined ? [] : [whole];
    return [...first, ...rest];
  }

  #cut(text: string, role: Message['role']): Message[] {
    const token = new RegExp(`\u0000${this.#nonce}:(\\d+)\u0000`);
    return text.split(token).flatMap((part, index) => {
      if (index % 2 === 0) {
        const message = this.#message(role, part, true);
        return message.content === '' ? [] : [message];
      }
      const block = this.#blocks[Number(part)];
      return block ? this.#cut(block.content, block.role) : [];
    });
  }

  #message(role: Message['role'], text: string, trims: boolean): Message {
    if (!this.#trace) return { role, content: trims ? text.trim() : text };
    const traced = this.#trace.read(text);
    return { role, ...(trims ? trimmedTrace(traced) : traced) };
  }
}
