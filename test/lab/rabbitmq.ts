import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeCertificates } from './certificates';
import type { Certificates } from './certificates';
import { managementCall } from './managementCall';
import { claimPort } from './ports';
import { startProcess } from './processes';
import type { LabProcess } from './processes';
import { defaultPlugins, environment, writeConfiguration } from './rabbitmqConfig';
import type { RabbitPorts, RabbitSetup } from './rabbitmqConfig';
import { installRabbit } from './rabbitmqInstall';
import type { RabbitInstallation, RabbitSeries } from './rabbitmqInstall';
import { accepts, speaksAmqp, waitUntil } from './ready';
import { temporaryFolder } from './temporaryFolder';

export interface RabbitOptions {
  readonly series: RabbitSeries;
  /** 'default': management, streams, shovel, consistent hash; 'none': not even management; or the names themselves. */
  readonly plugins?: 'default' | 'none' | readonly string[];
  /** Also listens with TLS, with a certificate of an own authority, and takes client certificates (EXTERNAL). */
  readonly tls?: boolean;
  /** Appended to rabbitmq.conf. */
  readonly extraConf?: string;
}

/** A private RabbitMQ on 127.0.0.1. It ends with this process at the latest. */
export interface RabbitNode {
  readonly series: RabbitSeries;
  /** As it is installed, such as `4.3.6`. */
  readonly version: string;
  readonly host: '127.0.0.1';
  readonly amqpPort: number;
  /** `amqp://guest:guest@127.0.0.1:PORT/` */
  readonly amqpUrl: string;
  readonly user: 'guest';
  readonly password: 'guest';
  /** `http://127.0.0.1:PORT`, without a path; only with the management plugin. */
  readonly managementUrl?: string;
  readonly streamPort?: number;
  /** These four only with `tls`. */
  readonly tlsPort?: number;
  readonly managementTlsUrl?: string;
  readonly caFile?: string;
  readonly certificates?: Certificates;
  /** Where its log is, while it exists. */
  readonly logFolder: string;
  /** One call of the management API, `path` from `/api/` on; rejects on any status but 2xx; undefined without a body. */
  api<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
  /** The same with a body that is sent as it is; resolves with what is answered, whatever the status. */
  send(
    method: string,
    path: string,
    body?: string,
  ): Promise<{ readonly status: number; readonly text: string }>;
  /** An orderly end (clients see 320 CONNECTION_FORCED) that keeps data and ports for `start`. */
  shutDown(): Promise<void>;
  /** A crash: SIGKILL; keeps data and ports for `start`. */
  kill(): Promise<void>;
  /** Starts it again after `shutDown` or `kill`, and resolves when it is ready. */
  start(): Promise<void>;
  /** The end for good, quick: processes, data and ports are given back. */
  stop(): Promise<void>;
}

/** Installs that RabbitMQ if need be, starts a node and resolves when it is ready (5 to 10 s for 3.10, about 4 s for 4.x). */
export async function startRabbit(options: RabbitOptions): Promise<RabbitNode> {
  const installation = await installRabbit(options.series);
  const claimed = await Promise.all(Array.from({ length: 7 }, claimPort));
  const [amqp, distribution, epmd, management, stream, tls, managementTls] = claimed.map(
    (claim) => claim.port,
  ) as SevenPorts;
  const folder = temporaryFolder(`rabbitmq-${options.series}`);
  const giveBack = async (): Promise<void> => {
    await folder.remove();
    for (const claim of claimed) claim.release();
  };
  try {
    const plugins = pluginsOf(options);
    const certificates = options.tls
      ? await makeCertificates(path.join(folder.path, 'certificates'))
      : undefined;
    const ports: RabbitPorts = { amqp, distribution, epmd, management, stream, tls, managementTls };
    const setup: RabbitSetup = {
      folder: folder.path,
      ports,
      plugins,
      ...(certificates ? { certificates } : {}),
      extraConf: options.extraConf ?? '',
    };
    await writeConfiguration(setup);
    const processes = nodeProcesses(installation, setup);
    await processes.start();
    return {
      series: options.series,
      version: installation.version,
      host: '127.0.0.1',
      amqpPort: amqp,
      amqpUrl: `amqp://guest:guest@127.0.0.1:${amqp}/`,
      user: 'guest',
      password: 'guest',
      ...(hasManagement(setup) ? { managementUrl: managementUrl(setup) } : {}),
      ...(plugins.includes('rabbitmq_stream') ? { streamPort: stream } : {}),
      ...(certificates ? { tlsPort: tls, caFile: certificates.caFile, certificates } : {}),
      ...(certificates && hasManagement(setup)
        ? { managementTlsUrl: `https://127.0.0.1:${managementTls}` }
        : {}),
      logFolder: path.join(folder.path, 'log'),
      send: (method, apiPath, body) =>
        managementCall(managementUrl(setup), method, apiPath, body === undefined ? {} : { body }),
      api: (method, apiPath, body) => callApi(managementUrl(setup), method, apiPath, body),
      shutDown: processes.shutDown,
      kill: processes.kill,
      start: processes.start,
      stop: async () => {
        await processes.kill();
        await giveBack();
      },
    };
  } catch (error) {
    await giveBack();
    throw error;
  }
}

