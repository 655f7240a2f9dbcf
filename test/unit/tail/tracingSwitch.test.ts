import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { longstr } from '../../../src/core/base/fieldValue';
import { silentLog } from '../../../src/core/base/log';
import { BrokerError } from '../../../src/core/broker/brokerError';
import type { ManagementPort } from '../../../src/core/broker/managementPort';
import { openFirehoseTail } from '../../../src/core/tail/firehoseTail';
import type { FirehosePlan } from '../../../src/core/tail/tailPlan';
import { tracedMessage } from '../../../src/core/tail/traceMessage';
import { TracingSwitch } from '../../../src/core/tail/tracingSwitch';
import { delivery } from '../../support/deliveries';
import { ManualClock } from '../../support/manualClock';
import { tailStage } from '../../support/tailStage';

/** A broker whose tracing is switched, and everything that was done about it in order. */
function tracedBroker() {
  const done: string[] = [];
  const state = { on: false, listeners: 0, refuse: undefined as BrokerError | undefined };
  const tracing: ManagementPort['tracing'] = {
    isOn: () => Promise.resolve(state.on),
    turn: (vhost, on) => {
      done.push(`${vhost} ${on ? 'on' : 'off'}`);
      if (state.refuse) return Promise.reject(state.refuse);
      state.on = on;
      return Promise.resolve();
    },
  };
  const bindings = () => Promise.resolve(Array.from({ length: state.listeners }, () => ({})));
  const management = { tracing, exchangeBindings: bindings } as unknown as ManagementPort;
  const marker = {
    set: (vhost: string) => Promise.resolve(void done.push(`mark ${vhost}`)),
    clear: (vhost: string) => Promise.resolve(void done.push(`clear ${vhost}`)),
  };
  const clock = new ManualClock();
  return { done, state, clock, make: () => new TracingSwitch({ management, marker, clock, log: silentLog }) };
}

describe("the switch of the broker's tracing", () => {
  it('is marked before it is turned on, and off again with the last who uses it', async () => {
    const { done, make } = tracedBroker();
    const shared = make();
    await Promise.all([shared.on('/'), shared.on('/')]);
    await shared.off('/');
    assert.deepEqual(done, ['mark /', '/ on']);
    await shared.off('/');
    assert.deepEqual(done, ['mark /', '/ on', '/ off', 'clear /']);
  });

  it('is left on where it was on already', async () => {
    const { done, state, make } = tracedBroker();
    state.on = true;
    const shared = make();
    await shared.on('/');
    await shared.off('/');
    assert.deepEqual([done, state.on], [[], true]);
  });

  it('is turned on again after the broker was started anew, which forgets it', async () => {
    const { done, state, make } = tracedBroker();
    const shared = make();
    await shared.on('/');
    state.on = false;
    await shared.off('/');
    await shared.on('/');
    assert.deepEqual(done.filter((each) => each === '/ on').length, 2);
    assert.equal(state.on, true);
  });

  it('keeps its mark while it cannot be turned off, and is turned off by a later connect', async () => {
    const { done, state, make } = tracedBroker();
    const shared = make();
    await shared.on('/');
    state.refuse = new BrokerError('closed', 'No answer.');
    await shared.off('/');
    assert.ok(!done.includes('clear /'));
    state.refuse = undefined;
    await make().cleanUp(['/']);
    assert.deepEqual([state.on, done.at(-1)], [false, 'clear /']);
  });

  it('is left on while another window listens, and is turned off when nobody does any more', async () => {
    const { done, state, clock, make } = tracedBroker();
    const shared = make();
    await shared.on('/');
    state.listeners = 1;
    await shared.off('/');
    await clock.pass(30_000);
    assert.deepEqual([state.on, done.includes('clear /')], [true, false]);
    state.listeners = 0;
    await clock.pass(10_000);
    assert.deepEqual([state.on, done.at(-1)], [false, 'clear /']);
  });

  it('is left to the next connect when this one ends while another window listens', async () => {
    const { state, clock, make } = tracedBroker();
    const shared = make();
    await shared.on('/');
    state.listeners = 1;
    await shared.off('/');
    shared.dispose();
    state.listeners = 0;
    await clock.pass(60_000);
    assert.equal(state.on, true);
    await make().cleanUp(['/']);
    assert.equal(state.on, false);
  });

  it('is not touched by a clean-up while it is used', async () => {
    const { state, make } = tracedBroker();
    const shared = make();
    await shared.on('/');
    await shared.cleanUp(['/']);
    assert.equal(state.on, true);
    await shared.off('/');
    assert.equal(state.on, false);
  });

  it('is not turned on when the mark cannot be written', async () => {
    const { done, state } = tracedBroker();
    const marker = { set: () => Promise.reject(new Error('full')), clear: () => Promise.resolve() };
    const tracing = {
      isOn: () => Promise.resolve(false),
      turn: () => Promise.resolve(void (state.on = true)),
    };
    const management = { tracing } as unknown as ManagementPort;
    const shared = new TracingSwitch({ management, marker, clock: new ManualClock(), log: silentLog });
    await assert.rejects(shared.on('/'), /full/);
    assert.deepEqual([state.on, done], [false, []]);
  });
});

