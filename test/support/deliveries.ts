import { utf8Bytes } from '../../src/core/base/bytes';
import type { Delivery } from '../../src/core/message/message';

/** A delivery with a text body, everything else as little as possible. */
export function delivery(body: string | Uint8Array, more: Partial<Delivery> = {}): Delivery {
  return {
    deliveryTag: 1,
    redelivered: false,
    exchange: 'orders',
    routingKey: 'order.created',
    properties: {},
    body: typeof body === 'string' ? utf8Bytes(body) : body,
    ...more,
  };
}
