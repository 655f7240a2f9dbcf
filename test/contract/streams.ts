import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { integerField, longstr } from '../../src/core/base/fieldValue';
import type { FieldTable, FieldValue } from '../../src/core/base/fieldValue';
import { benchFor, bodies, eventually, refuses } from './bench';
import type { ContractBroker } from './bench';

const at = (value: FieldValue): FieldTable => [{ name: 'x-stream-offset', value }];

export function streamContract(under: ContractBroker): void {
  describe('streams', () => {
    const bench = benchFor(under);
    const stream = async (count: number): Promise<string> => {
      const name = await bench().queue('stream');
      await bench().fill(name, count);
      return name;
    };

    const beginnings: readonly (readonly [string, FieldValue, string])[] = [
      ['first', longstr('first'), '0 1 2 3 4'],
      ['last', longstr('last'), '4'],
      ['offset 2', { type: 'int', value: 2 }, '2 3 4'],
      ['offset 3 as a long', { type: 'long', value: '3' }, '3 4'],
      ['a time long ago', { type: 'timestamp', value: '0' }, '0 1 2 3 4'],
      ['an hour ago', longstr('1h'), '0 1 2 3 4'],
    ];
    for (const [what, offset, expected] of beginnings) {
      it(`are read from ${what}`, async () => {
        const queue = await stream(5);
        const count = expected.split(' ').length;
        const channel = await bench().channel();
        const read = await bench().hold(channel, queue, count, { arguments: at(offset) });
        assert.equal(bodies(read), expected);
        assert.deepEqual(
          read.map((each) => integerField(each.properties.headers, 'x-stream-offset')),
          expected.split(' ').map(Number),
        );
      });
    }

    it('are read from what comes next when nothing is said, by as many as want to', async () => {
      const queue = await stream(3);
      const channel = await bench().channel();
      await channel.prefetch(10);
      const [first, second]: [string[], string[]] = [[], []];
      for (const read of [first, second]) {
        await channel.consume(
          queue,
          { noAck: false },
          (each) => read.push(bodies([each])),
          () => undefined,
        );
      }
      await channel.checkQueue(queue);
      await new Promise((resolve) => setTimeout(resolve, 50));
      await bench().publish('', queue, 'new');
      await eventually(() => first.length > 0 && second.length > 0);
      assert.deepEqual([first, second], [['new'], ['new']]);
    });

    it('give no more than the prefetch until something is acknowledged', async () => {
      const queue = await stream(4);
      const channel = await bench().channel();
      await channel.prefetch(2);
      const read: string[] = [];
      await channel.consume(
        queue,
        { noAck: false, arguments: at(longstr('first')) },
        (each) => read.push(bodies([each])),
        () => undefined,
      );
      await eventually(() => read.length === 2);
      await channel.checkQueue(queue);
      assert.equal(read.length, 2);
      channel.ack(1);
      await eventually(() => read.length === 3);
      assert.deepEqual(read, ['0', '1', '2']);
    });

    it('are as they were after somebody read them and went', async () => {
      const queue = await stream(3);
      for (let times = 0; times < 2; times += 1) {
        const channel = await bench().channel();
        const read = await bench().hold(channel, queue, 3, { arguments: at(longstr('first')) });
        assert.equal(bodies(read), '0 1 2');
        await channel.close();
      }
    });

    it('refuse a consumer without acknowledgements or without prefetch', async () => {
      const queue = await stream(0);
      const other = await (await bench().otherConnection()).openChannel();
      await other.prefetch(5);
      const consume = (noAck: boolean, channel = other): Promise<string> =>
        channel.consume(
          queue,
          { noAck },
          () => undefined,
          () => undefined,
        );
      await refuses(consume(true), 'unsupported', /automatic acknowledgement/);
      await refuses(consume(false, await bench().channel()), 'precondition', /prefetch/);
    });

    it('refuse an offset that makes no sense, and offsets are for them alone', async () => {
      const queue = await stream(0);
      const consume = async (from: string): Promise<string> => {
        const channel = await (await bench().otherConnection()).openChannel();
        await channel.prefetch(5);
        return channel.consume(
          from,
          { noAck: false, arguments: at(longstr('soon')) },
          () => undefined,
          () => undefined,
        );
      };
      // 541 before 4.3, which closes the connection.
      await refuses(consume(queue), under.series === '4.3' ? 'precondition' : 'refused');
      await refuses(consume(await bench().queue('classic')), 'precondition', /x-stream-offset/);
    });
  });
}
