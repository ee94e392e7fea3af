/**
 * The offline provider: answers on this machine, so that everything can be tried without a key. The same request
 * always gives the same answer, it says in its first words what it is, and it has the format that was asked for.
 */
import type { Clock } from './clock.ts';
import { echoAnswer } from './echoAnswer.ts';
import { type Completion, type Provider, ProviderError, type ProviderRequest } from './provider.ts';

const model = 'echo-1';
/** Milliseconds between two pieces: fast to read, slow enough to see it stream and to cancel it. */
const pace = 20;
/** Long answers come in larger pieces, so that none takes longer than four seconds. */
const mostPieces = 200;

export function createEcho(clock: Clock): Provider {
  return {
    async stream(_connection, request, onText, signal): Promise<Completion> {
      const answer = echoAnswer(request);
      for (const piece of pieces(answer)) {
        await pause(clock, signal);
        onText(piece);
      }
      return { finishReason: 'stop', modelAnswered: model, usage: usage(request, answer) };
    },
    listModels: async () => [{ id: model, ownedBy: 'this machine' }],
  };
}

function pieces(answer: string): string[] {
  const words = answer.match(/\S+\s*|\s+/g) ?? [];
  const perPiece = Math.ceil(words.length / mostPieces);
  return Array.from({ length: Math.ceil(words.length / perPiece) || 0 }, (_, index) =>
    words.slice(index * perPiece, (index + 1) * perPiece).join(''),
  );
}

function usage({ messages }: ProviderRequest, answer: string): Completion['usage'] {
  const asked = messages.reduce((sum, { content }) => sum + content.length, 0);
  const estimate = (characters: number): number => Math.ceil(characters / 4);
  return {
    inputTokens: estimate(asked),
    outputTokens: estimate(answer.length),
    estimated: true,
  };
}

function pause(clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => {
      timer.dispose();
      reject(new ProviderError({ kind: 'cancelled', message: 'Cancelled.' }));
    };
    const timer = clock.after(pace, () => {
      signal.removeEventListener('abort', cancel);
      resolve();
    });
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
  });
}
