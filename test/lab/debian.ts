import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { retrying, run } from './run';
import { findProgram, osRelease } from './programs';

/** A Debian release whose packages can be unpacked beside the machine's own. */
export type Suite = 'bookworm' | 'trixie' | 'forky';

/**
 * Downloads packages of a suite and unpacks them below `folder`, without installing anything and without root: apt gets a state of its
 * own. `choose` picks from all packages that `root` needs, however indirectly.
 */
export async function unpackPackages(
  suite: Suite,
  root: string,
  choose: (name: string) => boolean,
  folder: string,
): Promise<void> {
  const mirror = await debianMirror();
  await mkdir(folder, { recursive: true });
  const state = await mkdtemp(path.join(folder, '.apt-'));
  const downloads = path.join(state, 'downloads');
  for (const part of ['lists/partial', 'cache/archives/partial', 'downloads'])
    await mkdir(path.join(state, part), { recursive: true });
  await writeFile(path.join(state, 'status'), '');
  await writeFile(path.join(state, 'sources.list'), `deb [signed-by=${keyring}] ${mirror} ${suite} main\n`);
  await writeFile(path.join(state, 'apt.conf'), configuration(state));
  const env = { ...process.env, APT_CONFIG: path.join(state, 'apt.conf'), LC_ALL: 'C.UTF-8' };
  // Errors as an exit code: by itself apt takes an index it could not fetch for a warning.
  await retrying(4, () => run('apt-get', ['-q', '-o', 'APT::Update::Error-Mode=any', 'update'], { env }));
  const closure = await run('apt-cache', ['depends', '--recurse', ...onlyDepends, root], { env });
  const names = [...new Set(closure.split('\n').filter((line) => /^[a-z0-9]/.test(line)))].filter(choose);
  await retrying(4, () => run('apt-get', ['-q', 'download', ...names], { env, cwd: downloads }));
  for (const file of await readdir(downloads)) {
    if (file.endsWith('.deb')) await run('dpkg', ['-x', path.join(downloads, file), folder]);
  }
  await rm(state, { recursive: true, force: true });
}

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
const onlyDepends = ['recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'enhances'].map(
  (kind) => `--no-${kind}`,
);

function configuration(state: string): string {
  return [
    `Dir::State "${state}";`,
    `Dir::State::Lists "${state}/lists";`,
    `Dir::State::status "${state}/status";`,
    `Dir::Cache "${state}/cache";`,
    `Dir::Etc::sourcelist "${state}/sources.list";`,
    'Dir::Etc::sourceparts "-";',
    'Acquire::Retries "3";',
    // A frozen mirror serves what was signed months ago. Signatures are still checked; only freshness is not.
    'Acquire::Check-Valid-Until "false";',
    'Acquire::Languages "none";',
    'APT::Sandbox::User "root";',
    '',
  ].join('\n');
}

/** Whether packages can be unpacked here at all. */
export async function isDebian(): Promise<boolean> {
  if (!findProgram('apt-get') || !findProgram('dpkg')) return false;
  return (await osRelease()).get('ID') === 'debian';
}

/** The archive that this machine's own apt uses for Debian itself, so that no host is named here. */
async function debianMirror(): Promise<string> {
  const release = await osRelease();
  const own = release.get('VERSION_CODENAME') ?? 'stable';
  // The addresses that an update would read; this needs neither root nor a network nor fetched lists.
  const uris = await run('apt-get', ['update', '--print-uris']);
  for (const [, mirror, suite] of uris.matchAll(/^'(\S+?)\/dists\/([^/]+)\/(?:In)?Release'/gm)) {
    if (mirror && (suite === own || suite === 'stable' || suite === 'testing')) return mirror;
  }
  throw new Error(
    `The apt sources of this machine name no mirror with Debian ${own}: add one, and try again.`,
  );
}
