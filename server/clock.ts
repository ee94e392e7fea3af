import type { Disposable } from 'vscode-languageserver/node';

/** Time, so that tests need not wait for it. */
export interface Clock {
  /** Calls `work` once after so many milliseconds, unless disposed of before. */
  after(milliseconds: number, work: () => void): Disposable;
}

export const systemClock: Clock = {
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds);
    return { dispose: () => clearTimeout(timer) };
  },
};
