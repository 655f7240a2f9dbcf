import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'mocha';
import { isFree } from '../lab/ports';
import { stillRunning } from '../lab/processes';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { allSeries } from '../lab/rabbitmqInstall';
import { speaksAmqp } from '../lab/ready';

interface Overview {
  readonly rabbitmq_version: string;
}

describe('the lab', () => {
  for (const series of allSeries) {
    it(`starts RabbitMQ ${series}, starts it again on its data, and gives everything back`, async () => {
      const node = await startRabbit({ series });
      try {
        console.log(`          RabbitMQ ${node.version} for ${series}`);
        const overview = await node.api<Overview>('GET', '/api/overview');
        assert.equal(overview.rabbitmq_version, node.version);
        assert.ok(
          node.version.startsWith(`${series}.`) || (series === '4.3' && isAtLeast(node.version, 4, 3)),
          node.version,
        );
        await node.api('PUT', '/api/queues/%2F/kept', { durable: true });
        // A kill may come before 3.10 has written the queue down, so its data is what an orderly end leaves.
        await node.shutDown();
        await node.start();
        assert.equal((await node.api<{ name: string }>('GET', '/api/queues/%2F/kept')).name, 'kept');
        await node.kill();
        assert.ok(await isFree(node.amqpPort), 'nothing listens after a kill');
      } finally {
        await node.stop();
      }
      await assertGivenBack(node);
    });
  }

  it('runs two nodes at once, one of them without management and one with TLS', async () => {
    const [bare, secure] = await Promise.all([
      startRabbit({ series: '4.0', plugins: 'none' }),
      startRabbit({ series: '4.3', tls: true }),
    ]);
    try {
      assert.equal(bare.managementUrl, undefined);
      assert.ok(await speaksAmqp(bare.amqpPort));
      assert.ok(await speaksAmqp(secure.amqpPort));
      assert.ok(secure.tlsPort !== undefined && secure.caFile !== undefined && existsSync(secure.caFile));
    } finally {
      await Promise.all([bare.stop(), secure.stop()]);
    }
    await assertGivenBack(bare);
    await assertGivenBack(secure);
    assert.deepEqual(stillRunning(), []);
  });
});

async function assertGivenBack(node: RabbitNode): Promise<void> {
  assert.ok(await isFree(node.amqpPort), 'the port is free');
  assert.ok(!existsSync(node.logFolder), 'the folder is gone');
}

function isAtLeast(version: string, wantedMajor: number, wantedMinor: number): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
