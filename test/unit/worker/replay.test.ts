import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { utf8Bytes, utf8TextLossy } from '../../../src/core/base/bytes';
import { longstr } from '../../../src/core/base/fieldValue';
import { silentLog } from '../../../src/core/base/log';
import { BrokerError } from '../../../src/core/broker/brokerError';
import { systemClock } from '../../../src/core/broker/systemClock';
import type { Clock } from '../../../src/core/base/clock';
import type { Delivery, MessageProperties } from '../../../src/core/message/message';
import { messageLine, noteLine } from '../../../src/core/message/recordLine';
import type { ReplayParams, ReplayProgress } from '../../../src/protocol/brokerContract';
import { Replay } from '../../../src/worker/replay';
import { temporaryFolder } from '../../lab/temporaryFolder';
import { eventually } from '../../support/eventually';
import { ManualClock } from '../../support/manualClock';
import { memoryProfile, memoryShop, memoryWorker } from '../../support/memoryWorker';
import { drain } from '../../support/queueContent';
import { ScriptedAmqp } from '../../support/scriptedAmqp';
import type { AmqpPort } from '../../../src/core/broker/amqpPort';

const ends: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const start = Date.UTC(2026, 10, 24, 12, 0, 0);

interface Recorded {
  readonly at?: number;
  readonly exchange?: string;
  readonly routingKey?: string;
  readonly properties?: MessageProperties;
  readonly body?: string;
}

function line({ at = 0, exchange = 'shop', routingKey = 'k', properties = {}, body = '' }: Recorded): string {
  const bytes = utf8Bytes(body);
  const receivedAt = start + at;
  return messageLine({
    receivedAt,
    exchange,
    routingKey,
    redelivered: false,
    properties,
    body: bytes,
    size: bytes.length,
  });
}

async function fileOf(...lines: string[]): Promise<string> {
  const made = temporaryFolder('replay');
  ends.push(() => made.remove());
  const file = path.join(made.path, 'orders.jsonl');
  await writeFile(file, lines.map((each) => `${each}\n`).join(''));
  return file;
}

function replayOf(
  file: string,
  more: Partial<ReplayParams>,
  amqp: AmqpPort,
  clock: Clock,
): { replay: Replay; told: ReplayProgress[] } {
  const params: ReplayParams = {
    vhost: '/',
    path: file,
    timing: { kind: 'rate', perSecond: 100_000 },
    userIds: 'keep',
    ...more,
  };
  const told: ReplayProgress[] = [];
  const management = { available: false, text: '', advice: '' } as const;
  const summary = { product: '', version: '', vhost: '/', management };
  const replay = new Replay(params, {
    live: { profile: memoryProfile, broker: { amqp, dispose: () => undefined }, summary },
    clock,
    log: silentLog,
    onProgress: (progress) => told.push(progress),
    sentStraight: () => undefined,
  });
  return { replay, told };
}

async function shop(): Promise<{ amqp: AmqpPort; ready: (count: number) => Promise<Delivery[]> }> {
  const broker = await memoryShop();
  ends.push(() => broker.dispose());
  const ready = async (count: number): Promise<Delivery[]> => {
    const connection = await broker.amqp.connect('/', 'test');
    const got = await drain(await connection.openChannel(), 'orders', count);
    await connection.close();
    return got;
  };
  return { amqp: broker.amqp, ready };
}

const never = new AbortController().signal;
const nothing = { published: 0, routed: 0, returned: 0, refused: 0, unknown: 0, skipped: 0 };

