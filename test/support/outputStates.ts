/** What the Outputs page shows in the gallery and in its tests: ordinary, broken, endless. */
import type { Job, JobState, Message, Output, OutputFormat } from '../../client/model.ts';
import type { Handlers } from '../../client/panels/channel.ts';
import type { OutputDetail, OutputRow, OutputsContract } from '../../client/panels/protocol.ts';

const minute = 60_000;
const now = Date.now();

export const markdownAnswer = `## Summary

The release **3.2** brings three things people asked for:

1. *Offline preview*: see the rendered messages while you type.
2. A queue that survives a restart, with \`priority: high\` for what cannot wait.
3. Ratings with a comment.

> Nothing is sent before you run it.

| Model | Latency | Tokens |
| :-- | --: | --: |
| gpt-5-mini | 1.2 s | 412 |
| gpt-5 | 3.9 s | 398 |

\`\`\`json
{ "tone": "friendly", "words": 120 }
\`\`\`

See the [release notes](https://example.com/notes) and ![a chart](https://example.com/chart.png).`;

const jsonAnswer =
  '{"title":"Release 3.2","points":["offline preview","durable queue"],"words":120,"final":true,"next":null}';

export const messages: Message[] = [
  {
    role: 'system',
    content: 'You write release notes for developers. Be brief and exact; never invent a feature.',
  },
  {
    role: 'user',
    content:
      'Summarise these changes for version 3.2 in a friendly tone:\n\n- preview while typing\n- durable queue\n- ratings',
  },
];

const names = [
  'Release notes',
  'Summarise a support ticket',
  'Extract invoice fields',
  'Translate keeping placeholders',
  'Review a pull request',
];
const previews = [
  'The release 3.2 brings three things people asked for: offline preview, a queue that survives a restart …',
  'The customer cannot sign in since the update; a reset did not help.',
  '{"number": "2026-118", "total": 412.5, "currency": "EUR"}',
  'Bonjour {name}, votre commande est prête.',
  'Two remarks: the lock is released twice, and the test sleeps.',
];
const states: JobState[] = ['completed', 'completed', 'completed', 'failed', 'cancelled'];

function row(index: number): OutputRow {
  const status: JobState =
    index === 0 ? 'processing' : index === 1 ? 'pending' : states[index % 5]!;
  return {
    id: `output-${index}`,
    templateSlug: `template-${index % 5}`,
    templateName: names[index % 5]!,
    provider: index % 4 === 2 ? 'echo' : 'openai',
    model: index % 4 === 2 ? 'echo-1' : 'gpt-5-mini',
    status,
    offline: index % 4 === 2,
    createdAt: now - index * 37 * minute,
    ...(status === 'completed' && { durationMs: 2400, outputTokens: 80 + ((index * 37) % 900) }),
    ...(index % 7 === 2 && { rating: 'up' as const }),
    ...(index % 11 === 4 && { rating: 'down' as const }),
    preview: status === 'pending' ? '' : previews[index % 5]!,
  };
}

export function rows(total: number): OutputRow[] {
  return Array.from({ length: total }, (_, index) => row(index));
}

interface DetailChange {
  readonly status?: JobState;
  readonly format?: OutputFormat;
  readonly text?: string;
  readonly output?: Partial<Output>;
  readonly detail?: Partial<OutputDetail>;
}

const attempt: Job['attempts'][number] = {
  number: 1,
  provider: 'openai',
  credential: 'work',
  modelAsked: 'gpt-5-mini',
  modelAnswered: 'gpt-5-mini-2026-08-07',
  startedAt: now - 5 * minute,
  durationMs: 2412,
  requestId: 'req_8c1f2b90',
  usage: { inputTokens: 214, outputTokens: 412 },
};

const cost = {
  amount: 0.000878,
  currency: 'USD',
  inputPrice: 0.25,
  outputPrice: 2,
  priceDate: '2026-06-30',
} as const;

export function detail(id: string, change: DetailChange = {}): OutputDetail {
  const status = change.status ?? 'completed';
  const ended = status !== 'pending' && status !== 'processing';
  return {
    output: {
      id,
      jobId: `job-${id}`,
      executionId: `execution-${id}`,
      template: { slug: 'release-notes', name: 'Release notes', uri: 'file:///prompts/r.prompt' },
      provider: 'openai',
      model: 'gpt-5-mini',
      credential: 'work',
      format: change.format ?? 'markdown',
      status,
      text: change.text ?? markdownAnswer,
      partial: !ended,
      offline: false,
      ...(ended && { usage: { inputTokens: 214, outputTokens: 412 }, durationMs: 2412 }),
      ...(ended && { cost }),
      createdAt: now - 5 * minute,
      ...change.output,
    },
    messages,
    context: {
      version: '3.2',
      tone: 'friendly',
      changes: ['preview while typing', 'durable queue', 'ratings'],
    },
    attempts: [attempt],
    actions: [],
    repeatable: true,
    credentialName: 'Work key',
    ...change.detail,
  };
}

