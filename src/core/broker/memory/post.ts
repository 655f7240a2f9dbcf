import { field } from '../../base/fieldValue';
import type { FieldTable } from '../../base/fieldValue';
import type { Clock } from '../../base/clock';
import type { MessageDraft } from '../../message/message';
import { route } from '../../topology/routing';
import { BrokerError } from '../brokerError';
import type { Behaviour } from './behaviour';
import { deadLetterOf, returnsInCircles } from './deadLetter';
import { Fault, noExchange, precondition, refused } from './fault';
import type { QueueActor } from './queueActor';
import { acceptedHeaders } from './storedMessage';
import type { DeathReason, QueuedMessage, StoredMessage } from './storedMessage';
import type { VhostState } from './vhostState';

/** What became of a publish inside the broker. */
export type Posted = 'routed' | 'unroutable' | 'refused';

/** Takes messages in and brings them to queues. */
export class Post {
  constructor(
    private readonly behaviour: Behaviour,
    private readonly clock: Clock,
  ) {}

  /** Throws a Fault for what closes the channel (DOMAIN 3). */
  publish(vhost: VhostState, draft: MessageDraft, user: string): Posted {
    const exchange = vhost.exchange(draft.exchange);
    if (!exchange) throw noExchange(vhost.name, draft.exchange);
    if (exchange.internal) {
      throw refused(`cannot publish to internal exchange '${draft.exchange}' in vhost '${vhost.name}'`);
    }
    checkProperties(draft, user);
    exchange.published.add();
    return this.deliver(vhost, this.stored(draft), draft.properties.headers);
  }

  /** To the dead-letter exchange of the queue; without one, the messages are gone. */
  deadLetter(
    vhost: VhostState,
    queue: QueueActor,
    entries: readonly QueuedMessage[],
    reason: DeathReason,
  ): void {
    const { arguments: args } = queue.declaration;
    const seconds = Math.floor(this.clock.now() / 1_000);
    for (const entry of entries) {
      const letter = deadLetterOf(entry.message, queue.name, args, reason, seconds, this.behaviour);
      if (!letter || !vhost.exchange(letter.exchange)) continue;
      try {
        this.deliver(vhost, letter, letter.properties.headers);
      } catch (error) {
        // There is no publisher left to hear what a queue refuses.
        if (!(error instanceof Fault)) throw error;
      }
    }
  }

  /** `headers` are those it came with, which decide the route; the queues get the accepted ones. */
  private deliver(vhost: VhostState, message: StoredMessage, headers: FieldTable | undefined): Posted {
    const { exchange, routingKey } = message;
    const { reached } = route(vhost, { exchange, routingKey, ...(headers ? { headers } : {}) });
    const queues = reached.flatMap(({ queue }) => vhost.queues.get(queue) ?? []);
    this.refuseUnplayable(queues, message);
    if (queues.length > 0) vhost.exchange(message.exchange)?.routed.add(queues.length);
    const kept = withoutBcc(message);
    let isRefused = false;
    for (const queue of queues) {
      if (returnsInCircles(message.deaths, queue.name)) continue;
      if (!queue.enqueue(kept)) isRefused = true;
    }
    if (queues.length === 0) return 'unroutable';
    return isRefused ? 'refused' : 'routed';
  }

  private stored(draft: MessageDraft): StoredMessage {
    const { headers, ...others } = draft.properties;
    return {
      exchange: draft.exchange,
      routingKey: draft.routingKey,
      properties:
        headers === undefined ? others : { ...others, headers: acceptedHeaders(headers, this.behaviour) },
      body: Uint8Array.from(draft.body),
      deaths: [],
    };
  }

  private refuseUnplayable(queues: readonly QueueActor[], message: StoredMessage): void {
    const isUrgent = (message.properties.priority ?? 0) > 4 && this.behaviour !== '3.10';
    if (isUrgent && message.deaths.length === 0 && queues.some((queue) => queue.type === 'quorum')) {
      throw new BrokerError(
        'unsupported',
        'The demo broker cannot order the messages of a quorum queue by priority.',
        {
          advice: 'Publish with a priority of at most 4, or use a real broker.',
        },
      );
    }
  }
}

function checkProperties({ properties }: MessageDraft, user: string): void {
  const { expiration, userId } = properties;
  if (expiration !== undefined) {
    if (!/^-?\d+$/.test(expiration)) throw precondition(`invalid expiration '${expiration}': no_integer`);
    if (expiration.startsWith('-'))
      throw precondition(`invalid expiration '${expiration}': {value_negative,${expiration}}`);
  }
  if (userId !== undefined && userId !== user) {
    throw precondition(`user_id property set to '${userId}' but authenticated user was '${user}'`);
  }
  for (const name of ['CC', 'BCC']) {
    const value = field(properties.headers, name);
    if (value !== undefined && value.type !== 'array') {
      throw precondition(`invalid message: {unacceptable_type_in_header,"${name}",${value.type}}`);
    }
  }
  if (properties.replyTo === 'amq.rabbitmq.reply-to') {
    throw new BrokerError('unsupported', 'The demo broker cannot play direct reply-to.');
  }
}

/** Nobody gets to see the blind copies. */
function withoutBcc(message: StoredMessage): StoredMessage {
  const { headers } = message.properties;
  if (!headers?.some((entry) => entry.name === 'BCC')) return message;
  return {
    ...message,
    properties: { ...message.properties, headers: headers.filter((entry) => entry.name !== 'BCC') },
  };
}
