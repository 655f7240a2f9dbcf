import type { BrokerSeries } from '../topology/queueArguments';
import { brokerSeries } from '../topology/queueArguments';
import { seriesOfVersion } from '../topology/seriesOfVersion';
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

/** What the file says of the broker it was exported from. */
function fileTarget(table: JsonTable): Target | undefined {
  for (const key of ['rabbitmq_version', 'rabbit_version']) {
    const version = stringValue(table, member(table, 0, key));
    const target = version === undefined ? undefined : seriesOfVersion(version);
    if (target) return target;
  }
  return undefined;
}

/** The RabbitMQ to judge a file for: the one asked for, else what the file says, else the newest. */
export function targetFor(table: JsonTable, asked: Target | undefined): Target {
  return asked ?? fileTarget(table) ?? defaultTarget;
}
