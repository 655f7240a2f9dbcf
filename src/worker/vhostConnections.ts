import { Failure } from '../core/base/failure';
import type { AmqpChannel, AmqpConnection, AmqpPort } from '../core/broker/amqpPort';

/** One connection a virtual host for one purpose, opened when first needed and again after it was lost. */
export class VhostConnections {
  private readonly open = new Map<string, Promise<AmqpConnection>>();
  private closed = false;

  constructor(
    private readonly amqp: AmqpPort,
    private readonly name: string,
  ) {}

  async get(vhost: string): Promise<AmqpConnection> {
    if (this.closed) throw new Failure('closed', 'The connection to this broker was closed.');
    const known = this.open.get(vhost);
    if (known) return known;
    const opening = this.amqp.connect(vhost, this.name);
    const forget = (): void => {
      if (this.open.get(vhost) === opening) this.open.delete(vhost);
    };
    this.open.set(vhost, opening);
    opening.then((connection) => connection.onClosed(forget), forget);
    return opening;
  }

  async close(): Promise<void> {
    this.closed = true;
    const all = [...this.open.values()];
    this.open.clear();
    await Promise.all(
      all.map(async (opening) => {
        const connection = await opening.catch(() => undefined);
        await connection?.close();
      }),
    );
  }
}

/** Work on a channel of its own, because most errors end the channel they happen on. */
export async function onChannel<T>(
  connection: AmqpConnection,
  work: (channel: AmqpChannel) => Promise<T>,
): Promise<T> {
  const channel = await connection.openChannel();
  try {
    return await work(channel);
  } finally {
    await channel.close();
  }
}