describe('a replay', () => {
  it('publishes every message in its order, and counts lines that are none', async () => {
    const { amqp, ready } = await shop();
    const bodies = Array.from({ length: 1_000 }, (_, index) => String(index));
    const note = noteLine({ receivedAt: start, severity: 'info', text: 'gap' });
    const file = await fileOf(...bodies.map((body) => line({ body })), note, '', 'not a line');
    const { replay, told } = replayOf(file, {}, amqp, systemClock);
    const result = await replay.run(never);
    assert.deepEqual(result, { ...nothing, published: 1_000, routed: 1_000, skipped: 1 });
    assert.deepEqual(told.at(-1), result);
    assert.deepEqual(
      (await ready(1_000)).map(({ body }) => utf8TextLossy(body)),
      bodies,
    );
  });

  it('sends to another target where it is told so', async () => {
    const { amqp, ready } = await shop();
    const file = await fileOf(line({ exchange: 'elsewhere', body: 'a' }));
    const { replay } = replayOf(file, { target: { exchange: '', routingKey: 'orders' } }, amqp, systemClock);
    assert.equal((await replay.run(never)).routed, 1);
    assert.equal((await ready(1))[0]?.routingKey, 'orders');
  });

  it('keeps the time between messages, and cancelled says what was done', async () => {
    const { amqp } = await shop();
    const clock = new ManualClock();
    const file = await fileOf(
      line({ at: 0 }),
      line({ at: 1_000 }),
      line({ at: 5_000 }),
      line({ at: 60_000 }),
    );
    const { replay, told } = replayOf(file, { timing: { kind: 'original' } }, amqp, clock);
    const cancel = new AbortController();
    const running = replay.run(cancel.signal);
    const published = (): number => told.at(-1)?.published ?? 0;
    const reaches = (count: number) => eventually(() => assert.equal(published(), count));
    await reaches(1);
    await clock.pass(999);
    assert.equal(published(), 1);
    await clock.pass(1);
    await reaches(2);
    await clock.pass(3_999);
    assert.equal(published(), 2);
    await clock.pass(1);
    await reaches(3);
    cancel.abort();
    assert.deepEqual(await running, { ...nothing, published: 3, routed: 3, ended: 'Cancelled.' });
  });

  it('keeps a rate', async () => {
    const { amqp } = await shop();
    const clock = new ManualClock();
    const file = await fileOf(...Array.from({ length: 10 }, () => line({})));
    const { replay } = replayOf(file, { timing: { kind: 'rate', perSecond: 2 } }, amqp, clock);
    const ended = new AbortController();
    const running = replay.run(never).finally(() => ended.abort());
    while (!ended.signal.aborted) {
      await clock.pass(100);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    assert.equal((await running).routed, 10);
    assert.ok(clock.monotonic() >= 4_500, String(clock.monotonic()));
  });

  it('has a hundred messages under way, not one and not all', async () => {
    const amqp = new ScriptedAmqp();
    let underWay = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    amqp.answer = async (call) => {
      if (!call.startsWith('publish')) return;
      most = Math.max(most, ++underWay);
      if (amqp.calls.filter((each) => each.startsWith('publish')).length > 1)
        await new Promise<void>((resolve) => waiting.push(resolve));
      underWay--;
    };
    const file = await fileOf(...Array.from({ length: 350 }, (_, index) => line({ body: String(index) })));
    const { replay } = replayOf(file, {}, amqp, systemClock);
    const ended = new AbortController();
    const running = replay.run(never).finally(() => ended.abort());
    await eventually(() => assert.equal(underWay, 100));
    while (!ended.signal.aborted) {
      for (const release of waiting.splice(0)) release();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    assert.equal((await running).routed, 350);
    assert.equal(most, 100);
  });

  it('sends what a broker would close the channel over alone: the others do not suffer', async () => {
    const { amqp, ready } = await shop();
    const file = await fileOf(
      line({ body: 'a' }),
      line({ exchange: 'missing' }),
      line({ exchange: 'missing' }),
      line({ body: 'b', properties: { userId: 'somebody' } }),
      line({ body: 'c', properties: { expiration: 'soon' } }),
      line({ body: 'd' }),
    );
    const { replay } = replayOf(file, {}, amqp, systemClock);
    const result = await replay.run(never);
    assert.deepEqual(result, { ...nothing, published: 6, routed: 2, refused: 4 });
    assert.deepEqual(
      (await ready(2)).map(({ body }) => utf8TextLossy(body)),
      ['a', 'd'],
    );
  });

  it('that loses its connection says what is not known to have arrived, and that it ended there', async () => {
    const amqp = new ScriptedAmqp();
    let begun = 0;
    const lost = new AbortController();
    amqp.answer = async (call) => {
      if (!call.startsWith('publish') || ++begun === 1) return;
      await new Promise((resolve) => lost.signal.addEventListener('abort', resolve));
      throw new BrokerError('closed', 'It is not known whether this message arrived.');
    };
    const file = await fileOf(...Array.from({ length: 150 }, (_, index) => line({ body: String(index) })));
    const { replay } = replayOf(file, {}, amqp, systemClock);
    const running = replay.run(never);
    await eventually(() => assert.equal(begun, 101));
    amqp.connection.lose();
    lost.abort();
    assert.deepEqual(await running, {
      ...nothing,
      published: 101,
      routed: 1,
      unknown: 100,
      ended: 'The connection to localhost:5672 was lost.',
    });
  });

  it('says while it runs that the broker takes nothing', async () => {
    const amqp = new ScriptedAmqp();
    let release: (() => void) | undefined;
    amqp.outcome = new Promise((resolve) => (release = () => resolve({ kind: 'routed', tookMs: 1 })));
    const { replay, told } = replayOf(await fileOf(line({})), {}, amqp, systemClock);
    const running = replay.run(never);
    await eventually(() => assert.ok(amqp.calls.includes('publish shop/k')));
    amqp.connection.block('low on disk');
    assert.equal(told.at(-1)?.waiting, 'low on disk');
    amqp.connection.block(undefined);
    assert.equal(told.at(-1)?.waiting, undefined);
    release?.();
    assert.deepEqual(await running, { ...nothing, published: 1, routed: 1 });
  });

  it('leaves out user ids where it is told so, and always what a broker wrote', async () => {
    const { amqp, ready } = await shop();
    const headers = [
      { name: 'x-death', value: { type: 'array', value: [] } as const },
      { name: 'tenant', value: longstr('acme') },
    ];
    const file = await fileOf(line({ properties: { userId: 'somebody', headers } }));
    const { replay } = replayOf(file, { userIds: 'drop' }, amqp, systemClock);
    assert.equal((await replay.run(never)).routed, 1);
    const [message] = await ready(1);
    assert.equal(message?.properties.userId, undefined);
    assert.deepEqual(message?.properties.headers, [{ name: 'tenant', value: longstr('acme') }]);
  });

  it('does not publish the beginning of a body as a message of its own', async () => {
    const { amqp } = await shop();
    const cut = JSON.parse(line({ body: 'abc' })) as Record<string, unknown>;
    const file = await fileOf(JSON.stringify({ ...cut, wholeSize: 1_000 }));
    const { replay } = replayOf(file, {}, amqp, systemClock);
    assert.deepEqual(await replay.run(never), { ...nothing, skipped: 1 });
  });

  it('is refused on a read-only connection, and one at a time otherwise', async () => {
    const params = { vhost: '/', timing: { kind: 'original' }, userIds: 'keep' } as const;
    const file = await fileOf(line({ at: 0 }), line({ at: 3_600_000 }));
    const locked = await memoryWorker({ readOnly: true });
    ends.push(locked.end);
    await assert.rejects(locked.worker.client.request('replay', { ...params, path: file }), /read-only/);
    const { worker, end } = await memoryWorker();
    ends.push(end);
    const cancel = new AbortController();
    const begun = new Promise((resolve) => worker.client.on('replay')(resolve));
    const running = worker.client.request('replay', { ...params, path: file }, cancel.signal);
    await begun;
    await assert.rejects(worker.client.request('replay', { ...params, path: file }), /Another replay/);
    cancel.abort();
    assert.equal((await running).ended, 'Cancelled.');
    await assert.rejects(worker.client.request('replay', { ...params, path: `${file}.gone` }), {
      message: `Could not read ${file}.gone: there is no such file or folder.`,
    });
  });

  it('is announced with all that could surprise', async () => {
    const { worker, end } = await memoryWorker();
    ends.push(end);
    const file = await fileOf(
      line({ at: 0, properties: { userId: 'guest' } }),
      line({ at: 500, exchange: '', properties: { userId: 'other', expiration: '10' } }),
      line({ at: 90_000, properties: { headers: [{ name: 'CC', value: { type: 'array', value: [] } }] } }),
      line({ at: 1, properties: { headers: [{ name: 'x-death', value: { type: 'void' } }] } }),
      noteLine({ receivedAt: start, severity: 'info', text: 'gap' }),
      '{"level":"info"}',
    );
    assert.deepEqual(await worker.client.request('recordingFacts', { path: file }), {
      messages: 4,
      notes: 1,
      unusable: 1,
      problems: ['Line 6: This is not a line of a recording or an export: "v" is missing.'],
      lengthMs: 90_000,
      exchanges: [
        { name: 'shop', messages: 3 },
        { name: '', messages: 1 },
      ],
      moreExchanges: false,
      otherUsers: 1,
      expiring: 1,
      copied: 1,
      withBrokerHeaders: 1,
    });
  });
});
