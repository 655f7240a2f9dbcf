import { gzipSync } from 'node:zlib';
import { utf8Bytes } from '../../base/bytes';
import type { FieldTable } from '../../base/fieldValue';
import { longstr } from '../../base/fieldValue';
import type { MessageDraft, MessageProperties } from '../../message/message';
import { messagePack } from './messagePack';
import type { Packable } from './messagePack';
import { SeededRandom } from './seededRandom';

const tenants = ['acme', 'globex', 'initech', 'umbrella'] as const;
const regions = ['eu', 'us', 'apac'] as const;
const articles = [
  'Desk lamp',
  'Kettle 1.7 l',
  'Wool blanket',
  'Bicycle bell',
  'Notebook A5',
  'Screwdriver set',
] as const;
const cities = ['Lisboa', 'Köln', 'Zürich', 'São Paulo', 'Portland', 'Ōsaka'] as const;

/** The header that tells the shop's own consumer to reject an order: its retries are used up. */
export const retriesUsedUp = 3;

/** What the shop publishes, one message after the other; one order in fifty is bound to be rejected. */
export class ShopMessages {
  private readonly random: SeededRandom;
  private count = 0;
  private orders = 0;

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
  }

  /** `now` is in milliseconds since the epoch. */
  next(now: number): MessageDraft {
    this.count += 1;
    const kind = this.random.below(100);
    if (kind < 60) return this.order(now);
    if (kind < 80) return this.payment(now);
    return kind < 92 ? this.notification(now) : this.document(now);
  }

  private order(now: number): MessageDraft {
    this.orders += 1;
    const event = this.random.pick(['created', 'created', 'created', 'changed', 'paid', 'cancelled']);
    const region = this.random.pick(regions);
    const retries = this.orders % 50 === 0 ? retriesUsedUp : this.random.below(20) === 0 ? 1 : 0;
    const { body, contentType, contentEncoding } = this.encoded(this.orderBody(event, region, now));
    return {
      exchange: 'orders',
      routingKey: `order.${event}.${region}`,
      properties: {
        ...this.properties(now, `order.${event}`, contentType),
        ...(contentEncoding === undefined ? {} : { contentEncoding }),
        headers: this.headers({ name: 'x-retry-count', value: { type: 'int', value: retries } }),
      },
      body,
    };
  }

  private orderBody(event: string, region: string, now: number): Packable {
    const lines = Array.from({ length: 3 + this.random.below(10) }, () => {
      const quantity = 1 + this.random.below(4);
      const cents = 199 + this.random.below(9_800);
      return { sku: this.random.hex(8), article: this.random.pick(articles), quantity, price: cents / 100 };
    });
    const total = lines.reduce((sum, line) => sum + Math.round(line.price * 100) * line.quantity, 0) / 100;
    return {
      id: `o-${this.random.hex(6)}`,
      event,
      region,
      total,
      currency: region === 'eu' ? 'EUR' : 'USD',
      placedAt: new Date(now).toISOString(),
      customer: {
        id: this.random.hex(8),
        city: this.random.pick(cities),
        newsletter: this.random.below(3) === 0,
      },
      shipping: {
        method: this.random.pick(['standard', 'express', 'pick-up']),
        street: `${String(1 + this.random.below(180))} Harbour Street`,
        instructions: 'Leave with a neighbour if nobody answers the door.',
        window: { from: '09:00', to: '17:00' },
      },
      lines,
    };
  }

  /** A few compressed, a few MessagePack, the rest JSON. */
  private encoded(order: Packable): { body: Uint8Array; contentType: string; contentEncoding?: string } {
    const form = this.random.below(40);
    if (form < 2) return { body: messagePack(order), contentType: 'application/msgpack' };
    const json = utf8Bytes(JSON.stringify(order));
    if (form < 5) return { body: gzipSync(json), contentType: 'application/json', contentEncoding: 'gzip' };
    return { body: json, contentType: 'application/json' };
  }

  private payment(now: number): MessageDraft {
    const region = this.random.pick(['eu', 'us']);
    const payment = {
      id: `p-${this.random.hex(6)}`,
      order: `o-${this.random.hex(6)}`,
      amount: (500 + this.random.below(50_000)) / 100,
      method: this.random.pick(['card', 'transfer', 'wallet']),
      reference: this.random.hex(420),
    };
    return {
      exchange: 'payments',
      routingKey: `payment.${region}`,
      properties: { ...this.properties(now, 'payment.settled', 'application/json'), headers: this.headers() },
      body: utf8Bytes(JSON.stringify(payment)),
    };
  }

  private notification(now: number): MessageDraft {
    const text = `Your order o-${this.random.hex(6)} is on its way to ${this.random.pick(cities)}.`;
    return {
      exchange: 'notifications',
      routingKey: '',
      properties: {
        ...this.properties(now, 'notification', 'text/plain; charset=utf-8'),
        headers: this.headers(),
      },
      body: utf8Bytes(text),
    };
  }

  private document(now: number): MessageDraft {
    const bytes = Uint8Array.from({ length: 600 + this.random.below(900) }, () => this.random.below(256));
    bytes.set(utf8Bytes('%PDF-1.7\n'));
    return {
      exchange: 'documents',
      routingKey: '',
      properties: {
        ...this.properties(now, 'invoice', 'application/pdf'),
        headers: this.headers({ name: 'format', value: longstr('pdf') }),
      },
      body: bytes,
    };
  }

  private properties(now: number, type: string, contentType: string): MessageProperties {
    return {
      contentType,
      type,
      deliveryMode: 2,
      messageId: `shop-${String(this.count)}`,
      timestamp: String(Math.floor(now / 1_000)),
      appId: 'shop',
    };
  }

  private headers(...more: FieldTable): FieldTable {
    return [
      { name: 'x-tenant', value: longstr(this.random.pick(tenants)) },
      { name: 'x-trace-id', value: longstr(this.random.hex(32)) },
      ...more,
    ];
  }
}
