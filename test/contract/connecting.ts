import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Failure } from '../../src/core/base/failure';
import { benchFor, eventually, refuses } from './bench';
import type { ContractBroker } from './bench';

export function connectingContract(under: ContractBroker): void {
  describe('connecting', () => {
    const bench = benchFor(under);

    it('says who answers, and which version', () => {
      const { server } = bench().connection;
      assert.equal(server.product, 'RabbitMQ');
      assert.ok(server.version.startsWith(`${under.series}.`), server.version);
    });

    it('refuses a virtual host that does not exist, naming user and host', async () => {
      const failure = await refuses(
        under.open().amqp.connect('no such host', 'contract'),
        'refused',
        /`guest`.*`no such host`/,
      );
      assert.equal(failure.more.code, 530);
      assert.ok(failure.more.advice);
    });

    it('gives up a connection attempt when asked to', async () => {
      await refuses(under.open().amqp.connect('/', 'contract', AbortSignal.abort()), 'cancelled');
    });

    it('tells of its end without a reason when we closed it, once', async () => {
      const heard: (Failure | undefined)[] = [];
      const connection = await bench().otherConnection();
      connection.onClosed((reason) => heard.push(reason));
      await connection.close();
      await connection.close();
      await eventually(() => heard.length > 0);
      assert.deepEqual(heard, [undefined]);
    });

    it('refuses channels after its end', async () => {
      const connection = await bench().otherConnection();
      await connection.close();
      await refuses(connection.openChannel(), 'closed');
    });

    it('ends the channels with the connection', async () => {
      const connection = await bench().otherConnection();
      const channel = await connection.openChannel();
      let ended = 0;
      channel.onClosed(() => (ended += 1));
      await connection.close();
      await eventually(() => ended === 1);
      await refuses(channel.checkQueue('any'), 'closed');
      await channel.close();
    });

    it('keeps other connections when one breaks the rules', async () => {
      const broken = await bench().otherConnection();
      const stream = await bench().queue('stream');
      const reasons: (Failure | undefined)[] = [];
      broken.onClosed((reason) => reasons.push(reason));
      const channel = await broken.openChannel();
      const failure = await refuses(channel.get(stream), 'unsupported', /basic\.get not supported/);
      assert.equal(failure.more.code, 540);
      await eventually(() => reasons.length > 0);
      assert.equal(reasons[0]?.reason, 'unsupported');
      await bench().channel();
    });
  });
}
