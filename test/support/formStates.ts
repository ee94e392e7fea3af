/** What the preview and the run form show in the gallery and in their tests. */
import type { Handlers } from '../../client/panels/channel.ts';
import type {
  FormVariable,
  PreviewContract,
  PreviewState,
  RunFormContract,
  RunFormState,
} from '../../client/panels/protocol.ts';
import { messages } from './outputStates.ts';

export const variables: FormVariable[] = [
  {
    name: 'version',
    type: 'string',
    required: true,
    description: 'The version the notes are for.',
    example: '3.2',
    pattern: '^\\d+\\.\\d+$',
  },
  { name: 'changes', type: 'array', required: true, description: 'One entry per change.' },
  {
    name: 'tone',
    type: 'string',
    required: false,
    enum: ['friendly', 'neutral', 'formal'],
    default: 'friendly',
  },
  { name: 'words', type: 'integer', required: false, min: 20, max: 500, default: 120 },
  { name: 'emoji', type: 'boolean', required: false, description: 'Whether emoji are welcome.' },
  {
    name: 'background',
    type: 'text',
    required: false,
    description: 'Anything the reader should know first.',
  },
  { name: 'access_token', type: 'string', required: false, sensitive: true },
];

export const previewState: PreviewState = {
  title: 'Release notes',
  uri: 'file:///prompts/release.prompt',
  messages: [
    messages[0]!,
    {
      role: 'user',
      content:
        'Summarise these changes for version ⟦version⟧ in a friendly tone:\n\n⟦changes⟧\n\nUse at most 120 words.',
    },
    { role: 'assistant', content: 'Sure. Here is a draft:' },
  ],
  missing: ['version', 'changes'],
  problems: [],
  samples: ['Short release', 'Long release'],
  variables,
  values: { tone: 'friendly', words: 120 },
};

export const brokenPreview: PreviewState = {
  ...previewState,
  messages: [],
  missing: [],
  problems: [
    {
      message: 'This block is never closed: add <</if>>.',
      severity: 'error',
      line: 11,
      character: 0,
    },
    {
      message: '“verison” is not declared. Did you mean “version”?',
      severity: 'warning',
      line: 14,
      character: 8,
    },
  ],
};

export function previewHost(
  state: PreviewState | undefined,
  change: Partial<Handlers<PreviewContract>> = {},
): Handlers<PreviewContract> {
  return {
    ready: () => state,
    useSample: () => undefined,
    setValue: () => undefined,
    reveal: () => undefined,
    locate: () => undefined,
    run: () => undefined,
    ...change,
  };
}

export const runFormState: RunFormState = {
  templateName: 'Release notes',
  uri: 'file:///prompts/release.prompt',
  description: 'Writes release notes from a list of changes.',
  variables,
  values: { version: '3.2', tone: 'friendly', words: 120 },
  samples: [
    { name: 'Short release', values: { version: '1.0', changes: ['first'], words: 40 } },
    { name: 'Long release', values: { version: '2.0', changes: ['one', 'two'], words: 400 } },
  ],
  target: 'Echo (offline) · echo-1',
  offline: true,
};

export function runFormHost(
  state: RunFormState,
  change: Partial<Handlers<RunFormContract>> = {},
): Handlers<RunFormContract> {
  return {
    ready: () => state,
    run: () => undefined,
    keep: () => undefined,
    close: () => undefined,
    ...change,
  };
}
