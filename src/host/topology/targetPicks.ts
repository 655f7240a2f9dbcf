import type { BrokerSeries } from '../../core/topology/queueArguments';
import { seriesOfVersion } from '../../core/topology/seriesOfVersion';
import type { BrokerSession } from '../brokers/brokerSession';

/** What can be chosen: a series, or that each file decides. */
export type TargetChoice = BrokerSeries | 'auto';

/** The newest first. Written out: the list's own module brings the rules of every argument along. */
export const seriesChoices: readonly BrokerSeries[] = ['4.3', '4.0', '3.13', '3.10'];

/** A connected RabbitMQ and the series that it behaves like. */
export interface BrokerTarget {
  readonly name: string;
  readonly version: string;
  readonly target: BrokerSeries;
}

/** The connected brokers whose version means something: others than RabbitMQ count differently. */
export function brokerTargets(sessions: readonly BrokerSession[]): readonly BrokerTarget[] {
  return sessions.flatMap(({ profile, state }) => {
    if (state.status !== 'connected' || state.product !== 'RabbitMQ') return [];
    const target = seriesOfVersion(state.version);
    return target ? [{ name: profile.name, version: state.version, target }] : [];
  });
}
