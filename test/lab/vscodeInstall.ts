import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cached } from './cache';
import { retrying, run } from './run';
import { replaceNativeModules } from './vscodeNativeModules';

/** A complete built VS Code server with its web workbench, and the Node it was built for. */
export interface VscodeInstallation {
  /** VS Code's own version, such as `1.139.1`. */
  readonly version: string;
  readonly node: string;
  readonly serverMain: string;
}

const codeServer = '4.139.1';
const nodeMajor = 24;
const recipe = 1;

/**
 * Takes both from the package registry, so that it works where VS Code's own download does not. They are kept in the cache and are no
 * devDependencies: together they weigh more than everything else, and npm would prune what the server installs inside itself.
 */
export async function installVscode(): Promise<VscodeInstallation> {
  const folder = await cached(`vscode-server-${codeServer}-r${recipe}`, async (stage) => {
    // Without a manifest npm would look for one in the folders above.
    await writeFile(path.join(stage, 'package.json'), '{ "private": true }\n');
    const node = process.platform === 'linux' ? [`node-linux-${process.arch}@${nodeMajor}`] : [];
    await npmInstall(stage, [`code-server@${codeServer}`, ...node]);
    await npmInstall(path.join(stage, serverFolder), ['--omit=dev']);
    await replaceNativeModules(path.join(stage, serverFolder));
  });
  const manifest = JSON.parse(await readFile(path.join(folder, serverFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return {
    version: manifest.version,
    node: nodeFor(folder),
    serverMain: path.join(folder, serverFolder, 'out', 'server-main.js'),
  };
}

const serverFolder = path.join('node_modules', 'code-server', 'lib', 'vscode');

/** Scripts stay off: what they build is not needed here, and a compiler would be. */
async function npmInstall(folder: string, args: readonly string[]): Promise<void> {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  await retrying(3, () => run('npm', ['install', ...quiet, ...args], { cwd: folder, env: outsideNpm() }));
}

function nodeFor(folder: string): string {
  const packaged = path.join(folder, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
  if (existsSync(packaged)) return packaged;
  if (Number.parseInt(process.versions.node, 10) >= 22) return process.execPath;
  throw new Error(
    `The VS Code server needs Node ${nodeMajor} on this system: run the command with that one.`,
  );
}

/** What an `npm run` tells its children is about this repository, and would mislead an npm that works elsewhere. */
export function outsideNpm(): Record<string, string | undefined> {
  const misleading =
    /^(npm_(package|lifecycle)_|npm_command$|npm_config_(local_prefix|prefix|global_prefix|ignore_scripts)$|INIT_CWD$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !misleading.test(name)));
}
