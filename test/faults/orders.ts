import type { NewJob } from '../../client/jobs/queue.ts';

/** A prompt that is its number. */
export function orderOf(number: number): NewJob {
  return {
    template: { slug: 'greet', name: 'Greet', uri: 'file:///faults/greet.prompt' },
    context: {},
    request: {
      provider: 'loopback',
      model: 'm-1',
      messages: [{ role: 'user', content: String(number) }],
      parameters: {},
      format: 'text',
    },
    priority: (['high', 'default', 'low'] as const)[number % 3]!,
    user: 'me',
    startedBy: 'user',
  };
}
