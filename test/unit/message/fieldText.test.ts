import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { FieldTable, FieldValue } from '../../../src/core/base/fieldValue';
import { deathHistory } from '../../../src/core/message/deathHistory';
import { fieldLines, fieldText } from '../../../src/core/message/fieldText';

const text = (value: string): FieldValue => ({ type: 'longstr', value });

describe('headers as text', () => {
  it('keep their types, with what is inside tables and arrays below them', () => {
    const table: FieldTable = [
      { name: 'n', value: { type: 'long', value: '9007199254740993' } },
      {
        name: 't',
        value: { type: 'table', value: [{ name: 'list', value: { type: 'array', value: [text('a')] } }] },
      },
    ];
    assert.deepEqual(
      fieldLines(table).lines.map((line) => [line.depth, line.name, line.type, line.text]),
      [
        [0, 'n', 'long', '9007199254740993'],
        [0, 't', 'table', '1 field'],
        [1, 'list', 'array', '1 item'],
        [2, '0', 'longstr', 'a'],
      ],
    );
  });

  it('say what a time, a decimal and bytes mean', () => {
    assert.equal(
      fieldText({ type: 'timestamp', value: '1700000000' }),
      '1700000000 (2023-11-14 22:13:20 UTC)',
    );
    assert.equal(fieldText({ type: 'timestamp', value: '18446744073709551615' }), '18446744073709551615');
    assert.equal(fieldText({ type: 'decimal', digits: 2, value: -5 }), '-0.05');
    assert.equal(fieldText({ type: 'longstr', value: Uint8Array.of(255, 0) }), '0xff00');
  });

  it('end somewhere, however many or deep they are', () => {
    let deep: FieldValue = { type: 'void' };
    for (let level = 0; level < 10_000; level++) deep = { type: 'array', value: [deep] };
    assert.equal(fieldLines([{ name: 'deep', value: deep }]).cut, true);
    const wide: FieldTable = Array.from({ length: 5_000 }, (_, index) => ({
      name: String(index),
      value: text(''),
    }));
    assert.equal(fieldLines(wide).lines.length, 1_000);
  });
});

describe('death history', () => {
  it('reads x-death as brokers write it', () => {
    const entry: FieldTable = [
      { name: 'count', value: { type: 'long', value: '2' } },
      { name: 'reason', value: text('rejected') },
      { name: 'queue', value: text('orders.fulfilment') },
      { name: 'time', value: { type: 'timestamp', value: '1700000000' } },
      { name: 'exchange', value: text('orders') },
      { name: 'routing-keys', value: { type: 'array', value: [text('order.created')] } },
    ];
    const headers: FieldTable = [
      {
        name: 'x-death',
        value: { type: 'array', value: [{ type: 'table', value: entry }, text('not an entry')] },
      },
    ];
    assert.deepEqual(deathHistory(headers), [
      {
        queue: 'orders.fulfilment',
        reason: 'rejected',
        count: 2,
        time: '1700000000',
        exchange: 'orders',
        routingKeys: ['order.created'],
      },
    ]);
  });

  it('is empty for anything else under that name', () => {
    assert.deepEqual(deathHistory([{ name: 'x-death', value: text('made up') }]), []);
    assert.deepEqual(deathHistory(undefined), []);
  });
});
