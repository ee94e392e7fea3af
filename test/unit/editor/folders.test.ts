import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Folder } from '../../../client/api/folder.ts';
import { removeFromWindow, useVscodeDouble } from '../../support/vscodeDouble.ts';

useVscodeDouble();
const { Folders } = await import('../../../client/editor/folders.ts');

const place = { name: 'p', index: 0, uri: 'file:///p' } as unknown as vscode.WorkspaceFolder;

/** Folders of which each opening ends when the test says so. */
function stand() {
  const openings: PromiseWithResolvers<Folder>[] = [];
  const folders = new Folders(() => {
    const opening = Promise.withResolvers<Folder>();
    openings.push(opening);
    return opening.promise;
  });
  const attached: string[] = [];
  folders.attach(({ key }) => {
    attached.push(`+ ${key}`);
    return { dispose: () => attached.push(`- ${key}`) };
  });
  let closed = 0;
  const folder = { close: async () => void closed++ } as unknown as Folder;
  return { attached, closed: () => closed, folder, folders, openings };
}

describe('folders of a window', () => {
  it('are opened once, attached to, and closed when they leave', async () => {
    const { attached, closed, folder, folders, openings } = stand();
    const opening = folders.for(place);
    assert.equal(folders.for(place), opening);
    openings[0]!.resolve(folder);
    const open = await opening;
    assert.deepEqual(folders.opened, [open]);
    removeFromWindow(place);
    await new Promise(setImmediate);
    assert.deepEqual([attached, closed()], [['+ file:///p', '- file:///p'], 1]);
    assert.deepEqual(folders.opened, []);
  });

  it('are tried anew after a failure', async () => {
    const { folder, folders, openings } = stand();
    const failing = folders.for(place);
    openings[0]!.reject(new Error('No.'));
    await assert.rejects(failing, /No\./);
    const opening = folders.for(place);
    openings[1]!.resolve(folder);
    assert.equal((await opening).folder, folder);
  });

  for (const end of ['opens', 'fails to open'] as const) {
    it(`do not come back when one leaves before it ${end}`, async () => {
      const { attached, closed, folder, folders, openings } = stand();
      const early = folders.for(place);
      removeFromWindow(place);
      const again = folders.for(place);
      if (end === 'opens') openings[0]!.resolve(folder);
      else openings[0]!.reject(new Error('No.'));
      await Promise.allSettled([early]);
      await new Promise(setImmediate);
      assert.deepEqual([folders.opened, attached], [[], []]);
      assert.equal(closed(), end === 'opens' ? 1 : 0);
      assert.equal(folders.for(place), again);
      openings[1]!.resolve(folder);
      const open = await again;
      assert.deepEqual(folders.opened, [open]);
    });
  }
});
