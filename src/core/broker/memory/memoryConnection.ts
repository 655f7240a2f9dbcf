import type { Clock } from '../../base/clock';
import { Emitter } from '../../base/emitter';
import { throwIfAborted } from '../../base/failure';
import type { AmqpChannel, AmqpConnection, ServerFacts } from '../amqpPort';
import { BrokerError } from '../brokerError';
import { MemoryChannel } from './memoryChannel';
import type { Post } from './post';
import type { TaskLoop } from './taskLoop';
import type { VhostState } from './vhostState';

/** What the broker gives each of its connections. */
export interface ConnectionSurroundings {
  readonly server: ServerFacts;
  readonly name: string;
  readonly user: string;
  readonly vhost: VhostState;
  readonly post: Post;
  readonly loop: TaskLoop;
  readonly clock: Clock;
  readonly newConsumerTag: () => string;
  /** Called once, when it has ended. */
  ended(connection: MemoryConnection): void;
}

/** A connection of the in-memory broker. */
export class MemoryConnection implements AmqpConnection {
  readonly server: ServerFacts;
  private readonly closed = new Emitter<BrokerError | undefined>();
  readonly onClosed = this.closed.event;
  private readonly blocked = new Emitter<string | undefined>();
  readonly onBlocked = this.blocked.event;
  private readonly channels = new Set<MemoryChannel>();
  private blockedBy: string | undefined;
  private waiting: (() => void)[] = [];
  private isOpen = true;
  private lost: BrokerError | undefined;

  constructor(private readonly around: ConnectionSurroundings) {
    this.server = around.server;
  }

  openChannel(signal?: AbortSignal): Promise<AmqpChannel> {
    return new Promise((resolve, reject) => {
      throwIfAborted(signal);
      this.around.loop.post(() => {
        if (!this.isOpen) {
          reject(
            this.lost ?? new BrokerError('closed', 'Could not open a channel: the connection is closed.'),
          );
          return;
        }
        const channel = this.newChannel();
        this.around.loop.post(() => {
          resolve(channel);
        });
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.around.loop.post(() => {
        this.end(undefined);
        this.around.loop.post(resolve);
      });
    });
  }

  /** At the broker: the connection goes, with its channels and its exclusive queues. */
  end(reason: BrokerError | undefined): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.lost = reason;
    for (const channel of this.channels) channel.end(reason);
    this.around.ended(this);
    this.setBlocked(undefined);
    this.around.loop.post(() => {
      this.closed.fire(reason);
    });
  }

  /** At the broker: an alarm, with its words, or its end. */
  setBlocked(reason: string | undefined): void {
    if (reason === this.blockedBy) return;
    this.blockedBy = reason;
    this.around.loop.post(() => {
      this.blocked.fire(reason);
    });
    if (reason === undefined) for (const task of this.waiting.splice(0)) task();
  }

  private newChannel(): MemoryChannel {
    const { user, vhost, post, loop, clock, newConsumerTag, name } = this.around;
    const channel = new MemoryChannel({
      connection: this,
      connectionName: name,
      user,
      vhost,
      post,
      loop,
      clock,
      newConsumerTag,
      fail: (error) => {
        this.end(error);
      },
      whenUnblocked: (task) => {
        if (this.blockedBy === undefined) task();
        else this.waiting.push(task);
      },
    });
    this.channels.add(channel);
    channel.onClosed(() => this.channels.delete(channel));
    return channel;
  }
}
