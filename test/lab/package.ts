// Makes what users install: npm run package. The VSIX, and the topology rules as one file for their CI.
import { copyFile, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { inRepository, repository } from './paths';
import { run } from './run';
import { wordsOf } from './say';

/** Packages what `dist/` holds and resolves with the full path of the VSIX. */
async function main(): Promise<void> {
  const { version } = JSON.parse(await readFile(inRepository('package.json'), 'utf8')) as { version: string };
  const vsix = inRepository(`amqp-workbench-${version}.vsix`);
  const cli = inRepository(`amqp-workbench-cli-${version}.js`);
  await run(path.join(repository, 'node_modules', '.bin', 'vsce'), [
    'package',
    // Everything is bundled; without this vsce would ask npm about every package.
    '--no-dependencies',
    '--no-rewrite-relative-links',
    '--allow-missing-repository',
    '--out',
    vsix,
  ], { cwd: repository }); // prettier-ignore
  await copyFile(inRepository('dist', 'cli.js'), cli);
  for (const file of [vsix, cli])
    console.log(`${path.basename(file)}  ${Math.ceil((await stat(file)).size / 1000)} kB`);
}

main().catch((error: unknown) => {
  console.log(wordsOf(error));
  process.exit(1);
});