type SevenPorts = [number, number, number, number, number, number, number];

function pluginsOf({ plugins = 'default', tls }: RabbitOptions): readonly string[] {
  const chosen = plugins === 'default' ? defaultPlugins : plugins === 'none' ? [] : plugins;
  return tls ? [...chosen, 'rabbitmq_auth_mechanism_ssl'] : chosen;
}

function hasManagement(setup: RabbitSetup): boolean {
  return setup.plugins.includes('rabbitmq_management');
}

function managementUrl(setup: RabbitSetup): string {
  return `http://127.0.0.1:${setup.ports.management}`;
}

/** The broker and the Erlang name server it insists on, which we start ourselves: its own would stay behind as a daemon. */
function nodeProcesses(
  installation: RabbitInstallation,
  setup: RabbitSetup,
): Pick<RabbitNode, 'start' | 'shutDown' | 'kill'> {
  const env = environment(installation, setup);
  const output = { file: path.join(setup.folder, 'log', 'output.log') };
  let epmd: LabProcess | undefined;
  let broker: LabProcess | undefined;
  const end = async (endBroker: (running: LabProcess) => Promise<void>): Promise<void> => {
    // The broker first: it starts a name server of its own when ours goes before it.
    if (broker) await endBroker(broker);
    await epmd?.kill();
    broker = epmd = undefined;
  };
  const kill = (): Promise<void> => end((running) => running.kill());
  return {
    kill,
    shutDown: () => end((running) => running.stop(30_000)),
    start: async () => {
      await kill();
      epmd = await startProcess(
        installation.epmd,
        ['-address', '127.0.0.1', '-port', String(setup.ports.epmd)],
        { env, output },
      );
      if (!(await waitUntil(() => accepts(setup.ports.epmd), 10_000)))
        throw new Error('The Erlang name server did not start.');
      const started = await startProcess(installation.serverScript, [], { env, output, cwd: setup.folder });
      broker = started;
      if (
        await waitUntil(
          () => isReady(setup),
          120_000,
          () => !started.running,
        )
      )
        return;
      const last = await lastWords(setup.folder);
      await kill();
      throw new Error(`RabbitMQ ${installation.version} did not become ready.\n${last}`);
    },
  };
}

/** The management API can answer seconds before AMQP does, so each door is tried. */
async function isReady(setup: RabbitSetup): Promise<boolean> {
  if (!(await speaksAmqp(setup.ports.amqp))) return false;
  if (setup.certificates && !(await accepts(setup.ports.tls))) return false;
  if (setup.plugins.includes('rabbitmq_stream') && !(await accepts(setup.ports.stream))) return false;
  if (!hasManagement(setup)) return true;
  // A call that came too early may never be answered.
  return managementCall(managementUrl(setup), 'GET', '/api/overview', { limitMs: 5_000 }).then(
    ({ status }) => status === 200,
    () => false,
  );
}

async function callApi<T>(origin: string, method: string, apiPath: string, body?: unknown): Promise<T> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const { status, text } = await managementCall(origin, method, apiPath, sent);
  if (status >= 300) throw new Error(`${method} ${apiPath} answered ${status}: ${text.slice(0, 500)}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function lastWords(folder: string): Promise<string> {
  const logs = await readdir(path.join(folder, 'log'));
  const ends = logs.map(async (name) => {
    const text = await readFile(path.join(folder, 'log', name), 'utf8').catch(() => '');
    return `${name}:\n${text.trim().split('\n').slice(-15).join('\n')}`;
  });
  return (await Promise.all(ends)).join('\n');
}
