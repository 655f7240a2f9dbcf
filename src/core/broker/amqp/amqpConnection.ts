import type { ChannelModel } from 'amqplib';
import { Emitter } from '../../base/emitter';
import { textField } from '../../base/fieldValue';
import { throwIfAborted } from '../../base/failure';
import type { AmqpChannel, AmqpConnection, ServerFacts } from '../amqpPort';
import type { BrokerError } from '../brokerError';
import { serverProperties, socketOf } from './amqplibParts';
import { AmqplibChannel } from './amqpChannel';
import { channelError, connectionLost } from './closeErrors';

/** How long a broker may take to answer connection.close before its socket is cut, in milliseconds. */
const closePatience = 3_000;

/** One amqplib connection behind the port. `where` is host and port, for words about it. */
export class AmqplibConnection implements AmqpConnection {
  readonly server: ServerFacts;
  private readonly closed = new Emitter<BrokerError | undefined>();
  readonly onClosed = this.closed.event;
  private readonly blocked = new Emitter<string | undefined>();
  readonly onBlocked = this.blocked.event;
  private readonly channels = new Set<AmqplibChannel>();
  private lost: BrokerError | undefined;
  private blockedBy: string | undefined;
  private weClosed = false;
  private isOpen = true;
  private readonly socketGone: Promise<void>;

  constructor(
    private readonly connection: ChannelModel,
    private readonly where: string,
  ) {
    const properties = serverProperties(connection).entries();
    this.server = {
      product: textField(properties, 'product') ?? 'AMQP broker',
      version: textField(properties, 'version') ?? '',
    };
    // Both always: without a listener for 'error' Node ends the process.
    connection.on('error', (error: unknown) => {
      this.lost ??= connectionLost(error, this.where);
    });
    connection.on('close', (error?: unknown) => {
      if (!this.weClosed) this.lost ??= connectionLost(error, this.where);
      this.end();
    });
    connection.on('handler-error', () => undefined);
    connection.on('blocked', (reason) => {
      this.setBlocked(reason);
    });
    connection.on('unblocked', () => {
      this.setBlocked(undefined);
    });
    const socket = socketOf(connection);
    this.socketGone = new Promise((resolve) => {
      socket.once('close', () => {
        resolve();
        // amqplib hears of 'end' and 'error' only, not of a socket that was destroyed.
        if (!this.weClosed) this.lost ??= connectionLost('socket closed', this.where);
        this.end();
      });
    });
  }

  async openChannel(signal?: AbortSignal): Promise<AmqpChannel> {
    throwIfAborted(signal);
    const channel = await this.createChannel();
    if (signal?.aborted) {
      await channel.close();
      throwIfAborted(signal);
    }
    return channel;
  }

  async close(): Promise<void> {
    this.weClosed = true;
    const socket = socketOf(this.connection);
    const cut = setTimeout(() => socket.destroy(), closePatience);
    // Refused when it is closed already; the socket tells either way.
    this.connection.close().catch(() => undefined);
    await this.socketGone;
    clearTimeout(cut);
  }

  private async createChannel(): Promise<AmqplibChannel> {
    try {
      const channel = new AmqplibChannel(await this.connection.createConfirmChannel(), {
        lost: () => this.lost,
      });
      channel.setBlocked(this.blockedBy !== undefined);
      this.channels.add(channel);
      channel.onClosed(() => this.channels.delete(channel));
      return channel;
    } catch (error) {
      throw channelError('Could not open a channel', error, this.lost);
    }
  }

  private setBlocked(reason: string | undefined): void {
    this.blockedBy = reason;
    for (const channel of this.channels) channel.setBlocked(reason !== undefined);
    this.blocked.fire(reason);
  }

  private end(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    for (const channel of this.channels) channel.end();
    this.closed.fire(this.lost);
  }
}
