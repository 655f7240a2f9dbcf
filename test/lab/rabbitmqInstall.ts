import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { cached } from './cache';
import { isDebian, unpackPackages } from './debian';
import type { Suite } from './debian';
import { findProgram } from './programs';
import { relocateErlang } from './relocate';
import { run } from './run';

/** The release lines the product is tested against; '4.3' stands for the newest that Debian's testing has, at least 4.3. */
export type RabbitSeries = '3.10' | '4.0' | '4.3';
export const allSeries: readonly RabbitSeries[] = ['3.10', '4.0', '4.3'];

/** A RabbitMQ and its Erlang in a folder of their own. */
export interface RabbitInstallation {
  readonly series: RabbitSeries;
  readonly version: string;
  /** The real start script, not Debian's wrapper, which changes user and folder. */
  readonly serverScript: string;
  readonly erlangBin: string;
  readonly epmd: string;
}

const suites: Record<RabbitSeries, Suite> = { '3.10': 'bookworm', '4.0': 'trixie', '4.3': 'forky' };
/** Raise it when the recipe below changes, so that nobody runs on what an older one left in the cache. */
const recipe = 1;

/** Unpacks that series into the cache on Debian; elsewhere takes what is on the PATH, or says what is missing. */
export async function installRabbit(series: RabbitSeries): Promise<RabbitInstallation> {
  if (!(await isDebian())) return rabbitOnPath(series);
  const suite = suites[series];
  const folder = await cached(`rabbitmq-${series}-${suite}-r${recipe}`, async (stage, final) => {
    const patchelf = findProgram('patchelf') ?? (await unpackedPatchelf());
    await unpackPackages(suite, 'rabbitmq-server', isNeeded, stage);
    await relocateErlang(stage, final, patchelf);
    // Reading the version here keeps an incomplete tree out of the cache.
    assertSeries(series, await versionIn(stage));
  });
  const erts = (await readdir(path.join(folder, 'usr/lib/erlang'))).find((name) => name.startsWith('erts-'));
  if (!erts) throw new Error(`${folder} holds no Erlang: remove the folder and try again.`);
  return {
    series,
    version: await versionIn(folder),
    serverScript: path.join(folder, 'usr/lib/rabbitmq/bin/rabbitmq-server'),
    erlangBin: path.join(folder, 'usr/lib/erlang/bin'),
    epmd: path.join(folder, 'usr/lib/erlang', erts, 'bin/epmd'),
  };
}

/** The Erlang packages the broker depends on, and what their programs link; not the service's users, logs and scripts. */
function isNeeded(name: string): boolean {
  return name === 'rabbitmq-server' || name.startsWith('erlang-') || libraries.test(name);
}
const libraries =
  /^(libc6|libgcc-s1|libstdc\+\+6|libtinfo6|libncursesw6|libssl3(t64)?|libsystemd0|libcap2|libzstd1|liblzma5|libgcrypt20|libgpg-error0|liblz4-1|libsctp1|libmimalloc3|zlib1g)$/;

async function unpackedPatchelf(): Promise<string> {
  const folder = await cached('patchelf-bookworm', (stage) =>
    unpackPackages('bookworm', 'patchelf', (name) => name === 'patchelf', stage),
  );
  return path.join(folder, 'usr/bin/patchelf');
}

async function versionIn(folder: string): Promise<string> {
  const names = await readdir(path.join(folder, 'usr/lib/rabbitmq/lib'));
  const version = names
    .map((name) => /^rabbitmq_server-(\d+\.\d+\.\d+.*)$/.exec(name)?.[1])
    .find((found) => found !== undefined);
  if (!version) throw new Error(`${folder} holds no RabbitMQ.`);
  return version;
}

async function rabbitOnPath(series: RabbitSeries): Promise<RabbitInstallation> {
  const [serverScript, epmd, erl, ctl] = ['rabbitmq-server', 'epmd', 'erl', 'rabbitmqctl'].map(findProgram);
  if (!serverScript || !epmd || !erl || !ctl) {
    throw new Error(
      `RabbitMQ ${series} can be fetched on Debian only: put it and its Erlang on the PATH, and try again.`,
    );
  }
  const version = (await run(ctl, ['version'])).trim();
  if (!fits(series, version))
    throw new Error(`RabbitMQ ${series} is needed; the one on the PATH is ${version}.`);
  return { series, version, serverScript, erlangBin: path.dirname(erl), epmd };
}

function assertSeries(series: RabbitSeries, version: string): void {
  if (fits(series, version)) return;
  throw new Error(`Debian ${suites[series]} has RabbitMQ ${version}, not ${series}.`);
}

function fits(series: RabbitSeries, version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = series.split('.').map(Number);
  return major === wantedMajor && (series === '4.3' ? minor >= wantedMinor : minor === wantedMinor);
}
