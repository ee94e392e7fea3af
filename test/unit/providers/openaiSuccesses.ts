/** Every way a right answer may arrive. */
import {
  answer,
  type Behaviour,
  byteByByte,
  chunk,
  chunkedHead,
  delta,
  event,
  finish,
  json,
  reset,
  streamHead,
  usage,
  wholeStream,
} from '../../support/faultServer.ts';

export const successes: readonly { readonly name: string; readonly behaviour: Behaviour }[] = [
  { name: 'at once', behaviour: answer() },
  { name: 'byte by byte', behaviour: byteByByte(streamHead + wholeStream) },
  { name: 'with CRLF', behaviour: answer(wholeStream.replaceAll('\n', '\r\n')) },
  {
    name: 'with comments',
    behaviour: answer(
      `: keep-alive\n\n${delta('Hel')}: keep-alive\n\n${delta('lo')}${finish()}${usage}`,
    ),
  },
  { name: 'without [DONE]', behaviour: answer(delta('Hello') + finish() + usage) },
  {
    name: 'with usage in the last piece',
    behaviour: answer(
      delta('Hello') +
        event({
          model: 'm-1',
          choices: [{ delta: {}, finish_reason: 'stop' }],
          usage: { prompt_tokens: 7, completion_tokens: 2 },
        }),
    ),
  },
  {
    name: 'cut after the end marker',
    behaviour: reset(chunkedHead + chunk(delta('Hello') + finish() + usage)),
  },
  {
    name: 'as one document, by a server that does not stream',
    behaviour: json(
      200,
      {
        model: 'm-1',
        choices: [{ message: { content: 'Hello' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 7, completion_tokens: 2 },
      },
      { 'x-request-id': 'req-1' },
    ),
  },
];
