import type { DescribeResult } from '../../../server/protocol.ts';

/** A template as the language server describes it. */
export const description: DescribeResult = {
  slug: 'greet',
  name: 'Greet',
  format: 'text',
  priority: 'default',
  active: true,
  tags: [],
  variables: [
    { name: 'name', type: 'string', declared: true, required: true },
    { name: 'tone', type: 'string', declared: true, required: false, default: 'kind' },
    { name: 'token', type: 'string', declared: true, required: false, sensitive: true },
  ],
  samples: [
    { name: 'Ada', values: { name: 'Ada' } },
    { name: 'Grace', values: { name: 'Grace', tone: 'dry' } },
  ],
  generated: { name: '[name_value]', tone: 'kind', token: '[token_value]' },
  hasErrors: false,
};