const traced = (exchange: string, key: string, queues: readonly string[], body = 'x') =>
  delivery(body, {
    exchange: 'amq.rabbitmq.trace',
    routingKey: `publish.${exchange}`,
    properties: {
      headers: [
        { name: 'exchange_name', value: longstr(exchange) },
        { name: 'routing_keys', value: { type: 'array', value: [longstr(key)] } },
        { name: 'routed_queues', value: { type: 'array', value: queues.map(longstr) } },
        {
          name: 'properties',
          value: {
            type: 'table',
            value: [
              { name: 'content_type', value: longstr('text/plain') },
              { name: 'delivery_mode', value: { type: 'int', value: 2 } },
              { name: 'timestamp', value: { type: 'timestamp', value: '1700000000' } },
              {
                name: 'headers',
                value: {
                  type: 'table',
                  value: [{ name: '__proto__', value: { type: 'long', value: '9007199254740993' } }],
                },
              },
            ],
          },
        },
      ],
    },
  });

describe('a firehose tail', () => {
  function setUp(of: Partial<FirehosePlan>) {
    const broker = tracedBroker();
    const banner = { sees: '', misses: '', promise: '', alternatives: [] };
    const plan: FirehosePlan = { kind: 'firehose', banner, ...of };
    const tracing = broker.make();
    const stage = tailStage(
      () => Promise.resolve(plan),
      (around) => (made, sink, signal) =>
        openFirehoseTail(
          { ...around, vhost: '/', connectionName: 'test', queueName: () => 'tap', tracing },
          made as FirehosePlan,
          sink,
          signal,
        ),
    );
    return { ...stage, broker };
  }

  it('listens before it switches on, and unbinds and deletes before it switches off', async () => {
    const { amqp, clock, session, broker } = setUp({ queue: 'orders' });
    session.start();
    await clock.pass(0);
    assert.ok(amqp.calls.includes('bind amq.rabbitmq.trace publish.#'));
    assert.deepEqual(broker.done, ['mark /', '/ on']);
    await session.stop();
    assert.deepEqual(amqp.calls.slice(-3), [
      'unbind amq.rabbitmq.trace publish.#',
      'delete tap',
      'close connection',
    ]);
    assert.equal(broker.state.on, false);
  });

  it('shows of a queue what was routed to it by any exchange', async () => {
    const { amqp, clock, session, seen } = setUp({ queue: 'orders' });
    session.start();
    await clock.pass(0);
    amqp.connection.deliver(traced('', 'orders', ['orders'], 'straight'));
    amqp.connection.deliver(traced('shop', 'k', ['audit', 'orders'], 'by the shop'));
    amqp.connection.deliver(traced('shop', 'k', ['audit'], 'elsewhere'));
    amqp.connection.deliver(delivery('no trace message'));
    assert.deepEqual(seen.messages, ['straight', 'by the shop']);
    await session.stop();
  });

  it('binds to the one exchange that is watched, whatever its name', async () => {
    const { amqp, clock, session, seen } = setUp({ exchange: 'a.*.#' });
    session.start();
    await clock.pass(0);
    assert.ok(amqp.calls.includes('bind amq.rabbitmq.trace publish.a.*.#'));
    amqp.connection.deliver(traced('a.b.c', 'k', [], 'another exchange'));
    amqp.connection.deliver(traced('a.*.#', 'k', [], 'this one'));
    assert.deepEqual(seen.messages, ['this one']);
    await session.stop();
  });

  it('is not begun, and nothing is switched on, without the right to listen', async () => {
    const { amqp, clock, session, broker, last } = setUp({ queue: 'orders' });
    amqp.answer = (call) => {
      if (call.startsWith('bind')) throw new BrokerError('refused', 'No right (403).', { code: 403 });
    };
    session.start();
    await clock.pass(0);
    const status = last();
    assert.match(status?.kind === 'failed' ? status.text : '', /does not let this user listen.*No right/);
    assert.deepEqual(broker.done, []);
    assert.equal(amqp.calls.at(-1), 'close connection');
  });

  it('is unwrapped: exchange, key, queues and every property with its type', () => {
    const message = tracedMessage(traced('shop', 'k', ['orders']));
    assert.deepEqual(
      [message?.exchange, message?.routingKey, message?.routedQueues],
      ['shop', 'k', ['orders']],
    );
    assert.deepEqual(message?.properties, {
      contentType: 'text/plain',
      deliveryMode: 2,
      timestamp: '1700000000',
      headers: [{ name: '__proto__', value: { type: 'long', value: '9007199254740993' } }],
    });
  });
});
