/** The process-within-the-process that renders: it may be killed at any time. */
import { randomUUID } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { render, renderTraced } from './language/render.ts';
import type { RenderInput, Rendered } from './language/render.ts';

/** One render. */
export interface RenderOrder {
  readonly id: number;
  readonly input: RenderInput;
  /** With where the messages come from. */
  readonly traced: boolean;
}

export type RenderReply =
  /** The worker has loaded. */
  | { readonly ready: true }
  | { readonly id: number; readonly rendered: Rendered }
  /** `failure`: why it could not be rendered, in words. */
  | { readonly id: number; readonly failure: string };

const port = parentPort;
port?.on('message', (order: RenderOrder) => {
  port.postMessage(replyTo(order));
});
port?.postMessage({ ready: true } satisfies RenderReply);

function replyTo({ id, input, traced }: RenderOrder): RenderReply {
  try {
    const nonce = randomUUID();
    return { id, rendered: traced ? renderTraced(input, nonce) : render(input, nonce) };
  } catch (error) {
    // Handlebars' own words may quote values; a recursion without end is the one cause authors can have.
    const endless = error instanceof RangeError;
    const failure = endless ? 'It calls partials without end.' : 'It cannot be rendered.';
    return { id, failure };
  }
}
