import assert from 'node:assert/strict';
import { type Answering, whoAnswers } from '../../../client/views/whoAnswers.ts';

describe('who answers', () => {
  const echo: Answering = { by: 'provider', name: 'Echo (offline)', offline: true };
  const openai: Answering = { by: 'provider', name: 'OpenAI', offline: false };
  const cases: {
    named?: { provider?: string; credential?: string };
    setting?: string;
    is: Answering;
  }[] = [
    { is: { by: 'anyone' } },
    { setting: 'echo', is: echo },
    { named: {}, setting: 'openai', is: openai },
    { named: { provider: 'echo' }, setting: 'openai', is: echo },
    { named: { credential: 'Work' }, setting: 'echo', is: { by: 'credential', name: 'Work' } },
    { named: { credential: 'Work', provider: 'openai' }, is: openai },
    { setting: 'nobody', is: { by: 'provider', name: 'nobody', offline: false } },
  ];
  for (const { is, named, setting } of cases) {
    it(`is for ${JSON.stringify({ named, setting })}: ${JSON.stringify(is)}`, () => {
      assert.deepEqual(whoAnswers(named, setting), is);
    });
  }
});
