import type { BrokerSeries } from '../topology/queueArguments';
import { brokerSeries } from '../topology/queueArguments';
import { member, stringValue } from './json/jsonRead';
import type { JsonTable } from './json/jsonTable';

/** The RabbitMQ that the rules speak for. A version between two of them counts as the one it behaves like. */
export type Target = BrokerSeries;
export const targets = brokerSeries;

/** What is assumed when neither an option nor the file says anything: the newest. */
const defaultTarget: Target = '4.3';

export function isTarget(text: string): text is Target {
  return (targets as readonly string[]).includes(text);
}

/** The target for a RabbitMQ version such as `3.12.4`: import changed with 3.11, 4.0 and 4.3 (DOMAIN 5.1, 5.2). */
export function targetOfVersion(version: string): Target | undefined {
  const parts = /^\D{0,20}?(\d+)\.(\d+)/.exec(version);
  if (!parts) return undefined;
  const major = Number(parts[1]);
  const minor = Number(parts[2]);
  if (major < 3 || (major === 3 && minor < 11)) return '3.10';
  if (major === 3) return '3.13';
  return major === 4 && minor < 3 ? '4.0' : '4.3';
}

/** What the file says of the broker it was exported from. */
function fileTarget(table: JsonTable): Target | undefined {
  for (const key of ['rabbitmq_version', 'rabbit_version']) {
    const version = stringValue(table, member(table, 0, key));
    const target = version === undefined ? undefined : targetOfVersion(version);
    if (target) return target;
  }
  return undefined;
}

/** The RabbitMQ to judge a file for: the one asked for, else what the file says, else the newest. */
export function targetFor(table: JsonTable, asked: Target | undefined): Target {
  return asked ?? fileTarget(table) ?? defaultTarget;
}
