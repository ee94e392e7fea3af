import assert from 'node:assert/strict';
import { Presence } from '../../../client/store/presence.ts';
import type { Host } from '../../../client/store/presence.ts';
import { diskError, StoreClock, StoreDisk } from '../../support/storeDisk.ts';

const directory = '/windows';
const day = 24 * 60 * 60 * 1000;

describe('presence', () => {
  const running = new Set<number>();
  let disk: StoreDisk;
  let clock: StoreClock;
  beforeEach(() => {
    disk = new StoreDisk();
    clock = new StoreClock();
    running.clear();
  });

  function presence(windowId: string, pid: number, of: Partial<Host> = {}): Presence {
    const host = {
      name: 'here',
      boot: 'today',
      isRunning: (pid: number) => running.has(pid),
      ...of,
      pid,
    };
    return new Presence({ files: disk, clock, host, directory, windowId });
  }

  async function started(windowId: string, pid: number, of: Partial<Host> = {}): Promise<Presence> {
    running.add(pid);
    const window = presence(windowId, pid, of);
    await window.start();
    return window;
  }

  /** Time passes for everyone, one touch after the other. */
  async function pass(seconds: number): Promise<void> {
    for (let i = 0; i < seconds; i += 5) {
      disk.now += 5000;
      clock.advance(5000);
      await new Promise(setImmediate);
    }
  }

  it('says that it lives every five seconds, by the clock of the file system', async () => {
    await started('a', 1);
    await pass(10);
    assert.equal((await disk.stat(`${directory}/a`)).modifiedAt, disk.now);
  });

  it('is dead when its process is gone', async () => {
    const a = await started('a', 1);
    await started('b', 2);
    assert.equal(await a.isDead('b'), false);
    running.delete(2);
    assert.equal(await a.isDead('b'), true);
  });

  for (const [what, of] of [
    ['machine', { name: 'there' }],
    ['boot', { boot: 'yesterday' }],
  ] as const) {
    it(`is not judged by a process id of another ${what}, but by its silence`, async () => {
      const a = await started('a', 1);
      const b = await started('b', 2, of);
      running.delete(2);
      await pass(30);
      assert.equal(await a.isDead('b'), false);
      await silence(b);
      await pass(60);
      assert.equal(await a.isDead('b'), false);
      await pass(5);
      assert.equal(await a.isDead('b'), true);
    });
  }

  it('is dead when it is silent, whatever runs under its process id now', async () => {
    const a = await started('a', 1);
    const b = await started('b', 2);
    await silence(b);
    await pass(65);
    assert.equal(await a.isDead('b'), true);
  });

  it('is dead when it has gone, or has never been there', async () => {
    const a = await started('a', 1);
    const b = await started('b', 2);
    await b.stop();
    assert.equal(await a.isDead('b'), true);
    assert.equal(await a.isDead('nobody'), true);
  });

  it('never takes itself for dead', async () => {
    const a = await started('a', 1);
    disk.delete(`${directory}/a`);
    assert.equal(await a.isDead('a'), false);
  });

  it('gives others time to wake up after the machine slept', async () => {
    const a = await started('a', 1);
    const b = await started('b', 2, { name: 'there' });
    await silence(b);
    disk.now += 3_600_000;
    clock.time += 3_600_000;
    assert.equal(await a.isDead('b'), false);
    await pass(60);
    assert.equal(await a.isDead('b'), true);
  });

  it('judges by age what another window is just writing', async () => {
    const a = await started('a', 1);
    disk.put(`${directory}/b`, Buffer.from('{"pi'));
    disk.touch(`${directory}/b`, disk.now);
    assert.equal(await a.isDead('b'), false);
  });

  it('declares nobody dead when it cannot look', async () => {
    const a = await started('a', 1);
    await started('b', 2);
    running.delete(2);
    disk.fault = () => {
      throw diskError('EACCES');
    };
    assert.equal(await a.isDead('b'), false);
  });

  it('is told as soon as there is room for it', async () => {
    disk.fault = () => {
      throw diskError('ENOSPC');
    };
    await started('a', 1);
    disk.fault = () => undefined;
    assert.deepEqual(disk.paths(directory), []);
    await pass(5);
    assert.deepEqual(disk.paths(directory), [`${directory}/a`]);
  });

  it('removes what was left a day ago', async () => {
    disk.now = 10 * day;
    disk.put(`${directory}/old`, Buffer.from('{}'));
    disk.touch(`${directory}/old`, disk.now - day - 1);
    disk.put(`${directory}/recent`, Buffer.from('{}'));
    disk.touch(`${directory}/recent`, disk.now - day + 1);
    await started('a', 1);
    assert.deepEqual(disk.paths(directory), [`${directory}/a`, `${directory}/recent`]);
  });

  /** The window hangs: its file stays and is not touched any more. */
  async function silence(window: Presence): Promise<void> {
    const path = `${directory}/b`;
    const { modifiedAt } = await disk.stat(path);
    const bytes = disk.bytes(path);
    await window.stop();
    disk.put(path, bytes);
    disk.touch(path, modifiedAt);
  }
});
