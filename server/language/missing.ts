/** Values that were not given, on their way through a render. */
import { missingMarker } from './marker.ts';

/** Stands for a value until it is shown. Whatever is made of it is missing as well. */
export class Missing {
  readonly names: readonly string[];

  constructor(names: readonly string[]) {
    this.names = names;
  }

  /** All missing values among some, as one; `undefined` when there is none. */
  static among(values: readonly unknown[]): Missing | undefined {
    const found = values.filter((value) => value instanceof Missing);
    if (found.length === 0) return undefined;
    return new Missing([...new Set(found.flatMap(({ names }) => names))]);
  }
}

/** Notes what is missing, in order of first use, and says what takes its place. */
export class MissingNotes {
  readonly #policy: 'error' | 'empty' | 'keep';
  readonly #names = new Set<string>();

  constructor(policy: 'error' | 'empty' | 'keep') {
    this.#policy = policy;
  }

  /** What is missing counts as absent, and nobody is told. */
  get lenient(): boolean {
    return this.#policy !== 'error';
  }

  get names(): string[] {
    return [...this.#names];
  }

  /** `written`: the tag, for the policy that keeps it. */
  show(missing: Missing, written: string): string {
    if (this.#policy !== 'error') return this.#policy === 'keep' ? written : '';
    for (const name of missing.names) this.#names.add(name);
    return missing.names.map(missingMarker).join('');
  }

  /**
   * Runs something whose text is not wanted, such as the body of a loop over nothing, to learn what else is missing
   * there. What hangs on `subject` is left out. Answers markers for the rest.
   */
  explore(subject: Missing, run: () => unknown): string {
    const before = new Set(this.#names);
    run();
    const found = [...this.#names].filter((name) => !before.has(name));
    const depends = (name: string) =>
      name.startsWith('@') ||
      subject.names.some((one) => name === one || name.startsWith(`${one}.`));
    const kept = found.filter((name) => !depends(name));
    for (const name of found) this.#names.delete(name);
    for (const name of kept) this.#names.add(name);
    return kept.map(missingMarker).join('');
  }
}
