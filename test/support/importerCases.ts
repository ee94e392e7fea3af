import type { Context } from '../../server/language/values.ts';

/** A file of another tool, and what is made of it. */
interface Case {
  readonly file: string;
  readonly text: string;
  readonly tool: string;
  readonly context: Context;
  /** `role: content` of the first prompt. */
  readonly messages: readonly string[];
  /** What is in the front matter, besides others. */
  readonly head?: Readonly<Record<string, unknown>>;
  readonly lost?: readonly string[];
}

export const importerCases: readonly Case[] = [
  {
    file: 'greet.prompt',
    tool: 'Dotprompt',
    text: `---
model: googleai/gemini-1.5-pro
config:
  temperature: 0.9
  maxOutputTokens: 100
  safetySettings: none
input:
  schema:
    name: string, who is greeted
    tone?(enum, how): [kind, dry]
    items(array): string
  default:
    name: Ada
output:
  format: json
  schema:
    reply: string
    mood?: string
---
{{role "system"}}
You are {{tone}}.
{{role "user"}}
Greet {{ name }}.{{#each items}} {{this}};{{/each}}
{{#if tone}}Yes{{else}}No{{/if}} {{{name}}} {{! a note }}`,
    context: { tone: 'dry', items: ['a', 'b'] },
    messages: ['system: You are dry.', 'user: Greet Ada. a; b;\nYes Ada'],
    head: {
      name: 'Greet',
      model: 'gemini-1.5-pro',
      temperature: 0.9,
      max_tokens: 100,
      format: 'json',
      schema: {
        type: 'object',
        properties: { reply: { type: 'string' }, mood: { type: 'string' } },
        required: ['reply'],
      },
      variables: {
        name: { type: 'string', description: 'who is greeted', default: 'Ada' },
        tone: { enum: ['kind', 'dry'], description: 'how', required: false },
        items: { type: 'array', items: 'string' },
      },
    },
    lost: ['safetySettings@6'],
  },
  {
    file: 'old.prompt',
    tool: 'Dotprompt',
    text: `---
model: openai/gpt-x
input:
  schema:
    type: object
    required: [a]
    properties:
      a: {type: string, description: A}
      b: {type: integer, minimum: 1}
---
{{history}}{{#ifEquals a "x"}}is x{{else}}not{{/ifEquals}} {{media url=b}} {{nope a}} \\{{a}} <<a>>`,
    context: { a: 'x', b: 3 },
    messages: ['user: is x 3 {{nope a}} {{a}} <<a>>'],
    head: { provider: 'openai', model: 'gpt-x' },
    lost: ['{{history}}@11', '{{media url=b}}@11', '{{nope a}}@11'],
  },
  {
    file: 'chat.prompty',
    tool: 'Prompty',
    text: `---
name: Support chat
description: Answers customers
authors: [me]
model:
  api: chat
  configuration:
    type: azure_openai
    azure_deployment: gpt-4o
    azure_endpoint: https://x
  parameters:
    max_tokens: 3000
    response_format: {type: json_object}
inputs:
  first:
    type: string
    description: First name
  docs:
    type: array
  vip: false
sample:
  first: Ada
  docs: [{title: T}]
---
system:
You help {{first}}. {# secret #}
{% for doc in docs %}
- {{ doc.title | upper }} {{ loop.index0 }}
{% endfor %}

user:
{% if vip and not first == "x" %}VIP{% elif first %}Hi {{first}}{% else %}Who?{% endif %}{{ x | map }}`,
    context: { first: 'Ada', docs: [{ title: 'T' }, { title: 'u' }], vip: false },
    messages: ['system: You help Ada. \n- T 0\n- U 1', 'user: Hi Ada{{ x | map }}'],
    head: {
      name: 'Support chat',
      model: 'gpt-4o',
      max_tokens: 3000,
      format: 'json',
      samples: { sample: { first: 'Ada', docs: [{ title: 'T' }] } },
    },
    lost: [
      'authors@4',
      'model.configuration.azure_endpoint@10',
      'model.configuration.type',
      '{{ x | map }}@32',
    ],
  },
  {
    file: 'promptfooconfig.yaml',
    tool: 'promptfoo',
    text: `description: Tries
prompts:
  - 'Say {{greeting}} to {{ name }}'
  - label: chat
    raw: '[{"role": "system", "content": "Be {{tone}}"}, {"role": "user", "content": "Hi {{name}}"}]'
providers:
  - openai:gpt-4o-mini
  - id: anthropic:messages:claude
defaultTest:
  vars: {tone: kind}
tests:
  - description: polite
    vars: {greeting: hello, name: Ada}
    assert:
      - {type: contains, value: hello}
      - {type: llm-rubric, value: is nice}
`,
    context: { greeting: 'hello', name: 'Ada' },
    messages: ['user: Say hello to Ada'],
    head: {
      provider: 'openai',
      model: 'gpt-4o-mini',
      tests: [
        {
          name: 'polite',
          values: { greeting: 'hello', name: 'Ada' },
          expect: [{ contains: 'hello' }],
        },
      ],
    },
    lost: ['anthropic:messages:claude', 'assert llm-rubric@14'],
  },
  {
    file: 'review.prompt.md',
    tool: 'VS Code prompt file',
    text: `---
mode: agent
model: GPT-4o
tools: [search]
description: Reviews code
---
Review \${selection} as \${input:role:for example a tester} in \${fileBasename}. See [it](./style.md) and \${env:HOME}.
`,
    context: { selection: 'x = 1', role: 'critic' },
    messages: [
      'user: Review x = 1 as critic in letter.prompt. See [it](./style.md) and ${env:HOME}.\n',
    ],
    head: {
      name: 'Review',
      description: 'Reviews code',
      variables: {
        selection: { type: 'text', from: 'selection' },
        role: { type: 'string', description: 'for example a tester' },
      },
    },
    lost: ['mode@2', 'tools@4', '${env:HOME}@7', '(./style.md)@7'],
  },
  {
    file: 'summary.yaml',
    tool: 'llm',
    text: `model: gpt-4o
system: You speak $language.
prompt: |
  Summarise for $$5: $input as \${who}
defaults:
  language: French
options:
  temperature: 0.2
fragments: [x]
`,
    context: { input: 'text', who: 'Ada' },
    messages: ['system: You speak French.', 'user: Summarise for $5: text as Ada'],
    head: { model: 'gpt-4o', temperature: 0.2 },
    lost: ['fragments@9'],
  },
  {
    file: 'templates.json',
    tool: 'prompt templates',
    text: JSON.stringify([
      {
        id: 1,
        name: 'Welcome Email',
        slug: 'welcome_email',
        description: 'Greets',
        prompt_body: 'Hello {{user_name}}, <{{ company }}> {{not a tag}} <<x>> \\<<x>>',
        output_format: 'html_partial',
        tags: ['email'],
        active: false,
        owner: 'me',
      },
    ]),
    context: { user_name: 'Ada', company: 'ACME' },
    messages: ['user: Hello Ada, <ACME> {{not a tag}} <<x>> \\<<x>>'],
    head: {
      name: 'Welcome Email',
      slug: 'welcome_email',
      format: 'html',
      active: false,
      tags: ['email'],
    },
    lost: ['owner'],
  },
  {
    file: 'note.txt',
    tool: 'plain text',
    text: 'Price of {{product_name}}: <<{{product_name}}>>',
    context: { product_name: 'Watch' },
    messages: ['user: Price of Watch: <<Watch>>'],
    head: { name: 'Note' },
  },
];
