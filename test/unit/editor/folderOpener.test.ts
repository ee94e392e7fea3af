import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { Folders } from '../../../client/editor/folders.ts';
import { openStoreOfProcess, temporaryDirectory } from '../../support/temporaryStore.ts';
import { grantTrust, useVscodeDouble, workspace } from '../../support/vscodeDouble.ts';

useVscodeDouble();
const { wakeFolders } = await import('../../../client/editor/folderOpener.ts');

describe('waking the folders of a window', () => {
  let storage: Awaited<ReturnType<typeof temporaryDirectory>>;

  beforeEach(async () => {
    storage = await temporaryDirectory();
    workspace.workspaceFolders = ['file:///never', 'file:///folder'].map((uri) => ({ uri }));
  });

  afterEach(async () => {
    workspace.isTrusted = true;
    workspace.workspaceFolders = [];
    await storage.remove();
  });

  /** Resolves with the first folder that is opened. */
  function woken(): { readonly first: Promise<unknown>; readonly waking: vscode.Disposable } {
    const first = Promise.withResolvers<unknown>();
    const folders = {
      for: async ({ uri }: vscode.WorkspaceFolder) => first.resolve(uri),
    } as unknown as Folders;
    const context = { globalStorageUri: { fsPath: storage.path } } as vscode.ExtensionContext;
    const log = { error: first.reject } as unknown as vscode.LogOutputChannel;
    return { first: first.promise, waking: wakeFolders(context, folders, log) };
  }

  it('opens only the one that has a history, when it may, and makes no other', async () => {
    const stores = join(storage.path, 'stores');
    await (await openStoreOfProcess(stores, 1, new Set())).close();
    workspace.isTrusted = false;
    const { first, waking } = woken();
    await new Promise(setImmediate);
    grantTrust();
    assert.equal(await first, 'file:///folder');
    assert.equal((await readdir(stores)).length, 1);
    waking.dispose();
  });

  it('makes nothing where there is no history at all', async () => {
    const { first, waking } = woken();
    first.catch(() => undefined);
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
    assert.deepEqual(await readdir(storage.path), []);
    waking.dispose();
  });
});
