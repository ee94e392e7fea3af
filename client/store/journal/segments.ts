/** The journal's files: `00000001.jsonl`, and `00000001.2.jsonl` for the second compacted generation of it. */
import { join } from 'node:path';
import { errorCode } from '../faults.ts';
import type { Files } from '../ports.ts';

const pattern = /^(\d{8})(?:\.(\d+))?\.jsonl$/;

export function segmentName(segment: number, generation: number): string {
  const number = String(segment).padStart(8, '0');
  return generation === 0 ? `${number}.jsonl` : `${number}.${generation}.jsonl`;
}

export class Segments {
  readonly directory: string;
  readonly #files: Files;

  constructor(files: Files, directory: string) {
    this.#files = files;
    this.directory = directory;
  }

  path(segment: number, generation: number): string {
    return join(this.directory, segmentName(segment, generation));
  }

  /** Segment → its newest generation, in ascending order. Empty when there is no journal yet. */
  async list(): Promise<Map<number, number>> {
    const found = new Map<number, number>();
    for (const name of (await this.#names()).sort()) {
      const match = pattern.exec(name);
      if (!match) continue;
      const segment = Number(match[1]);
      found.set(segment, Math.max(found.get(segment) ?? 0, Number(match[2] ?? 0)));
    }
    return found;
  }

  /** Generations that a newer one has replaced. */
  async outdated(): Promise<{ readonly segment: number; readonly generation: number }[]> {
    const newest = await this.list();
    const found = [];
    for (const name of await this.#names()) {
      const match = pattern.exec(name);
      if (!match) continue;
      const [segment, generation] = [Number(match[1]), Number(match[2] ?? 0)];
      if (generation < newest.get(segment)!) found.push({ segment, generation });
    }
    return found;
  }

  temporaryPath(id: string): string {
    return join(this.directory, `${id}.tmp`);
  }

  /** Paths of files that are being written, or were when a window died. */
  async temporaries(): Promise<string[]> {
    const names = (await this.#names()).filter((name) => name.endsWith('.tmp'));
    return names.map((name) => join(this.directory, name));
  }

  async #names(): Promise<string[]> {
    try {
      return await this.#files.list(this.directory);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
  }
}
