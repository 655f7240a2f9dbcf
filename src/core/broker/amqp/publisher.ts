import type { ConfirmChannel } from 'amqplib';
import { sameBytes } from '../../base/bytes';
import { Failure } from '../../base/failure';
import type { MessageDraft, PublishOutcome } from '../../message/message';
import { BrokerError } from '../brokerError';
import { cleanBrokerText } from '../brokerText';
import { sending } from './amqplibParts';
import type { WireMessage } from './amqplibParts';
import { sentProperties } from './properties';

interface Publish {
  readonly draft: MessageDraft;
  readonly resolve: (outcome: PublishOutcome) => void;
  readonly reject: (error: Failure) => void;
  sentAt: number;
  returned: { code: number; text: string } | undefined;
}

/**
 * Mandatory publishes of one channel and what became of them (DOMAIN 3).
 *
 * basic.return carries no number. It is matched by exchange, key and body, and a publish waits while one with the
 * same three is under way: so it can belong to one only, and the message itself stays as the user wrote it.
 */
export class Publisher {
  private readonly waiting: Publish[] = [];
  private readonly underWay: Publish[] = [];
  private blocked = false;

  constructor(private readonly channel: ConfirmChannel) {
    channel.on('return', (message) => {
      this.onReturn(message as unknown as WireMessage);
    });
  }

  publish(draft: MessageDraft): Promise<PublishOutcome> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ draft, resolve, reject, sentAt: 0, returned: undefined });
      this.pump();
    });
  }

  /** While the broker reads nothing, amqplib would buffer without end. */
  setBlocked(blocked: boolean): void {
    this.blocked = blocked;
    this.pump();
  }

  /**
   * The channel ended. With one publish under way, an error of the channel is the broker's answer to it; with several
   * nobody can know which ones arrived.
   */
  end(error: BrokerError | undefined): void {
    const lost = this.underWay.splice(0);
    const [only] = lost;
    const answer = error?.more.code;
    if (only && lost.length === 1 && error && answer !== undefined && error.reason !== 'closed') {
      only.resolve({
        kind: 'refused',
        by: 'channel',
        code: answer,
        text: cleanBrokerText(error.more.detail ?? error.message),
      });
    } else {
      for (const publish of lost) publish.reject(unknownFate(lost.length, error));
    }
    for (const publish of this.waiting.splice(0)) publish.reject(notSent(error));
  }

  private pump(): void {
    for (let next = this.waiting[0]; next && !this.blocked && !this.twinOf(next); next = this.waiting[0]) {
      this.waiting.shift();
      this.send(next);
    }
  }

  private twinOf(publish: Publish): Publish | undefined {
    return this.underWay.find((other) =>
      sameRoute(other.draft, publish.draft.exchange, publish.draft.routingKey, publish.draft.body),
    );
  }

  private send(publish: Publish): void {
    const { exchange, routingKey, properties, body } = publish.draft;
    try {
      sending(this.channel).sendMessage(
        { exchange, routingKey, mandatory: true, immediate: false },
        sentProperties(properties),
        Buffer.from(body.buffer, body.byteOffset, body.byteLength),
      );
    } catch (error) {
      publish.reject(asBadInput(error));
      return;
    }
    publish.sentAt = performance.now();
    this.underWay.push(publish);
    sending(this.channel).pushConfirmCallback((error) => {
      this.settle(publish, error);
    });
  }

  private settle(publish: Publish, error: Error | null): void {
    const index = this.underWay.indexOf(publish);
    // Also called for everything unconfirmed when the channel closes, which is for `end` to judge.
    if (index < 0 || error?.message === 'channel closed') return;
    this.underWay.splice(index, 1);
    const tookMs = performance.now() - publish.sentAt;
    if (error) {
      publish.resolve({ kind: 'refused', by: 'nack', text: 'A queue refused the message (it may be full).' });
    } else if (publish.returned) publish.resolve({ kind: 'returned', ...publish.returned, tookMs });
    else publish.resolve({ kind: 'routed', tookMs });
    this.pump();
  }

  private onReturn({ fields, content }: WireMessage): void {
    const publish = this.underWay.find((each) =>
      sameRoute(each.draft, fields.exchange, fields.routingKey, content),
    );
    if (publish) publish.returned = { code: fields.replyCode ?? 0, text: fields.replyText ?? '' };
  }
}

function sameRoute(draft: MessageDraft, exchange: string, routingKey: string, body: Uint8Array): boolean {
  return draft.exchange === exchange && draft.routingKey === routingKey && sameBytes(draft.body, body);
}

function unknownFate(count: number, error: BrokerError | undefined): BrokerError {
  const why = error?.message ?? 'The channel was closed.';
  return new BrokerError(error?.reason ?? 'closed', `${why} It is not known whether this message arrived.`, {
    ...(count > 1
      ? { advice: `${String(count)} messages were under way; the broker does not say which one it refused.` }
      : {}),
    ...(error?.more.detail === undefined ? {} : { detail: error.more.detail }),
    ...(error?.more.code === undefined ? {} : { code: error.more.code }),
  });
}

function notSent(error: BrokerError | undefined): BrokerError {
  return new BrokerError('closed', 'The message was not sent: the channel was closed before its turn.', {
    ...(error ? { detail: error.message } : {}),
  });
}

function asBadInput(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof RangeError || thrown instanceof TypeError || thrown instanceof SyntaxError) {
    return new Failure('badInput', `The message cannot be sent: ${text}.`, { detail: text });
  }
  return new BrokerError('closed', 'The message was not sent: the channel is closed.', { detail: text });
}
