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

  async #names(): Promise<string[]> {
    try {
      return await this.#files.list(this.directory);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
  }
}
