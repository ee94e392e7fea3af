/** Reads an answer of the Responses API. */
import type { Answer } from '../answer.ts';
import { FaultError } from '../fault.ts';
import { refusalOf } from '../refusal.ts';

interface ResponseBody {
  readonly model?: unknown;
  readonly status?: unknown;
  readonly error?: unknown;
  readonly usage?: {
    readonly input_tokens?: unknown;
    readonly output_tokens?: unknown;
    readonly input_tokens_details?: { readonly cached_tokens?: unknown } | null;
  } | null;
  readonly incomplete_details?: { readonly reason?: unknown } | null;
  readonly output?: readonly {
    readonly content?: readonly {
      readonly type?: unknown;
      readonly text?: unknown;
      readonly refusal?: unknown;
    }[];
  }[];
}

/** @throws FaultError for an answer that failed */
export function readResponseEvent(event: object, answer: Answer): void {
  const { type, delta, response } = event as {
    readonly type?: unknown;
    readonly delta?: unknown;
    readonly response?: ResponseBody;
  };
  answer.event();
  switch (type) {
    case 'response.output_text.delta':
      answer.text(delta);
      return;
    case 'response.refusal.delta':
      answer.refuse(typeof delta === 'string' ? delta : '');
      return;
    case 'error':
      throw new FaultError({ on: 'answer', whole: false, ...refusalOf(event, 'error') });
    case 'response.created':
      answer.model(response?.model);
      return;
    case 'response.completed':
    case 'response.incomplete':
    case 'response.failed':
      readEnd(response ?? {}, answer);
      return;
    default:
    // Items, parts and reasoning in their beginning and end: the text is told by its deltas.
  }
}

/** A whole answer. @throws FaultError for one that failed */
export function readResponse(body: object, answer: Answer): void {
  const response = body as ResponseBody;
  answer.event();
  for (const { content = [] } of response.output ?? []) {
    for (const { type, text, refusal } of content) {
      if (type === 'output_text') answer.text(text);
      if (type === 'refusal') answer.refuse(typeof refusal === 'string' ? refusal : '');
    }
  }
  readEnd(response, answer);
}

function readEnd(
  { error, incomplete_details, model, status, usage }: ResponseBody,
  answer: Answer,
): void {
  answer.model(model);
  const cached = usage?.input_tokens_details?.cached_tokens;
  answer.usage(usage?.input_tokens, usage?.output_tokens, cached);
  if (status === 'failed')
    throw new FaultError({ on: 'answer', whole: false, ...refusalOf(error, 'The answer failed') });
  if (status === 'completed') answer.finish('stop');
  if (status !== 'incomplete') return;
  const reason = incomplete_details?.reason;
  if (reason === 'content_filter') answer.refuse();
  answer.finish(reason === 'max_output_tokens' ? 'length' : (reason ?? 'incomplete'));
}
