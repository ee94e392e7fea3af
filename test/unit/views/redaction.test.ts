import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { RedactedChannel } from '../../../client/editor/redactedChannel.ts';
import { Redactor } from '../../../client/providers/redact.ts';
import { describeErrorWith } from '../../../client/views/describeError.ts';
import { RecordingLog } from '../../support/recordingLog.ts';
import { canary, CredentialsFixture, work } from '../credentials/fixture.ts';

describe('what is shown and logged of a fault', () => {
  it('holds no key when the keyring quotes what it was to store', async () => {
    const fixture = await CredentialsFixture.open();
    fixture.secrets.set = async (_name, value) => {
      throw new Error(`cannot write ${value}`);
    };
    try {
      const fault = await fixture.credentials.add(work).then(
        () => assert.fail('the keyring refuses'),
        (error: unknown) => error,
      );
      const { channel, log } = redactedLog(fixture.redactor);
      channel.error(fault as Error);
      const texts = [describeErrorWith(fixture.redactor)(fault), ...log.lines];
      assert.match(texts[0]!, /cannot write .*\[redacted\]/);
      assert.match(texts[1]!, /cannot write .*\[redacted\][^]*at /);
      assert.doesNotMatch(texts.join('\n'), new RegExp(canary));
    } finally {
      await fixture.close();
    }
  });

  const cause = new Error(`Bearer ${canary}`);
  const writes: Record<string, (channel: vscode.LogOutputChannel) => void> = {
    'an error': (channel) => channel.error(new Error(`no ${canary}`)),
    'a cause': (channel) => channel.error(new Error('no', { cause })),
    'an error beside a message': (channel) => channel.warn('no', cause),
    'an object beside a message': (channel) => channel.info('no', { headers: [canary] }),
    'a message': (channel) => channel.debug(canary),
  };
  for (const [what, write] of Object.entries(writes)) {
    it(`holds no key of ${what}`, () => {
      const redactor = new Redactor();
      redactor.add(canary);
      const { channel, log } = redactedLog(redactor);
      write(channel);
      assert.match(log.lines.join('\n'), /\[redacted\]/);
      assert.doesNotMatch(log.lines.join('\n'), new RegExp(canary));
    });
  }
});

function redactedLog(redactor: Redactor): { channel: RedactedChannel; log: RecordingLog } {
  const log = new RecordingLog();
  return { channel: new RedactedChannel(log as unknown as vscode.LogOutputChannel, redactor), log };
}
