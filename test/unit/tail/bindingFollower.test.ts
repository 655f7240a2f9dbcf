import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { BrokerError } from '../../../src/core/broker/brokerError';
import type { WantedMirrors } from '../../../src/core/tail/bindingFollower';
import { openMirrorTap } from '../../../src/core/tail/mirrorTap';
import type { MirrorPlan } from '../../../src/core/tail/tailPlan';
import { tailStage } from '../../support/tailStage';

const banner = { sees: 'by 1 binding', misses: '', promise: '', alternatives: [] };

function mirror(routingKey: string) {
  return { source: 'orders', routingKey, arguments: [] };
}

async function running() {
  const plan: MirrorPlan = { kind: 'mirror', banner, bindings: [mirror('a')] };
  let wanted: WantedMirrors | BrokerError = { exists: true, bindings: [mirror('a')], skipped: [] };
  const read = (): Promise<WantedMirrors> =>
    wanted instanceof BrokerError ? Promise.reject(wanted) : Promise.resolve(wanted);
  const stage = tailStage(
    () => Promise.resolve(plan),
    ({ amqp, clock }) =>
      (made, sink, signal) =>
        openMirrorTap(
          {
            amqp,
            clock,
            vhost: '/',
            connectionName: 'test',
            queueName: () => 'tap',
            follow: { queue: 'invoices', read },
          },
          made as MirrorPlan,
          sink,
          signal,
        ),
  );
  stage.session.start();
  await stage.clock.pass(0);
  stage.amqp.calls.length = 0;
  return {
    ...stage,
    now: async (next: Partial<WantedMirrors> | BrokerError) => {
      wanted =
        next instanceof BrokerError ? next : { exists: true, bindings: [mirror('a')], skipped: [], ...next };
      await stage.clock.pass(5_000);
    },
    /** What was asked of the broker beside the look at the tap every second. */
    asked: () => stage.amqp.calls.filter((call) => call !== 'check tap'),
  };
}

describe('a mirror tap while it runs', () => {
  it('asks nothing of the broker while the bindings stay the same', async () => {
    const { now, asked, seen, session } = await running();
    await now({});
    await now({});
    assert.deepEqual([asked(), seen.notes], [[], []]);
    await session.stop();
  });

  it('takes over a binding that is added, and lets go of one that is removed, each with a row', async () => {
    const { now, asked, seen, session } = await running();
    await now({ bindings: [mirror('a'), mirror('b')] });
    assert.deepEqual(asked(), ['bind orders b']);
    assert.match(
      seen.notes[0] ?? '',
      /^From \d\d:\d\d:\d\d also sees orders with key b: this binding was added to the queue\.$/,
    );
    assert.match(seen.banner?.sees ?? '', /by 2 bindings/);
    await now({ bindings: [mirror('b')] });
    assert.deepEqual(asked(), ['bind orders b', 'unbind orders a']);
    assert.match(seen.notes[1] ?? '', /no longer sees orders with key a: this binding was removed/);
    await session.stop();
    assert.deepEqual(asked().slice(2), ['unbind orders b', 'delete tap', 'close connection']);
  });

  it('tells bindings apart by their arguments', async () => {
    const { now, asked, session } = await running();
    const typed = (type: 'int' | 'short', value: number) => ({
      ...mirror(''),
      arguments: [{ name: 'v', value: { type, value } }],
    });
    await now({ bindings: [mirror('a'), typed('int', 1), typed('int', 2)] });
    assert.equal(asked().length, 2);
    await session.stop();
  });

  it('says once that the broker refuses a new binding, and goes on with the others', async () => {
    const { amqp, now, seen, session, last } = await running();
    amqp.answer = (call) => {
      if (call === 'bind orders secret') throw new BrokerError('refused', 'No right (403).', { code: 403 });
    };
    const bindings = [mirror('a'), mirror('secret'), mirror('c')];
    await now({ bindings });
    await now({ bindings });
    assert.equal(seen.notes.filter((note) => note.includes('No right (403)')).length, 1);
    assert.ok(seen.notes.some((note) => note.includes('key c')));
    assert.equal(last()?.kind, 'running');
    await session.stop();
  });

  it('keeps what it has while bindings cannot be read, and says so once', async () => {
    const { now, asked, seen, session } = await running();
    const away = new BrokerError('closed', 'No answer.');
    await now(away);
    await now(away);
    assert.deepEqual(asked(), []);
    assert.deepEqual(seen.notes, [
      'The bindings of invoices cannot be read at the moment: No answer. This tail keeps the ones it has.',
    ]);
    await now({});
    assert.equal(seen.notes[1], 'The bindings of invoices can be read again.');
    await session.stop();
  });

  it('says that the watched queue was deleted, and that it exists again', async () => {
    const { now, seen, session } = await running();
    await now({ exists: false, bindings: [] });
    await now({ exists: false, bindings: [] });
    assert.match(
      seen.notes[0] ?? '',
      /^invoices was deleted \(seen \d\d:\d\d:\d\d\): nothing shows until it exists/,
    );
    await now({});
    assert.ok(seen.notes.some((note) => note.startsWith('invoices exists again')));
    assert.ok(seen.notes.some((note) => note.includes('also sees orders with key a')));
    await session.stop();
  });

  it('says why a new binding is not mirrored', async () => {
    const { now, asked, seen, session } = await running();
    const skipped = ['exchange shards (x-random) gives each message to only one of its bindings'];
    await now({ skipped });
    await now({ skipped });
    assert.deepEqual(asked(), []);
    assert.equal(seen.notes.length, 1);
    assert.match(seen.notes[0] ?? '', /not mirrored: exchange shards/);
    await session.stop();
  });
});
