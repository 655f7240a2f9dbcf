import { asFailure } from '../core/base/failure';
import type { AmqpPort } from '../core/broker/amqpPort';
import type { DefinitionsEntry } from '../core/topology/definitionsEntry';
import { entryText } from '../core/topology/definitionsEntry';
import { onChannel, VhostConnections } from './vhostConnections';

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

  constructor(amqp: AmqpPort) {
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

  close(): Promise<void> {
    return this.connections.close();
  }
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
