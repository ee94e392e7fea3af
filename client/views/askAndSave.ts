/** What is asked, how it is saved, and whether to try again when that fails. */
export interface Form<T> {
  /** Goes on from what was typed before. False when the person gave up. */
  readonly ask: () => Promise<boolean>;
  readonly save: () => Promise<T>;
  /** Tells why saving failed. */
  readonly again: (error: unknown) => Promise<boolean>;
}

/**
 * Asks and saves, again and again while saving fails and the person wants to: nothing typed is lost.
 * @returns `undefined` when the person gave up.
 */
export async function askAndSave<T>({ again, ask, save }: Form<T>): Promise<T | undefined> {
  while (await ask()) {
    try {
      return await save();
    } catch (error) {
      if (!(await again(error))) return undefined;
    }
  }
  return undefined;
}
