import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'mocha';
import { utf8Bytes } from '../../src/core/base/bytes';
import { Failure } from '../../src/core/base/failure';
import { emptyTable } from '../../src/core/base/fieldValue';
import type { NetworkSettings } from '../../src/core/broker/broker';
import { openBroker } from '../../src/core/broker/openBroker';
import type { Profile } from '../../src/core/broker/profile';
import { eventually, refuses } from '../contract/bench';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { plainNetwork, profileOf } from '../lab/profileOf';

describe('what goes wrong with a real broker', () => {
  let secure: RabbitNode | undefined;
  let bare: RabbitNode | undefined;
  before(async () => {
    [secure, bare] = await Promise.all([
      startRabbit({ series: '4.3', tls: true }),
      startRabbit({ series: '3.10', plugins: 'none' }),
    ]);
  });
  after(async () => {
    await Promise.all([secure?.stop(), bare?.stop()]);
  });

  const node = (): RabbitNode => {
    assert.ok(secure);
    return secure;
  };
  const connect = async (
    more: Partial<Profile>,
    password = 'guest',
    network: NetworkSettings = plainNetwork,
  ): Promise<string> => {
    const [profile] = profileOf(node(), more);
    const broker = openBroker(profile, { password }, network);
    try {
      const connection = await broker.amqp.connect(profile.vhost, 'faults');
      const { product } = connection.server;
      await connection.close();
      return product;
    } finally {
      broker.dispose();
    }
  };
  const authority = (): NetworkSettings => ({
    ...plainNetwork,
    certificateAuthorities: [readFileSync(node().caFile ?? '', 'utf8')],
  });
  const tls = (): Partial<Profile> => ({ tls: true, port: node().tlsPort ?? 0 });

  it('a wrong password, without repeating it', async () => {
    const failure = await refuses(connect({}, 'open sesame'), 'auth', /refused user `guest` or the password/);
    assert.doesNotMatch(JSON.stringify([failure.message, failure.more]), /sesame/);
  });

  it('a virtual host that does not exist, or that the user may not enter', async () => {
    await refuses(connect({ vhost: 'nowhere/at all' }), 'refused', /`nowhere\/at all` \(530\)/);
    await node().api('PUT', '/api/vhosts/closed', {});
    await node().api('DELETE', '/api/permissions/closed/guest');
    await refuses(connect({ vhost: 'closed' }), 'refused', /`closed` \(530\)/);
  });

  it('TLS to the plain port, and plain AMQP to the TLS port', async () => {
    await refuses(connect({ tls: true }), 'tls', /does not speak TLS/);
    const failure = await refuses(connect({ port: node().tlsPort ?? 0 }), 'closed', /closed the connection/);
    assert.match(failure.more.advice ?? '', /TLS/);
  });

  it('a certificate nobody here knows; with its authority everything works, management too', async () => {
    await refuses(connect(tls()), 'tls', /authority known here/);
    assert.equal(await connect(tls(), 'guest', authority()), 'RabbitMQ');
    const url = node().managementTlsUrl ?? '';
    const [profile, secrets] = profileOf(node(), { ...tls(), managementUrl: url });
    const broker = openBroker(profile, secrets, authority());
    assert.equal((await broker.management?.overview())?.product, 'RabbitMQ');
    broker.dispose();
    const strict = openBroker(profile, secrets, plainNetwork);
    await refuses(strict.management?.overview() ?? Promise.resolve(), 'tls', /authority known here/);
    strict.dispose();
  });

  it('the management port instead of the AMQP port, and the other way round', async () => {
    const port = Number(new URL(node().managementUrl ?? '').port);
    const failure = await connect({ port }).catch((error: unknown) => error);
    assert.ok(failure instanceof Failure && ['closed', 'protocol'].includes(failure.reason));
    const broker = openBroker(
      ...profileOf(node(), { managementUrl: `http://127.0.0.1:${String(node().amqpPort)}` }),
    );
    await refuses(broker.management?.overview() ?? Promise.resolve(), 'protocol', /does not speak HTTP/);
    broker.dispose();
  });

  it('nobody listening', async () => {
    await refuses(connect({ port: 1 }), 'closed', /nothing accepts connections/);
  });

  it('no management plugin: AMQP works, management says what is missing', async () => {
    assert.ok(bare);
    const nobody = `http://127.0.0.1:${String(bare.streamPort ?? 1)}`;
    const broker = openBroker(...profileOf(bare, { managementUrl: nobody }));
    const connection = await broker.amqp.connect('/', 'faults');
    await (await connection.openChannel()).checkExchange('amq.topic');
    const failure = await refuses(broker.management?.overview() ?? Promise.resolve(), 'closed');
    assert.match(failure.more.advice ?? '', /management API listens/);
    await connection.close();
    broker.dispose();
    const without = openBroker(...profileOf(bare));
    assert.equal(without.management, undefined);
    without.dispose();
  });

  it('a user without the management tag, one with an odd password, and one with few rights', async () => {
    const odd = 'pä%ss:w/ör?d#🚚';
    await node().api('PUT', '/api/users/plain', { password: odd, tags: '' });
    await node().api('PUT', '/api/permissions/%2F/plain', { configure: '^mine', write: '', read: '.*' });
    assert.equal(await connect({ user: 'plain' }, odd), 'RabbitMQ');
    const [profile, , network] = profileOf(node(), { user: 'plain' });
    const untagged = openBroker(profile, { password: odd }, network);
    const refusal = await refuses(
      untagged.management?.overview() ?? Promise.resolve(),
      'refused',
      /`management` tag/,
    );
    assert.equal(refusal.more.code, 401);
    const channel = await (await untagged.amqp.connect('/', 'faults')).openChannel();
    const draft = { exchange: 'amq.topic', routingKey: 'k', properties: {}, body: utf8Bytes('') };
    const outcome = await channel.publish(draft);
    assert.ok(outcome.kind === 'refused' && outcome.code === 403 && outcome.text.includes("user 'plain'"));
    untagged.dispose();
    const wrong = openBroker(profile, { password: 'wrong' }, network);
    await refuses(wrong.management?.overview() ?? Promise.resolve(), 'auth', /user or the password/);
    wrong.dispose();
  });

  it('a broker that is stopped, and one that is killed, while we are connected', async () => {
    for (const end of ['shutDown', 'kill'] as const) {
      const broker = openBroker(...profileOf(node()));
      const connection = await broker.amqp.connect('/', 'faults');
      const reasons: (Failure | undefined)[] = [];
      connection.onClosed((reason) => reasons.push(reason));
      const channel = await connection.openChannel();
      let channelEnded = 0;
      channel.onClosed(() => (channelEnded += 1));
      const name = `faults ${end}`;
      await channel.declareQueue(name, {
        durable: false,
        exclusive: true,
        autoDelete: true,
        arguments: emptyTable,
      });
      await channel.consume(
        name,
        { noAck: true },
        () => undefined,
        () => undefined,
      );
      await node()[end]();
      await eventually(() => reasons.length > 0 && channelEnded > 0);
      assert.deepEqual([reasons.length, channelEnded], [1, 1]);
      assert.equal(reasons[0]?.reason, 'closed');
      // A broker that is stopped says so first; a killed one says nothing.
      const said =
        end === 'shutDown' ? /^The broker at \S+ is shutting down \(320\)/ : /connection to 127\.0\.0\.1:\d+/;
      assert.match(reasons[0].message, said);
      await refuses(channel.checkQueue(name), 'closed');
      await refuses(connection.openChannel(), 'closed');
      await refuses(broker.amqp.connect('/', 'faults'), 'closed', /nothing accepts connections/);
      await refuses(broker.management?.overview() ?? Promise.resolve(), 'closed');
      await connection.close();
      await node().start();
      const again = await broker.amqp.connect('/', 'faults');
      assert.equal((await broker.management?.overview())?.product, 'RabbitMQ');
      await again.close();
      broker.dispose();
    }
  });

  it('an alarm: publishes wait, the reason is told, and closing says what was not sent', async () => {
    const short = await startRabbit({ series: '4.0', extraConf: 'disk_free_limit.absolute = 900TB' });
    const broker = openBroker(...profileOf(short));
    try {
      const connection = await broker.amqp.connect('/', 'faults');
      const heard: (string | undefined)[] = [];
      connection.onBlocked((reason) => heard.push(reason));
      const channel = await connection.openChannel();
      const publish = (): Promise<unknown> =>
        channel.publish({ exchange: 'amq.topic', routingKey: 'k', properties: {}, body: utf8Bytes('x') });
      const fates = [publish()];
      await eventually(() => heard.length > 0);
      assert.match(heard[0] ?? '', /disk/);
      fates.push(publish());
      const settled = Promise.allSettled(fates);
      await connection.close();
      const words = (await settled).map((fate) =>
        fate.status === 'rejected' ? String(fate.reason) : fate.status,
      );
      assert.match(words[0] ?? '', /not known whether this message arrived/);
      assert.match(words[1] ?? '', /was not sent/);
    } finally {
      broker.dispose();
      await short.stop();
    }
  });
});
