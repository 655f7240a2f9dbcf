import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { longstr } from '../../src/core/base/fieldValue';
import type { FieldEntry, FieldTable, FieldValue } from '../../src/core/base/fieldValue';
import { benchFor } from './bench';
import type { ContractBroker } from './bench';

/** Every field type, at its edges; sorted by name, because RabbitMQ 4.x sorts. */
const everyType: FieldTable = [
  { name: '__proto__', value: longstr('kept') },
  {
    name: 'array',
    value: {
      type: 'array',
      value: [{ type: 'int', value: 1 }, longstr('two'), { type: 'array', value: [] }],
    },
  },
  { name: 'binary text', value: { type: 'longstr', value: Uint8Array.of(0xff, 0x00, 0x80) } },
  { name: 'bool', value: { type: 'bool', value: false } },
  { name: 'byte', value: { type: 'byte', value: -128 } },
  { name: 'bytes', value: { type: 'bytearray', value: Uint8Array.of(0, 1, 255) } },
  { name: 'constructor', value: longstr('') },
  { name: 'decimal', value: { type: 'decimal', digits: 2, value: 12_999 } },
  { name: 'double', value: { type: 'double', value: 0.1 } },
  { name: 'double of a whole', value: { type: 'double', value: 2 } },
  { name: 'float', value: { type: 'float', value: 1.5 } },
  { name: 'int', value: { type: 'int', value: -2_147_483_648 } },
  { name: 'long', value: { type: 'long', value: '9007199254740993' } },
  { name: 'long least', value: { type: 'long', value: '-9223372036854775808' } },
  { name: 'short', value: { type: 'short', value: -32_768 } },
  {
    name: 'table',
    value: { type: 'table', value: [{ name: 'inner', value: { type: 'table', value: [] } }] },
  },
  { name: 'text', value: longstr('\ufeffGrüße, 注文 🚚') },
  { name: 'timestamp', value: { type: 'timestamp', value: '18446744073709551615' } },
  { name: 'unsigned byte', value: { type: 'unsignedbyte', value: 255 } },
  { name: 'unsigned int', value: { type: 'unsignedint', value: 4_294_967_295 } },
  { name: 'unsigned short', value: { type: 'unsignedshort', value: 65_535 } },
  { name: 'void', value: { type: 'void' } },
];

/** The same once more inside a list inside a table; the name sorts last. */
const nested: FieldTable = [
  ...everyType,
  {
    name: 'within',
    value: {
      type: 'table',
      value: [{ name: 'list', value: { type: 'array', value: [{ type: 'table', value: everyType }] } }],
    },
  },
];

export function headersContract(under: ContractBroker): void {
  describe('headers', () => {
    const bench = benchFor(under);

    for (const type of ['classic', 'quorum'] as const) {
      it(`of every type, nested too, come back from a ${type} queue as they were`, async () => {
        const queue = await bench().queue(type);
        await bench().publish('', queue, '', { headers: nested });
        const [message] = await bench().hold(await bench().channel(), queue, 1);
        assert.deepEqual(message?.properties.headers, nested);
      });
    }

    it('lose arrays and tables in a stream, and on 4.x the difference between bytes and text', async () => {
      const queue = await bench().queue('stream');
      const sent = everyType.filter((entry) => entry.value.type !== 'decimal');
      await bench().publish('', queue, '', { headers: sent });
      const first = [{ name: 'x-stream-offset', value: longstr('first') }];
      const [message] = await bench().hold(await bench().channel(), queue, 1, { arguments: first });
      const text: FieldEntry = { name: 'bytes', value: { type: 'longstr', value: Uint8Array.of(0, 1, 255) } };
      assert.deepEqual(
        message?.properties.headers?.filter((entry) => entry.name !== 'x-stream-offset'),
        sent
          .filter(({ value }) => value.type !== 'array' && value.type !== 'table')
          .map((entry) => (entry.name === 'bytes' && under.series !== '3.10' ? text : entry)),
      );
    });

    it('with a decimal close the connection of who publishes to a stream', async () => {
      const queue = await bench().queue('stream');
      const channel = await (await bench().otherConnection()).openChannel();
      const headers: FieldTable = [{ name: 'd', value: { type: 'decimal', digits: 2, value: 1 } }];
      const outcome = await channel.publish({
        exchange: '',
        routingKey: queue,
        properties: { headers },
        body: new Uint8Array(1),
      });
      assert.ok(outcome.kind === 'refused' && outcome.code === 541, JSON.stringify(outcome));
    });

    it('given twice come back twice from 3.x and once from 4.x', async () => {
      const queue = await bench().queue('classic');
      const twice = [
        { name: 'k', value: longstr('1') },
        { name: 'k', value: longstr('2') },
      ];
      await bench().publish('', queue, '', { headers: twice });
      const [message] = await bench().drain(queue, 1);
      assert.deepEqual(message?.properties.headers, under.series === '3.10' ? twice : twice.slice(0, 1));
    });

    const one: readonly (readonly [string, FieldValue])[] = [
      ['int', { type: 'int', value: 1 }],
      ['long', { type: 'long', value: '1' }],
      ['byte', { type: 'byte', value: 1 }],
      ['double', { type: 'double', value: 1 }],
      ['timestamp', { type: 'timestamp', value: '1' }],
      ['text', longstr('1')],
      ['bytes', { type: 'bytearray', value: Uint8Array.of(0x31) }],
      ['bool', { type: 'bool', value: true }],
      ['array', { type: 'array', value: [{ type: 'int', value: 1 }] }],
      ['void', { type: 'void' }],
    ];
    const numbers = under.series === '3.10' ? 'int long byte double timestamp' : 'int long byte';
    const matches: Readonly<Record<string, string>> = {
      int: numbers,
      long: numbers,
      byte: numbers,
      double: under.series === '3.10' ? numbers : 'double',
      timestamp: numbers,
      text: 'text bytes',
      bytes: 'text bytes',
      bool: 'bool',
      array: 'array',
      void: one.map(([name]) => name).join(' '),
    };
    for (const [name, value] of one) {
      it(`bound as ${name} 1 match ${matches[name] ?? ''}`, async () => {
        const exchange = await bench().exchange('headers');
        const queue = await bench().queue('classic');
        await bench().bind(exchange, queue, '', [{ name: 'k', value }]);
        const reached: string[] = [];
        for (const [sent, header] of one) {
          const outcome = await bench().publish(exchange, '', '', {
            headers: [{ name: 'k', value: header }],
          });
          if (outcome.kind === 'routed') reached.push(sent);
        }
        assert.equal(reached.join(' '), matches[name]);
      });
    }
  });
}
