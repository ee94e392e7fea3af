/** The built code, and directories to try it in. */
import { build } from 'esbuild';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../support/paths.ts';
import type * as Product from './product.ts';

export class Stage {
  readonly product: typeof Product;
  /** A script: a window as a process of its own. */
  readonly window: string;
  readonly #path: string;
  #directories = 0;

  private constructor(path: string) {
    this.#path = path;
    this.product = createRequire(import.meta.url)(join(path, 'product.cjs')) as typeof Product;
    this.window = join(path, 'window.cjs');
  }

  /** Builds the store and the queue as they are shipped. */
  static async set(): Promise<Stage> {
    const path = await mkdtemp(join(tmpdir(), 'prompt-workbench-faults-'));
    // Some windows run as another user.
    await chmod(path, 0o755);
    await build({
      entryPoints: ['product', 'window'].map((name) => join(root, `test/faults/${name}.ts`)),
      outdir: path,
      bundle: true,
      minify: true,
      platform: 'node',
      target: 'node22',
      format: 'cjs',
      mainFields: ['module', 'main'],
      outExtension: { '.js': '.cjs' },
      sourcemap: 'linked',
      logLevel: 'warning',
    });
    return new Stage(path);
  }

  /** The path of a directory that does not exist yet, below one that does; gone with the stage. */
  directory(): string {
    this.#directories += 1;
    return join(this.#path, `stores-${this.#directories}`);
  }

  /** One that exists. */
  async madeDirectory(): Promise<string> {
    const path = this.directory();
    await mkdir(path);
    return path;
  }

  async strike(): Promise<void> {
    await rm(this.#path, { recursive: true, force: true });
  }
}
