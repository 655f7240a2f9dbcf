import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { BrokerError } from '../../../src/core/broker/brokerError';
import { openConsumeTail } from '../../../src/core/tail/consumeTail';
import { StreamReader } from '../../../src/core/tail/streamReader';
import type { ConsumePlan, StreamPlan } from '../../../src/core/tail/tailPlan';
import type { Delivery } from '../../../src/core/message/message';
import { delivery } from '../../support/deliveries';
import { tailStage } from '../../support/tailStage';
import type { TailStage } from '../../support/tailStage';

const banner = { sees: '', misses: '', promise: '', alternatives: [] };
const names = { vhost: '/', connectionName: 'test' };

function consuming(): TailStage {
  const plan: ConsumePlan = { kind: 'consume', queue: 'jobs', banner };
  return tailStage(
    () => Promise.resolve(plan),
    (around) => (made, sink, signal) =>
      openConsumeTail({ ...names, ...around }, made as ConsumePlan, sink, signal),
  );
}

function reading(from: StreamPlan['offset'] = { from: 'next' }): TailStage {
  const plan: StreamPlan = { kind: 'stream', queue: 'audit', offset: from, banner };
  return tailStage(
    () => Promise.resolve(plan),
    (around) => {
      const reader = new StreamReader({ ...names, ...around });
      return (made, sink, signal) => reader.open(made as StreamPlan, sink, signal);
    },
  );
}

function numbered(tag: number, offset?: string): Delivery {
  const headers =
    offset === undefined
      ? []
      : [{ name: 'x-stream-offset', value: { type: 'long', value: offset } as const }];
  return delivery(`m${String(tag)}`, { deliveryTag: tag, properties: { headers } });
}

const gone = new BrokerError('notFound', 'No queue (404).', { code: 404 });

describe('consuming for good', () => {
  it('acknowledges in batches what has become a row, and nothing else', async () => {
    const stage = consuming();
    const { amqp, clock, session, seen } = stage;
    stage.room = 27;
    session.start();
    await clock.pass(0);
    assert.deepEqual(amqp.calls.slice(-2), ['prefetch 100', 'consume jobs']);
    amqp.calls.length = 0;
    for (let tag = 1; tag <= 30; tag++) amqp.connection.deliver(numbered(tag));
    assert.deepEqual(amqp.calls, ['ack up to 25']);
    await clock.pass(500);
    assert.equal(seen.messages.length, 27);
    assert.deepEqual(
      amqp.calls.filter((call) => call.startsWith('ack')),
      ['ack up to 25', 'ack up to 27'],
      'the three that the buffer did not take stay in the queue',
    );
  });

  it('ends by acknowledging what was shown, then cancelling and closing, which gives the rest back', async () => {
    const { amqp, clock, session } = consuming();
    session.start();
    await clock.pass(0);
    amqp.connection.deliver(numbered(1));
    amqp.calls.length = 0;
    await session.stop();
    assert.deepEqual(amqp.calls, ['ack up to 1', 'cancel', 'close connection']);
  });

  it('says that the queue was deleted, and waits for it', async () => {
    const { amqp, clock, session, seen, last } = consuming();
    session.start();
    await clock.pass(0);
    amqp.answer = (call) => {
      if (call === 'check jobs' || call === 'consume jobs') throw gone;
    };
    amqp.connection.cancelConsumer();
    await clock.pass(30_000);
    assert.equal(seen.notes[0], 'jobs was deleted.');
    assert.equal(last()?.kind, 'reconnecting');
    amqp.answer = () => undefined;
    await clock.pass(10_000);
    assert.equal(last()?.kind, 'running');
    await session.stop();
  });

  it('says when the broker has an alarm, since nothing new arrives then', async () => {
    const { amqp, clock, session, seen } = consuming();
    session.start();
    await clock.pass(0);
    amqp.connection.block('low on memory');
    amqp.connection.block(undefined);
    assert.match(seen.notes[0] ?? '', /alarm \(low on memory\)/);
    assert.match(seen.notes[1] ?? '', /again/);
    await session.stop();
  });
});

describe('reading a stream', () => {
  it('asks for the offset, and acknowledges for credit alone', async () => {
    const { amqp, clock, session } = reading({ from: 'age', value: '1h' });
    session.start();
    await clock.pass(0);
    assert.deepEqual(amqp.consumed[0]?.arguments, [
      { name: 'x-stream-offset', value: { type: 'longstr', value: '1h' } },
    ]);
    assert.deepEqual(
      amqp.consumed.map(({ noAck }) => noAck),
      [false],
    );
    assert.ok(amqp.calls.includes('prefetch 500'));
    await session.stop();
  });

  it('goes on after the last message that was shown, however often it is lost, and says that none is missing', async () => {
    const stage = reading({ from: 'first' });
    const { amqp, clock, session, seen } = stage;
    session.start();
    await clock.pass(0);
    amqp.connection.deliver(numbered(1, '9007199254740993'));
    stage.room = 0;
    amqp.connection.deliver(numbered(2, '9007199254740994'));
    await clock.pass(0);
    stage.room = 10;
    session.release();
    await clock.pass(0);
    assert.deepEqual(amqp.consumed[1]?.arguments, [
      { name: 'x-stream-offset', value: { type: 'long', value: '9007199254740994' } },
    ]);
    assert.match(seen.notes[0] ?? '', /at offset 9,007,199,254,740,994, nothing was missed\.$/);
    amqp.connection.lose();
    await clock.pass(1_000);
    assert.deepEqual(amqp.consumed.at(2)?.arguments, amqp.consumed.at(1)?.arguments);
    await session.stop();
  });

  it('says which offsets hold nothing any more when it comes back too late', async () => {
    const { amqp, clock, session, seen } = reading({ from: 'first' });
    session.start();
    await clock.pass(0);
    amqp.connection.deliver(numbered(1, '4'));
    amqp.connection.lose();
    await clock.pass(1_000);
    amqp.connection.deliver(numbered(1, '100'));
    assert.equal(seen.notes.at(-1), 'Offsets 5 to 99 hold no message any more.');
    amqp.connection.deliver(numbered(2, '110'));
    assert.equal(seen.notes.at(-1), 'Offsets 5 to 99 hold no message any more.', 'looked at once a start');
    await session.stop();
  });

  it('says that messages were missed when it waited for new ones and none had come', async () => {
    const { amqp, clock, session, seen } = reading({ from: 'next' });
    session.start();
    await clock.pass(0);
    amqp.connection.lose();
    await clock.pass(1_000);
    assert.match(seen.notes.at(-1) ?? '', /messages in between were not seen\.$/);
    await session.stop();
  });

  it('acknowledges nothing and ends for good when it turns out to be no stream', async () => {
    const { amqp, clock, session, seen, last } = reading();
    session.start();
    await clock.pass(0);
    amqp.calls.length = 0;
    amqp.connection.deliver(numbered(1));
    amqp.connection.deliver(numbered(2));
    await clock.pass(60_000);
    assert.deepEqual(seen.messages, []);
    assert.ok(
      amqp.calls.every((call) => !call.startsWith('ack')),
      amqp.calls.join(),
    );
    const status = last();
    assert.match(status?.kind === 'failed' ? status.text : '', /not a stream/);
  });
});
