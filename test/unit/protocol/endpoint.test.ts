import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { integer, nothing, object } from '../../../src/core/base/check';
import { Failure } from '../../../src/core/base/failure';
import { silentLog } from '../../../src/core/base/log';
import type { Log } from '../../../src/core/base/log';
import { connect, serve } from '../../../src/protocol/endpoint';
import type { Checks, Handlers } from '../../../src/protocol/endpoint';
import { transportPair } from '../../../src/protocol/transport';

type Sums = {
  requests: {
    double: { params: { n: number }; result: number };
    echo: { params: { n: number }; result: Uint8Array };
    fail: { params: undefined; result: undefined };
    break: { params: undefined; result: undefined };
    wait: { params: undefined; result: string };
  };
  events: { changed: { n: number } };
};

const checks: Checks<Sums> = {
  double: object({ n: integer(0, 100) }),
  echo: object({ n: integer(0, 255) }),
  fail: nothing,
  break: nothing,
  wait: nothing,
};

const handlers: Handlers<Sums> = {
  double: ({ n }) => n * 2,
  echo: ({ n }) => Promise.resolve(Uint8Array.of(n)),
  fail: () => {
    throw new Failure('refused', 'The broker said no.', { advice: 'Ask for rights.', code: 403 });
  },
  break: () => {
    throw new TypeError('undefined is not a function');
  },
  wait: (_params, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(new Failure('cancelled', 'Cancelled.'));
      });
    }),
};

function joined(log: Log = silentLog) {
  const [near, far] = transportPair();
  return { near, far, server: serve<Sums>(far, checks, handlers, log), client: connect<Sums>(near) };
}

function reason(expected: string): (error: unknown) => boolean {
  return (error) => error instanceof Failure && error.reason === expected;
}

describe('an endpoint', () => {
  it('answers a request with the result of its handler', async () => {
    const { client } = joined();
    assert.equal(await client.request('double', { n: 21 }), 42);
    assert.deepEqual(await client.request('echo', { n: 7 }), Uint8Array.of(7));
  });

  it('keeps the answers of concurrent requests apart', async () => {
    const { client } = joined();
    const answers = await Promise.all([1, 2, 3].map((n) => client.request('double', { n })));
    assert.deepEqual(answers, [2, 4, 6]);
  });

  it('rejects the caller with the words, the reason and the advice of a handler that failed', async () => {
    const { client } = joined();
    await assert.rejects(client.request('fail', undefined), (error: unknown) => {
      assert.ok(error instanceof Failure);
      assert.deepEqual(
        [error.reason, error.message, error.more],
        ['refused', 'The broker said no.', { advice: 'Ask for rights.', code: 403 }],
      );
      return true;
    });
  });

  it('turns a defect in a handler into plain words, and writes the cause to the log', async () => {
    const logged: string[] = [];
    const { client } = joined({
      ...silentLog,
      error: (text, detail) => logged.push(`${text} ${detail ?? ''}`),
    });
    await assert.rejects(client.request('break', undefined), (error: unknown) => {
      assert.ok(reason('internal')(error));
      assert.doesNotMatch((error as Failure).message, /undefined is not/);
      return true;
    });
    assert.match(logged.join(), /"break" failed.*undefined is not a function/s);
  });

  it('refuses params that are not what the contract says, before the handler sees them', async () => {
    const { client } = joined();
    await assert.rejects(client.request('double', { n: 'many' } as never), reason('badInput'));
    await assert.rejects(client.request('double', { n: 101 }), reason('badInput'));
  });

  for (const name of ['constructor', '__proto__', 'toString', 'nothingOfTheKind']) {
    it(`refuses a request named ${name}`, async () => {
      const { client } = joined();
      await assert.rejects(client.request(name as never, undefined as never), reason('unsupported'));
    });
  }

  it('carries an abort to the handler', async () => {
    const { client } = joined();
    const controller = new AbortController();
    const waiting = client.request('wait', undefined, controller.signal);
    controller.abort();
    await assert.rejects(waiting, reason('cancelled'));
  });

  it('rejects at once when the signal was aborted before', async () => {
    const { client } = joined();
    await assert.rejects(client.request('wait', undefined, AbortSignal.abort()), reason('cancelled'));
  });

  it('delivers events to every listener until it unsubscribes', async () => {
    const { client, server } = joined();
    const heard: number[] = [];
    const first = client.on('changed')(({ n }) => heard.push(n));
    client.on('changed')(({ n }) => heard.push(n * 10));
    server.emit('changed', { n: 1 });
    await client.request('double', { n: 0 });
    first.dispose();
    server.emit('changed', { n: 2 });
    await client.request('double', { n: 0 });
    assert.deepEqual(heard, [1, 10, 20]);
  });

  it('rejects whoever waits when the other side ends, and whoever asks afterwards', async () => {
    const { client, far } = joined();
    const waiting = client.request('wait', undefined);
    far.dispose();
    await assert.rejects(waiting, reason('closed'));
    await assert.rejects(client.request('double', { n: 1 }), reason('closed'));
  });

  it('aborts the handlers that run when the caller ends', async () => {
    const [near, far] = transportPair();
    const aborted = new Promise<void>((resolve) => {
      serve<Sums>(
        far,
        checks,
        {
          ...handlers,
          wait: (_params, signal) => {
            signal.addEventListener('abort', () => {
              resolve();
            });
            near.dispose();
            return new Promise<string>(() => undefined);
          },
        },
        silentLog,
      );
    });
    void connect<Sums>(near)
      .request('wait', undefined)
      .catch(() => undefined);
    await aborted;
  });

  for (const noise of [
    null,
    7,
    'text',
    {},
    { kind: 'request' },
    { kind: 'result', id: 'x' },
    { kind: 'event' },
  ]) {
    it(`takes no harm from ${JSON.stringify(noise)} on its channel`, async () => {
      const { client, near, far } = joined();
      near.send(noise);
      far.send(noise);
      assert.equal(await client.request('double', { n: 2 }), 4);
    });
  }
});