const rateLimited = 'The key “Work key” is rate limited by api.openai.com.';

export const details = {
  completed: detail('output-2'),
  rated: detail('output-2', {
    output: {
      notes: [
        "temperature was left out: Anthropic's API does not take it any more.",
        'top_p was left out: gpt-5-mini does not take it.',
      ],
      feedback: { rating: 'up', comment: 'Exactly the tone we want.', user: 'Ada', at: now },
    },
  }),
  json: detail('output-2', { format: 'json', text: jsonAnswer }),
  offline: detail('output-2', {
    text: 'Summarise these changes for version 3.2 in a friendly tone.',
    output: { provider: 'echo', model: 'echo-1', offline: true, credential: undefined },
    detail: { credentialName: undefined },
  }),
  streaming: detail('output-0', {
    status: 'processing',
    text: markdownAnswer.slice(0, 260),
    detail: { attempts: [] },
  }),
  waiting: detail('output-1', {
    status: 'pending',
    text: '',
    detail: {
      waiting: { reason: `${rateLimited} Next try`, until: now + 40_000 },
      attempts: [{ ...attempt, error: { kind: 'rate_limited', message: rateLimited } }],
    },
  }),
  failed: detail('output-3', {
    status: 'failed',
    text: '',
    output: {
      error: {
        kind: 'auth',
        message: 'The key “Work key” was refused by api.openai.com (401). Is it still valid?',
      },
    },
    detail: {
      actions: [
        { id: 'replaceKey', label: 'Replace Key' },
        { id: 'editCredential', label: 'Edit Credential' },
      ],
    },
  }),
  cancelled: detail('output-4', {
    status: 'cancelled',
    text: markdownAnswer.slice(0, 180),
    output: { partial: true },
  }),
  interrupted: detail('output-4', {
    status: 'interrupted',
    text: markdownAnswer.slice(0, 180),
    output: {
      partial: true,
      error: {
        kind: 'interrupted',
        message: 'VS Code was closed while the answer arrived. It may have been billed.',
      },
    },
    detail: { actions: [{ id: 'runAgain', label: 'Run Again' }] },
  }),
  long: detail('output-2', {
    text: Array.from({ length: 15 }, (_, n) => `## Part ${n + 1}\n\n${markdownAnswer}`).join(
      '\n\n',
    ),
    output: {
      model: 'a-model-with-a-name-that-goes-on-and-on-until-nobody-reads-it-2026-11-22-preview',
      template: {
        slug: 'x',
        name: 'A template whose name is far longer than any pane is wide, as happens when people describe everything',
        uri: 'file:///x.prompt',
      },
    },
    detail: { credentialName: 'Team key of the department of very long department names' },
  }),
} satisfies Record<string, OutputDetail>;

/** A host with these rows and one detail for whatever is asked. */
export function outputsHost(
  all: readonly OutputRow[],
  shown: OutputDetail | undefined,
  change: Partial<Handlers<OutputsContract>> = {},
): Handlers<OutputsContract> {
  return {
    ready: () => (shown === undefined ? {} : { select: shown.output.id }),
    list({ filter, limit, offset }) {
      const matching = all.filter(
        (row) =>
          (filter.status === '' || row.status === filter.status) &&
          (filter.template === '' || row.templateSlug === filter.template) &&
          (filter.model === '' || row.model === filter.model) &&
          `${row.templateName} ${row.preview}`.toLowerCase().includes(filter.text.toLowerCase()),
      );
      return { rows: matching.slice(offset, offset + limit), total: matching.length };
    },
    choices: () => ({
      templates: names.map((name, index) => ({ slug: `template-${index}`, name })),
      models: ['gpt-5-mini', 'echo-1'],
    }),
    detail: ({ id }) =>
      shown?.output.id === id ? shown : detail(id, { text: `Answer of ${id}.` }),
    cancel: () => undefined,
    rerun: () => ({ id: 'output-0' }),
    rate: () => undefined,
    copy: () => undefined,
    use: () => undefined,
    regenerate: () => undefined,
    act: () => undefined,
    openTemplate: () => undefined,
    runPrompt: () => undefined,
    cancelSearch: () => undefined,
    remove: () => true,
    ...change,
  };
}
