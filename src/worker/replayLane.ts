import type { Clock } from '../core/base/clock';
import { asFailure } from '../core/base/failure';
import { field } from '../core/base/fieldValue';
import type { AmqpChannel, AmqpConnection } from '../core/broker/amqpPort';
import type { MessageDraft, PublishOutcome } from '../core/message/message';

/** Under way at once: enough to hide the way to the broker and back, few enough to lose track of. */
const mostUnderWay = 100;
const mostBytesUnderWay = 16 * 1024 * 1024;
/** How long a replay that ends waits for the last answers. */
const lastAnswersMs = 2_000;
/** RabbitMQ's code for an exchange that does not exist. */
const notFound = 404;

/** What became of one message; `unknown`: it was under way when its channel was lost. */
export type Fate = PublishOutcome | { readonly kind: 'unknown'; readonly text: string };

/**
 * Publishes many messages in order, a bounded number of them at a time. When a broker closes a channel over one
 * message, it does not say over which of those under way (DOMAIN 3): a message that gives a reason to expect that
 * travels alone, so that the refusal is its own.
 */
export class ReplayLane {
  private channel: Promise<AmqpChannel> | undefined;
  private underWay = 0;
  private bytesUnderWay = 0;
  private wake: (() => void) | undefined;
  /** Exchanges that took a message, and those that are not there. */
  private readonly proven = new Set<string>();
  private readonly missing = new Map<string, Extract<Fate, { kind: 'refused' }>>();

  /** `user` is who is logged in. Once the signal aborts, nothing more is sent and nothing is waited for. */
  constructor(
    private readonly connection: AmqpConnection,
    private readonly user: string,
    private readonly clock: Clock,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => this.wake?.(), { once: true });
  }

  /** Resolves when the message is on its way; `settled` hears what became of it. Rejects without a connection. */
  async send(draft: MessageDraft, settled: (fate: Fate) => void): Promise<void> {
    const known = this.missing.get(draft.exchange);
    if (known) {
      settled(known);
      return;
    }
    const alone = !this.proven.has(draft.exchange) || this.isRisky(draft);
    if (alone) await this.drained();
    else await this.room(draft.body.length);
    if (this.signal.aborted) return;
    const channel = await this.open();
    void this.publish(channel, draft, settled);
    if (alone) await this.drained();
  }

  /** Waits for the answers to what is under way; where none come, for a moment only. Then closes the channel. */
  async close(): Promise<void> {
    const over = new AbortController();
    const patience = this.clock.after(lastAnswersMs, () => {
      over.abort();
      this.wake?.();
    });
    while (this.underWay > 0 && !over.signal.aborted) await this.change();
    patience.dispose();
    const channel = await this.channel?.catch(() => undefined);
    await channel?.close();
  }

  private isRisky({ properties, body }: MessageDraft): boolean {
    const { userId, expiration, headers, replyTo } = properties;
    return (
      (userId !== undefined && userId !== this.user) ||
      (expiration !== undefined && !/^\d+$/.test(expiration)) ||
      replyTo === 'amq.rabbitmq.reply-to' ||
      (field(headers, 'CC') ?? field(headers, 'BCC')) !== undefined ||
      body.length >= mostBytesUnderWay
    );
  }

  private async drained(): Promise<void> {
    while (this.underWay > 0 && !this.signal.aborted) await this.change();
  }

  private async room(bytes: number): Promise<void> {
    const isFull = (): boolean =>
      this.underWay >= mostUnderWay || (this.underWay > 0 && this.bytesUnderWay + bytes > mostBytesUnderWay);
    while (isFull() && !this.signal.aborted) await this.change();
  }

  /** Only one caller waits at a time: messages are sent one after another. */
  private change(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve));
  }

  private open(): Promise<AmqpChannel> {
    if (this.channel) return this.channel;
    const opening = this.connection.openChannel();
    const forget = (): void => {
      if (this.channel === opening) this.channel = undefined;
    };
    this.channel = opening;
    opening.then((channel) => channel.onClosed(forget), forget);
    return opening;
  }

  private async publish(
    channel: AmqpChannel,
    draft: MessageDraft,
    settled: (fate: Fate) => void,
  ): Promise<void> {
    this.underWay++;
    this.bytesUnderWay += draft.body.length;
    const fate = await fateOf(channel, draft);
    this.underWay--;
    this.bytesUnderWay -= draft.body.length;
    if (fate.kind === 'routed' || fate.kind === 'returned') this.proven.add(draft.exchange);
    if (fate.kind === 'refused' && fate.code === notFound) this.missing.set(draft.exchange, fate);
    settled(fate);
    this.wake?.();
  }
}

async function fateOf(channel: AmqpChannel, draft: MessageDraft): Promise<Fate> {
  try {
    return await channel.publish(draft);
  } catch (thrown) {
    const { reason, message } = asFailure(thrown);
    // What cannot be said on the wire never left.
    return reason === 'badInput'
      ? { kind: 'refused', by: 'channel', text: message }
      : { kind: 'unknown', text: message };
  }
}
