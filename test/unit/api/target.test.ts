import assert from 'node:assert/strict';
import { resolveTarget, type RunWishes } from '../../../client/api/target.ts';
import type { Credential } from '../../../client/model.ts';
import { ProviderError } from '../../../client/providers/provider.ts';
import { backup, credential, local, options, other, work } from './folderDouble.ts';

describe('target of a run', () => {
  const chosen: readonly {
    readonly name: string;
    readonly wishes: Partial<RunWishes>;
    readonly all: readonly Credential[];
    readonly setting?: string;
    readonly is: readonly [provider: string, credential: string | undefined, model: string];
  }[] = [
    {
      name: 'the template over the setting',
      wishes: { provider: 'openai' },
      all: [work, other],
      setting: 'other',
      is: ['openai', 'work', 'm-work'],
    },
    {
      name: 'the setting over the credentials',
      wishes: {},
      all: [work, other],
      setting: 'other',
      is: ['other', 'other', 'm-other'],
    },
    {
      name: 'the first provider with a default credential',
      wishes: {},
      all: [other, work],
      is: ['openai', 'work', 'm-work'],
    },
    {
      name: 'the only credential',
      wishes: {},
      all: [backup],
      is: ['openai', 'backup', 'm-backup'],
    },
    {
      name: "the template's credential",
      wishes: { credential: 'backup' },
      all: [work, backup],
      is: ['openai', 'backup', 'm-backup'],
    },
    {
      name: "the provider of the template's credential",
      wishes: { credential: 'other' },
      all: [work, other],
      setting: 'echo',
      is: ['other', 'other', 'm-other'],
    },
    {
      name: "the template's model",
      wishes: { model: 'm-1' },
      all: [work],
      is: ['openai', 'work', 'm-1'],
    },
    {
      name: "the provider's model",
      wishes: {},
      all: [credential({ id: 'bare' })],
      is: ['openai', 'bare', 'gpt-default'],
    },
    {
      name: 'echo without credential',
      wishes: { provider: 'echo' },
      all: [work],
      is: ['echo', undefined, 'echo-1'],
    },
    {
      name: 'echo by setting',
      wishes: {},
      all: [],
      setting: 'echo',
      is: ['echo', undefined, 'echo-1'],
    },
    {
      name: 'echo although a credential is named',
      wishes: { provider: 'echo', credential: 'work' },
      all: [work],
      is: ['echo', undefined, 'echo-1'],
    },
  ];
  for (const { name, wishes, all, setting, is } of chosen) {
    it(`is ${name}`, async () => {
      const target = await resolveTarget({ format: 'text', ...wishes }, options(all, setting));
      assert.deepEqual([target.provider.slug, target.credential?.id, target.model], is);
    });
  }

  const refused: readonly {
    readonly wishes: Partial<RunWishes>;
    readonly all: readonly Credential[];
    readonly setting?: string;
    readonly kind: string;
    readonly message: RegExp;
  }[] = [
    { wishes: {}, all: [], kind: 'no_credential', message: /^No credential yet: add one, or try/ },
    {
      wishes: { provider: 'openai' },
      all: [other],
      kind: 'credential_missing',
      message: /^No credential for OpenAI yet, which this template asks for/,
    },
    {
      wishes: {},
      all: [other],
      setting: 'openai',
      kind: 'no_credential',
      message: /^No credential for OpenAI yet: .* offline provider/,
    },
    {
      wishes: {},
      all: [work],
      setting: 'nobody',
      kind: 'unknown_default_provider',
      message: /^There is no provider 'nobody'\./,
    },
    {
      wishes: { provider: 'openai' },
      all: [backup, local],
      kind: 'no_default',
      message: /^None of the credentials of OpenAI is the default\./,
    },
    {
      wishes: { provider: 'nobody' },
      all: [work],
      kind: 'unknown_provider',
      message: /^There is no provider 'nobody'\. Use one of: openai, other, echo\.$/,
    },
    {
      wishes: { credential: 'gone' },
      all: [work],
      kind: 'credential_missing',
      message: /^There is no credential 'gone' in this folder/,
    },
    {
      wishes: { provider: 'other', credential: 'work' },
      all: [work],
      kind: 'credential_unfit',
      message: /^'work' is a credential of openai, but the template asks for other/,
    },
    {
      wishes: {},
      all: [{ ...work, enabled: false }],
      kind: 'credential_unfit',
      message: /^'work' is disabled\./,
    },
    { wishes: {}, all: [local], kind: 'no_model', message: /^No model is chosen for 'local'\./ },
  ];
  for (const { wishes, all, kind, message, setting } of refused) {
    it(`is refused: ${message.source}`, async () => {
      const asked = resolveTarget({ format: 'text', ...wishes }, options(all, setting));
      await assert.rejects(asked, (error) => {
        assert(ProviderError.is(error));
        assert.equal(error.info.kind, kind);
        assert.match(error.message, message);
        return true;
      });
    });
  }
});
