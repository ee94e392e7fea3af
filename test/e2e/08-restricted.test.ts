import * as assert from 'node:assert/strict';
import { join } from 'node:path';
import { EditorSession } from '../support/editorSession.ts';
import { extensionId } from '../support/paths.ts';
import { makeReadOnly, makeWritable, unprivileged } from '../support/permissions.ts';
import type { Workbench } from '../support/workbench.ts';
import { pressRun } from './steps.ts';
import { pagesOf } from './walk.ts';

describe('where less is allowed', () => {
  let session: EditorSession;
  let window: Workbench;

  before(async () => {
    session = await EditorSession.start({ askForTrust: true, user: unprivileged() });
    window = await session.open(await session.addSamples());
    await window.statusBarItem('Restricted Mode').waitFor();
  });

  after(() => session.stop());

  it('works as an editor in an untrusted workspace', async () => {
    await window.openFile('welcome_email.prompt');
    await window.editor.toEnd();
    await window.editor.type('<<us');
    assert.ok((await window.editor.triggerCompletion()).includes('user_name'));
    await window.page.keyboard.press('Enter');
    await window.command('Prompt: Open Preview to the Side');
    await pagesOf(window).preview.shows('User', 'Write a welcome e-mail to');
  });

  it('runs nothing there, says why, and offers the way out', async () => {
    await pressRun(window);
    const notification = window.notification('Restricted Mode');
    await notification.waitFor();
    await notification.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    const trust = window.page.locator('.workspace-trust-editor');
    await trust.getByRole('button', { name: 'Trust', exact: true }).click();
    await window.statusBarItem('Restricted Mode').waitFor({ state: 'detached' });
    // The editor of trust lies over the window and takes its keys: a window that begins anew has none.
    await window.reopen();
  });

  it('runs once the workspace is trusted', async () => {
    await window.openFile('house_rules.prompt');
    await pressRun(window);
    await pagesOf(window).outputs.shows('House Rules', 'Completed');
  });

  it('goes on reading when the store cannot be written, and says what is the matter', async function () {
    if (unprivileged() === undefined) this.skip();
    const store = join(session.profile.userData, 'User/globalStorage', extensionId, 'stores');
    await makeReadOnly(store);
    try {
      await window.reload();
      const { outputs } = pagesOf(window);
      await window.command('Prompt: Show Outputs');
      await outputs.shows('House Rules', 'Completed');
      await window.openFile('house_rules.prompt');
      await pressRun(window);
      await window
        .notification(/cannot be written|read-only/i)
        .first()
        .waitFor();
      assert.equal(await (await outputs.rows('House Rules')).count(), 1);
    } finally {
      await makeWritable(store);
    }
  });
});
