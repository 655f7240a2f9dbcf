import type { Clock } from '../core/base/clock';
import { delay } from '../core/base/clock';
import { asFailure } from '../core/base/failure';
import { tableOf } from '../core/base/fieldValue';
import type { AmqpConnection, AmqpPort } from '../core/broker/amqpPort';
import type { ManagementPort } from '../core/broker/managementPort';
import type { DefinitionsEntry } from '../core/topology/definitionsEntry';
import { entryText } from '../core/topology/definitionsEntry';
import { onChannel, VhostConnections } from './vhostConnections';

/** A message that is there arrives within milliseconds. */
const streamWaitMs = 1_000;

export type QueueContents =
  | { readonly kind: 'spare' }
  /** Why it is not removed, as a sentence. */
  | { readonly kind: 'holds' | 'lost'; readonly text: string };

/**
 * Counts what a queue holds right before it is removed. Quorum queues and streams know no delete-if-empty, and the
 * management API learns of a message up to five seconds late (DOMAIN 4.1); a passive declare knows at once.
 */
export class QueueCounting {
  private readonly connections: VhostConnections;

  constructor(
    amqp: AmqpPort,
    private readonly clock: Clock,
    private readonly management?: ManagementPort,
  ) {
    this.connections = new VhostConnections(amqp, 'AMQP Workbench, removing');
  }

  /** `lost`: the connection is gone. Where AMQP may not look or finds nothing, the lists must do: `spare`. */
  async look(vhost: string, entry: DefinitionsEntry): Promise<QueueContents> {
    const queue = entryText(entry, 'name');
    try {
      const connection = await this.connections.get(vhost);
      const { ready, consumers } = await onChannel(connection, (channel) => channel.checkQueue(queue));
      const holds =
        ready > 0 ? counted(ready, 'message') : consumers > 0 ? counted(consumers, 'consumer') : '';
      if (holds === '' && (await this.isStream(vhost, queue)) && (await this.delivers(connection, queue)))
        return { kind: 'holds', text: `Stream \`${queue}\` is not removed: it has messages.` };
      if (holds === '') return { kind: 'spare' };
      return { kind: 'holds', text: `Queue \`${queue}\` is not removed: it has ${holds}.` };
    } catch (thrown) {
      const { reason, message } = asFailure(thrown);
      if (reason === 'locked') return { kind: 'holds', text: message };
      return reason === 'closed' || reason === 'timeout'
        ? { kind: 'lost', text: message }
        : { kind: 'spare' };
    }
  }

  private async isStream(vhost: string, queue: string): Promise<boolean> {
    return (await this.management?.queue(vhost, queue))?.type === 'stream';
  }

  /** A stream's own count lags behind too (seen on 3.10.8, 4.0.5 and 4.3.6); reading it takes nothing (DOMAIN 2.3). */
  private delivers(connection: AmqpConnection, queue: string): Promise<boolean> {
    return onChannel(connection, async (channel) => {
      await channel.prefetch(1);
      const seen = new AbortController();
      await channel.consume(
        queue,
        { noAck: false, arguments: tableOf({ 'x-stream-offset': 'first' }) },
        () => {
          seen.abort();
        },
        () => undefined,
      );
      await delay(this.clock, streamWaitMs, seen.signal);
      return seen.signal.aborted;
    });
  }

  close(): Promise<void> {
    return this.connections.close();
  }
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
