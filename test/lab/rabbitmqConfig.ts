import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Certificates } from './certificates';
import type { RabbitInstallation } from './rabbitmqInstall';

/** All ports of one node; every one of them claimed for it. */
export interface RabbitPorts {
  readonly amqp: number;
  readonly distribution: number;
  readonly epmd: number;
  readonly management: number;
  readonly stream: number;
  readonly tls: number;
  readonly managementTls: number;
}

export interface RabbitSetup {
  readonly folder: string;
  readonly ports: RabbitPorts;
  readonly plugins: readonly string[];
  readonly certificates?: Certificates;
  readonly extraConf: string;
}

export const defaultPlugins = [
  'rabbitmq_management',
  'rabbitmq_stream',
  'rabbitmq_shovel',
  'rabbitmq_shovel_management',
  'rabbitmq_consistent_hash_exchange',
] as const;

/** Writes the node's files into its folder. */
export async function writeConfiguration(setup: RabbitSetup): Promise<void> {
  for (const part of ['home', 'data', 'log']) await mkdir(path.join(setup.folder, part), { recursive: true });
  await writeFile(path.join(setup.folder, 'enabled_plugins'), `[${setup.plugins.join(',')}].\n`);
  await writeFile(path.join(setup.folder, 'rabbitmq.conf'), configuration(setup));
}

function configuration({ ports, plugins, certificates, extraConf }: RabbitSetup): string {
  const lines = [
    `listeners.tcp.1 = 127.0.0.1:${ports.amqp}`,
    // A small disk is no reason to block publishers here.
    'disk_free_limit.absolute = 50MB',
    'log.console = false',
    'log.file = rabbit.log',
  ];
  if (plugins.includes('rabbitmq_management')) {
    lines.push('management.tcp.ip = 127.0.0.1', `management.tcp.port = ${ports.management}`);
  }
  if (plugins.includes('rabbitmq_stream')) lines.push(`stream.listeners.tcp.1 = 127.0.0.1:${ports.stream}`);
  if (certificates) lines.push(...tlsLines(ports, plugins, certificates));
  return `${lines.join('\n')}\n${extraConf}\n`;
}

function tlsLines(
  ports: RabbitPorts,
  plugins: readonly string[],
  { caFile, server }: Certificates,
): string[] {
  const files = (prefix: string): string[] => [
    `${prefix}.cacertfile = ${caFile}`,
    `${prefix}.certfile = ${server.certFile}`,
    `${prefix}.keyfile = ${server.keyFile}`,
  ];
  const lines = [
    `listeners.ssl.1 = 127.0.0.1:${ports.tls}`,
    ...files('ssl_options'),
    'ssl_options.verify = verify_peer',
    'ssl_options.fail_if_no_peer_cert = false',
    'auth_mechanisms.1 = PLAIN',
    'auth_mechanisms.2 = AMQPLAIN',
    'auth_mechanisms.3 = EXTERNAL',
    'ssl_cert_login_from = common_name',
  ];
  if (plugins.includes('rabbitmq_management')) {
    lines.push(
      'management.ssl.ip = 127.0.0.1',
      `management.ssl.port = ${ports.managementTls}`,
      ...files('management.ssl'),
    );
  }
  return lines;
}

/** The complete environment of the node: nothing of ours leaks in, and everything it keeps lies in its folder. */
export function environment(
  installation: RabbitInstallation,
  { folder, ports }: RabbitSetup,
): Record<string, string> {
  const file = (...parts: string[]): string => path.join(folder, ...parts);
  return {
    PATH: `${installation.erlangBin}:/usr/bin:/bin`,
    HOME: file('home'),
    LANG: 'C.UTF-8',
    RABBITMQ_NODENAME: `lab${ports.amqp}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(ports.amqp),
    RABBITMQ_DIST_PORT: String(ports.distribution),
    RABBITMQ_MNESIA_BASE: file('data'),
    RABBITMQ_LOG_BASE: file('log'),
    RABBITMQ_PID_FILE: file('pid'),
    RABBITMQ_ENABLED_PLUGINS_FILE: file('enabled_plugins'),
    RABBITMQ_CONFIG_FILE: file('rabbitmq.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: file('no-advanced.config'),
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    // The script then becomes the Erlang machine instead of waiting for it, so that signals reach the broker itself.
    RUNNING_UNDER_SYSTEMD: 'true',
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(ports.epmd),
  };
}
