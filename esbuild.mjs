// Builds the product into dist/ and the tests, the lab and the project's own commands into out/.
//   node esbuild.mjs            everything, minified product
//   node esbuild.mjs --watch    the same, readable, again at every change
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';

const root = path.dirname(fileURLToPath(import.meta.url));
const watch = process.argv.includes('--watch');

/** @type {esbuild.BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  logLevel: 'warning',
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  metafile: true,
};

/** amqplib loses AMQP field types (it decodes int64 to Number); every bundle gets our field-table codec in its place. */
const fieldTableCodec = {
  name: 'amqp-field-table-codec',
  setup(build) {
    const codec = path.join(root, 'src/core/broker/amqp/fieldTableCodec.ts');
    build.onResolve({ filter: /^\.\/codec$/ }, (args) =>
      args.importer.includes(`${path.sep}amqplib${path.sep}lib${path.sep}`) ? { path: codec } : undefined,
    );
  },
};

const node = { ...common, platform: 'node', format: 'cjs', target: 'node20', plugins: [fieldTableCodec] };
/** The pages about diagnostic codes, by code, for the command line, which ships as a single file. */
async function rulePages() {
  const names = await filesBelow('media/rules', '.md');
  const pages = names.filter((name) => path.basename(name) !== 'README.md');
  return Object.fromEntries(
    await Promise.all(
      pages.map(async (name) => [
        name.slice('./media/rules/'.length, -'.md'.length),
        await readFile(path.join(root, name), 'utf8'),
      ]),
    ),
  );
}

const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
const product = {
  ...node,
  minify: !watch,
  external: ['vscode'],
  define: { AMQP_WORKBENCH_VERSION: JSON.stringify(version) },
};
const browser = {
  ...common,
  platform: 'browser',
  format: 'iife',
  target: 'es2023',
  minify: !watch,
  tsconfig: 'webview/tsconfig.json',
  // The icon font stands beside the style sheet that names it.
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
};

/**
 * The JSON schema of ignore lists is made from the codes, so that it knows those that are there. It is committed:
 * a test compares.
 */
async function writeIgnoreListSchema() {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['src/core/topologyFile/ignoreListSchema.ts'],
    bundle: true,
    write: false,
    format: 'esm',
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  const { ignoreListSchemaText } = await import(`data:text/javascript;base64,${code}`);
  const file = path.join(root, 'media/schemas/ignore-list.schema.json');
  const before = existsSync(file) ? await readFile(file, 'utf8') : '';
  if (before !== ignoreListSchemaText()) await writeFile(file, ignoreListSchemaText());
}

async function filesBelow(folder, suffix) {
  if (!existsSync(path.join(root, folder))) return [];
  const entries = await readdir(path.join(root, folder), { recursive: true });
  return entries
    .filter((name) => name.endsWith(suffix))
    .sort()
    .map((name) => `./${folder}/${name.split(path.sep).join('/')}`);
}

/** One bundle a ring: an entry that imports every test file of it, so that no list can forget one. */
async function ring(name, folders, extra = {}) {
  const files = (await Promise.all(folders.map((folder) => filesBelow(folder, '.test.ts')))).flat();
  return {
    ...node,
    ...extra,
    external: [
      'vscode',
      'playwright-core',
      'mocha',
      'fast-check',
      'dependency-cruiser',
      'eslint',
      'typescript',
      'esbuild',
    ],
    stdin: { contents: files.map((file) => `import '${file}';`).join('\n'), resolveDir: root, loader: 'ts' },
    outfile: `out/rings/${name}.js`,
  };
}

async function panels() {
  const folders = await readdir(path.join(root, 'webview'), { withFileTypes: true });
  return folders
    .filter((entry) => entry.isDirectory() && existsSync(path.join(root, 'webview', entry.name, 'main.ts')))
    .map((entry) => ({ in: `webview/${entry.name}/main.ts`, out: entry.name }));
}

/** The commands of package.json's scripts and the entries that tests start as processes of their own. */
const tools = {
  demo: 'test/lab/demo.ts',
  check: 'test/lab/check.ts',
  testAll: 'test/lab/testAll.ts',
  testDesktop: 'test/lab/testDesktop.ts',
  package: 'test/lab/package.ts',
  bench: 'test/bench/main.ts',
  benchBareConsumer: 'test/bench/bareConsumer.ts',
  benchPublisher: 'test/bench/publisherWorker.ts',
  benchMemoryProbe: 'test/bench/memoryProbe.ts',
  hostProbe: 'test/bench/hostProbe.ts',
  runRing: 'test/support/runRing.ts',
  hostRing: 'test/lab/hostRing.ts',
  hostSuite: 'test/host/suite.ts',
  labTenant: 'test/support/labTenant.ts',
  tailProcess: 'test/support/tailProcess.ts',
};

const builds = [
  { ...product, entryPoints: { extension: 'src/extension.ts' }, outdir: 'dist' },
  { ...product, entryPoints: { worker: 'src/worker/main.ts' }, outdir: 'dist' },
  { ...product, entryPoints: { languageClient: 'src/host/languageClient/main.ts' }, outdir: 'dist' },
  { ...product, entryPoints: { server: 'src/server/main.ts' }, outdir: 'dist' },
  {
    ...product,
    define: { ...product.define, AMQP_WORKBENCH_RULE_PAGES: JSON.stringify(await rulePages()) },
    entryPoints: { cli: 'src/server/cli.ts' },
    outdir: 'dist',
  },
  { ...browser, entryPoints: await panels(), outdir: 'dist/webview' },
  {
    ...browser,
    entryPoints: { page: 'test/webview/page/main.ts', measured: 'test/webview/page/measured.ts' },
    outdir: 'out/webview',
  },
  {
    ...node,
    entryPoints: tools,
    outdir: 'out/lab',
    external: [
      'vscode',
      'playwright-core',
      'mocha',
      'esbuild',
      'dependency-cruiser',
      'typescript',
      '@vscode/*',
    ],
  },
  await ring('unit', ['test/unit', 'test/contract']),
  await ring('integration', ['test/integration']),
  await ring('host', ['test/host']),
  await ring('webview', ['test/webview']),
  await ring('e2e', ['test/e2e']),
];

await writeIgnoreListSchema();
await rm(path.join(root, 'dist'), { recursive: true, force: true });
await rm(path.join(root, 'out'), { recursive: true, force: true });
if (watch) {
  const contexts = await Promise.all(builds.map((options) => esbuild.context(options)));
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  const results = await Promise.all(builds.map((options) => esbuild.build(options)));
  await writeNotices(results.filter((_, index) => builds[index].outdir?.startsWith('dist')));
}

/** The licences of what is bundled into the product, which ask to be handed on with it. */
async function writeNotices(results) {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const packages = new Set(
    inputs.map((file) => /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[0]).filter(Boolean),
  );
  const notices = await Promise.all(
    [...packages].sort().map(async (folder) => {
      const { name, version, license } = JSON.parse(
        await readFile(path.join(root, folder, 'package.json'), 'utf8'),
      );
      const file = (await readdir(path.join(root, folder))).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file ? await readFile(path.join(root, folder, file), 'utf8') : `Licence: ${license}\n`;
      return `${name} ${version} (${license})\n\n${text.trim()}\n`;
    }),
  );
  await writeFile(path.join(root, 'dist', 'ThirdPartyNotices.txt'), notices.join(`\n${'-'.repeat(80)}\n\n`));
}
