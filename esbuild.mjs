// Builds every bundle the extension ships: `node esbuild.mjs [--production] [--watch] [--tests]`.
import { context } from 'esbuild';
import { existsSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';

const args = new Set(process.argv.slice(2));
const production = args.has('--production');

/** One bundle per thing that is loaded at its own time: bundle name → entry file. */
const nodeEntries = {
  extension: 'client/extension.ts',
  server: 'server/main.ts',
  renderWorker: 'server/renderWorker.ts',
  modelTable: 'client/editor/modelTable.ts',
  folder: 'client/api/folder.ts',
  searchWorker: 'client/store/search/searchWorker.ts',
  anthropic: 'client/providers/anthropic/anthropic.ts',
  cohere: 'client/providers/cohere/cohere.ts',
  openai: 'client/providers/openai/openai.ts',
  outputsPanel: 'client/panels/outputsPanel.ts',
  previewPanel: 'client/panels/previewPanel.ts',
  runFormPanel: 'client/panels/runFormPanel.ts',
};
const pageEntries = {
  outputs: 'media/outputs/page.ts',
  preview: 'media/preview/page.ts',
  runForm: 'media/runForm/page.ts',
};
const testEntries = {
  'test/index': 'test/integration/index.ts',
  'test/activationTimes': 'test/integration/activationTimes.ts',
};

/**
 * A dynamic `import()` of another bundle's entry file becomes a `require` of that bundle. The source stays plain
 * TypeScript that Node runs as it is, and nothing lazy ends up in the bundle that asks for it.
 */
const lazyBundles = {
  name: 'lazy-bundles',
  setup(build) {
    const bundles = new Map(
      Object.entries(nodeEntries).map(([name, file]) => [resolve(file), `./${name}.cjs`]),
    );
    build.onResolve({ filter: /^\.{1,2}\// }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const bundle = bundles.get(resolve(resolveDir, path));
      return bundle && { path: bundle, external: true };
    });
  },
};

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  outdir: 'dist',
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  ...shared,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  mainFields: ['module', 'main'],
  external: ['vscode'],
  outExtension: { '.js': '.cjs' },
  // `require` also where `import()` would do: it is synchronous and works in every extension host.
  supported: { 'dynamic-import': false },
  plugins: [lazyBundles],
};

/** @type {import('esbuild').BuildOptions} */
const page = {
  ...shared,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  tsconfig: 'media/tsconfig.json',
  loader: { '.ttf': 'file' },
};

const present = (entries) =>
  Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file)));

await rm('dist', { recursive: true, force: true });
await mkdir('dist', { recursive: true });
await cp('node_modules/@vscode/codicons/dist/codicon.css', 'dist/codicon.css');
await cp('node_modules/@vscode/codicons/dist/codicon.ttf', 'dist/codicon.ttf');

const builds = [
  { ...node, entryPoints: present(nodeEntries) },
  { ...page, entryPoints: present(pageEntries) },
];
if (args.has('--tests')) {
  builds.push({ ...node, entryPoints: present(testEntries), external: ['vscode', 'mocha'] });
}
const contexts = await Promise.all(builds.map((options) => context(options)));
if (args.has('--watch')) {
  await Promise.all(contexts.map((c) => c.watch()));
} else {
  try {
    await Promise.all(contexts.map((c) => c.rebuild()));
  } finally {
    await Promise.all(contexts.map((c) => c.dispose()));
  }
}
