import type { MessageRow } from '../../../src/core/message/row';
import type { ScriptedDetail } from './script';

const regions = ['eu', 'us', 'apac'] as const;
const noon = Date.UTC(2025, 5, 2, 12, 4, 5, 120);

/** Orders of the demo shop, the same for the same number. */
export function madeUpRow(seq: number): MessageRow {
  return {
    kind: 'message',
    place: seq,
    seq,
    receivedAt: noon + seq * 7,
    exchange: 'orders',
    routingKey: `order.created.${regions[seq % 3] ?? 'eu'}`,
    size: 500 + ((seq * 37) % 1500),
    contentType: 'application/json',
    redelivered: seq % 11 === 0,
    persistent: seq % 2 === 0,
    deadLettered: seq % 50 === 0,
    sentByYou: false,
    preview: orderText(seq),
  };
}

export function madeUpDetail(seq: number): ScriptedDetail {
  const row = madeUpRow(seq);
  return {
    seq,
    receivedAt: row.receivedAt,
    exchange: row.exchange,
    routingKey: row.routingKey,
    redelivered: row.redelivered,
    sentByYou: false,
    properties: {
      contentType: 'application/json',
      deliveryMode: row.persistent ? 2 : 1,
      messageId: `m-${seq}`,
      timestamp: '1748865845',
      headers: [
        { name: 'x-tenant', value: { type: 'longstr', value: 'acme' } },
        { name: 'x-trace', value: { type: 'long', value: '9007199254740993' } },
      ],
    },
    bodyText: orderText(seq),
  };
}

function orderText(seq: number): string {
  const customer = { id: 1000 + (seq % 77), name: 'Ada Lovelace', city: 'London' };
  return JSON.stringify({
    id: `a${seq}`,
    total: 129.9,
    currency: 'EUR',
    customer,
    items: [{ sku: 'kettle', count: 1 }],
  });
}
