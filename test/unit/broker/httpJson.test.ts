import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, it } from 'mocha';
import { Failure } from '../../../src/core/base/failure';
import { HttpJson } from '../../../src/core/broker/http/httpJson';
import type { HttpTarget } from '../../../src/core/broker/http/httpJson';
import { RabbitManagement } from '../../../src/core/broker/rabbitmq/rabbitManagement';
import { plainNetwork } from '../../lab/profileOf';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

describe('the client of the management API', () => {
  const open: { server?: Server; clients: HttpJson[] } = { clients: [] };
  afterEach(() => {
    for (const client of open.clients.splice(0)) client.dispose();
    open.server?.closeAllConnections();
    open.server?.close();
  });

  async function serve(answer: Answer, more: Partial<HttpTarget> = {}, prefix = ''): Promise<HttpJson> {
    const server = createServer(answer);
    open.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${prefix}`;
    const client = new HttpJson({ url, user: 'ä:', password: 'pä%ss', network: plainNetwork, ...more });
    open.clients.push(client);
    return client;
  }

  async function failure(promise: Promise<unknown>): Promise<Failure> {
    try {
      await promise;
    } catch (error) {
      assert.ok(error instanceof Failure, String(error));
      assert.doesNotMatch(JSON.stringify([error.message, error.more]), /pä%ss/);
      return error;
    }
    assert.fail('it answered');
  }

  it('logs in with any password, asks for gzip and unpacks it', async () => {
    const client = await serve((request, response) => {
      const login = Buffer.from(
        (request.headers.authorization ?? '').replace('Basic ', ''),
        'base64',
      ).toString();
      const body = gzipSync(JSON.stringify({ login, accepts: request.headers['accept-encoding'] }));
      response.setHeader('content-encoding', 'gzip').end(body);
    });
    const answer = await client.get('/api/overview');
    const json = { login: 'ä::pä%ss', accepts: 'gzip' };
    assert.deepEqual(answer, { status: 200, json, text: JSON.stringify(json) });
  });

  it('keeps a path prefix, and takes the address of the web UI or of the API too', async () => {
    for (const prefix of ['/rabbit', '/rabbit/', '/rabbit/#/queues', '/rabbit/api/', '/rabbit?x=1']) {
      const client = await serve(
        (request, response) => response.end(JSON.stringify(request.url)),
        {},
        prefix,
      );
      assert.equal((await client.get('/api/queues/%2F')).json, '/rabbit/api/queues/%2F');
      open.server?.close();
    }
  });

  it('follows no redirect, so the password stays', async () => {
    let asked = 0;
    const client = await serve((_, response) => {
      asked += 1;
      response.writeHead(302, { location: 'http://127.0.0.2:1/login?next=x' }).end();
    });
    const error = await failure(client.get('/api/overview'));
    assert.equal(error.reason, 'protocol');
    assert.match(error.message, /sends us on to http:\/\/127\.0\.0\.2:1\/login\.$/);
    assert.equal(asked, 1);
  });

  it('stops reading an answer that is too large, packed or not', async () => {
    const large = JSON.stringify('x'.repeat(1_000_000));
    for (const packed of [true, false]) {
      const client = await serve(
        (_, response) => {
          if (packed) response.setHeader('content-encoding', 'gzip');
          response.end(packed ? gzipSync(large) : large);
        },
        { mostBytes: 50_000 },
      );
      assert.equal((await failure(client.get('/api'))).reason, 'protocol');
      open.server?.close();
    }
  });

  it('gives up on a server that says nothing, and on one that never ends', async () => {
    for (const answer of [
      () => undefined,
      (_: IncomingMessage, response: ServerResponse) => response.write('['),
    ]) {
      const client = await serve(answer, { timeoutMs: 50 });
      assert.equal((await failure(client.get('/api'))).reason, 'timeout');
      open.server?.closeAllConnections();
      open.server?.close();
    }
  });

  it('stops at once when asked to', async () => {
    const client = await serve(() => undefined);
    const soon = new AbortController();
    const answer = client.get('/api', soon.signal);
    soon.abort();
    assert.equal((await failure(answer)).reason, 'cancelled');
  });

  it('takes broken gzip and a cut answer as failures in words', async () => {
    const broken = await serve((_, response) =>
      response.setHeader('content-encoding', 'gzip').end('no gzip'),
    );
    assert.equal((await failure(broken.get('/api'))).reason, 'protocol');
    open.server?.close();
    const cut = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('[');
      setImmediate(() => response.destroy());
    });
    assert.equal((await failure(cut.get('/api'))).reason, 'closed');
  });

  it('is refused for plain http to another machine when AMQP is encrypted', async () => {
    const target = {
      url: 'http://broker.example:15672',
      user: 'u',
      password: 'pä%ss',
      network: plainNetwork,
    };
    const management = new RabbitManagement({ ...target, amqpUsesTls: true });
    assert.equal((await failure(management.overview())).reason, 'tls');
    management.dispose();
  });

  it('reports an address that is none when it is asked, without what may be a password in it', async () => {
    for (const url of ['u:pä%ss@host', 'ftp://u:pä%ss@host', '']) {
      const management = new RabbitManagement({
        url,
        user: 'u',
        password: '',
        network: plainNetwork,
        amqpUsesTls: false,
      });
      assert.equal((await failure(management.vhosts())).reason, 'badInput');
    }
  });
});
