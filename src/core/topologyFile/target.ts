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

/** The RabbitMQ that a file is judged for, and why that one. */
export interface EffectiveTarget {
  readonly target: Target;
  readonly because: 'asked' | 'file' | 'newest';
  /** The version that the file names, where it decides. */
  readonly version?: string;
}

/** What was asked for, else what the file says of the broker it was exported from, else the newest. */
export function effectiveTarget(table: JsonTable, asked: Target | undefined): EffectiveTarget {
  if (asked) return { target: asked, because: 'asked' };
  for (const key of ['rabbitmq_version', 'rabbit_version']) {
    const version = stringValue(table, member(table, 0, key));
    const target = version === undefined ? undefined : seriesOfVersion(version);
    if (version !== undefined && target) return { target, because: 'file', version };
  }
  return { target: defaultTarget, because: 'newest' };
}

/** The RabbitMQ to judge a file for. */
export function targetFor(table: JsonTable, asked: Target | undefined): Target {
  return effectiveTarget(table, asked).target;
}
