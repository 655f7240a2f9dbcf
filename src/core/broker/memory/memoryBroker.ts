import type { Clock } from '../../base/clock';
import { throwIfAborted } from '../../base/failure';
import type { AmqpConnection, AmqpPort } from '../amqpPort';
import type { Broker } from '../broker';
import { BrokerError } from '../brokerError';
import type { ManagementPort } from '../managementPort';
import type { Behaviour } from './behaviour';
import { MemoryConnection } from './memoryConnection';
import { MemoryManagement } from './memoryManagement';
import { Post } from './post';
import { TaskLoop } from './taskLoop';
import { VhostState } from './vhostState';

export interface MemoryBrokerOptions {
  readonly behaviour: Behaviour;
  readonly clock: Clock;
  /** `/` alone when missing. */
  readonly vhosts?: readonly string[];
  /** Who every connection logs in as; `guest` when missing. There are no passwords. */
  readonly user?: string;
  /** A listener of a client threw, which is the client's defect and not the broker's. */
  readonly onError?: (error: unknown) => void;
}

const versions: Readonly<Record<Behaviour, string>> = { '3.10': '3.10.8', '4.0': '4.0.5', '4.3': '4.3.6' };

/**
 * A broker in memory behind the same two ports as the real ones, and held to the same contract suite. Where it
 * cannot do what RabbitMQ does, it refuses with `unsupported`.
 */
export class MemoryBroker implements Broker {
  readonly amqp: AmqpPort;
  readonly management: ManagementPort;
  private readonly loop: TaskLoop;
  private readonly vhosts = new Map<string, VhostState>();
  private readonly connections = new Set<MemoryConnection>();
  private readonly post: Post;
  private readonly user: string;
  private lastTag = 0;

  constructor(private readonly options: MemoryBrokerOptions) {
    const { behaviour, clock } = options;
    this.user = options.user ?? 'guest';
    this.loop = new TaskLoop(options.onError ?? rethrow);
    this.post = new Post(behaviour, clock);
    for (const name of options.vhosts ?? ['/']) this.addVhost(name);
    this.amqp = { connect: (vhost, name, signal) => this.connect(vhost, name, signal) };
    this.management = new MemoryManagement({
      version: versions[behaviour],
      vhosts: this.vhosts,
      loop: this.loop,
    });
  }

  /** Ends every connection as a broker that is stopped does. New ones can be opened at once. */
  stop(): void {
    const gone = (): BrokerError =>
      new BrokerError('closed', 'The connection to the demo broker was lost.', {
        advice: 'Connect again.',
        code: 320,
      });
    this.loop.post(() => {
      for (const connection of [...this.connections]) connection.end(gone());
    });
  }

  /** An alarm with its words, as when memory runs out; `undefined` ends it. */
  block(reason: string | undefined): void {
    this.loop.post(() => {
      for (const connection of this.connections) connection.setBlocked(reason);
    });
  }

  dispose(): void {
    for (const connection of [...this.connections]) connection.end(undefined);
    for (const vhost of this.vhosts.values()) for (const queue of vhost.queues.values()) queue.end();
    this.loop.post(() => {
      this.loop.end();
    });
  }

  private connect(vhost: string, name: string, signal?: AbortSignal): Promise<AmqpConnection> {
    return new Promise((resolve, reject) => {
      throwIfAborted(signal);
      this.loop.post(() => {
        const state = this.vhosts.get(vhost);
        if (!state) {
          reject(noVhost(this.user, vhost));
          return;
        }
        const connection = this.newConnection(state, name);
        this.loop.post(() => {
          resolve(connection);
        });
      });
    });
  }

  private newConnection(vhost: VhostState, name: string): MemoryConnection {
    const { post, loop, user } = this;
    const connection = new MemoryConnection({
      server: { product: 'RabbitMQ', version: versions[this.options.behaviour] },
      name,
      user,
      vhost,
      post,
      loop,
      clock: this.options.clock,
      newConsumerTag: () => {
        this.lastTag += 1;
        return `amq.ctag-${String(this.lastTag).padStart(22, '0')}`;
      },
      ended: (ended) => {
        this.connections.delete(ended);
        const own = [...vhost.queues.values()].filter((queue) => queue.owner === ended);
        for (const queue of own) vhost.removeQueue(queue);
      },
    });
    this.connections.add(connection);
    return connection;
  }

  private addVhost(name: string): void {
    const state: VhostState = new VhostState(
      name,
      this.options.behaviour,
      this.options.clock,
      (queue, entries, reason) => {
        // Later, as on a real broker: dead letters travel, and must not arrive inside the step that killed them.
        this.loop.post(() => {
          this.post.deadLetter(state, queue, entries, reason);
        });
      },
    );
    this.vhosts.set(name, state);
  }
}

function noVhost(user: string, vhost: string): BrokerError {
  return new BrokerError(
    'refused',
    `Could not log in to the demo broker: it refused user \`${user}\` for virtual host \`${vhost}\` (530).`,
    { advice: 'Check that the virtual host exists, or ask for permission on it.', code: 530 },
  );
}

function rethrow(error: unknown): void {
  void Promise.reject(error instanceof Error ? error : new Error(String(error)));
}
