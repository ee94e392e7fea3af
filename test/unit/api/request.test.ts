import assert from 'node:assert/strict';
import { requestOf, resolveTarget, type RunWishes } from '../../../client/api/target.ts';
import { options, work } from './folderDouble.ts';

describe('request of a target', () => {
  const messages = [{ role: 'user', content: 'Hi' }] as const;
  const schema = { type: 'object' };

  it("takes the template's parameters over the credential's", async () => {
    const wishes: RunWishes = {
      format: 'text',
      temperature: 0,
      topP: 0.1,
      topK: 3,
      stop: ['x'],
      schema,
    };
    const target = await resolveTarget(wishes, options([work]));
    assert.deepEqual(requestOf(target, messages), {
      provider: 'openai',
      model: 'm-work',
      credential: 'work',
      messages: [{ role: 'system', content: 'Be kind.' }, ...messages],
      parameters: { temperature: 0, maxTokens: 9, topP: 0.1, topK: 3, stop: ['x'] },
      format: 'text',
    });
  });

  it('says that the template names the model', async () => {
    const wishes: RunWishes = { format: 'text', model: 'gpt-nope' };
    const request = requestOf(await resolveTarget(wishes, options([work])), messages);
    assert.deepEqual([request.model, request.ownModel], ['gpt-nope', true]);
  });

  it("leaves the template's own system prompt alone", async () => {
    const target = await resolveTarget({ format: 'text' }, options([work]));
    const own = [{ role: 'system', content: 'Be brief.' }, ...messages] as const;
    assert.deepEqual(requestOf(target, own).messages, own);
  });

  it('carries a schema with the format json only', async () => {
    const target = await resolveTarget({ format: 'json', schema, provider: 'echo' }, options([]));
    assert.deepEqual(requestOf(target, messages).parameters, { schema });
    assert.equal('credential' in requestOf(target, messages), false);
  });
});
