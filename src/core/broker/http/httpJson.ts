import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import { rootCertificates } from 'node:tls';
import { Agent, ProxyAgent, request } from 'undici';
import type { Dispatcher } from 'undici';
import { Failure, throwIfAborted } from '../../base/failure';
import { BrokerError } from '../brokerError';
import type { NetworkSettings } from '../broker';
import { isLoopback } from '../profile';
import { networkFailure } from '../networkFailure';
import type { Endpoint } from '../networkFailure';
import { bypassesProxy } from './proxyRule';

export interface HttpTarget {
  /** Origin and path prefix, such as `https://broker.example/rabbit`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly network: NetworkSettings;
  /** Milliseconds for a whole request; 30 s when missing. */
  readonly timeoutMs?: number;
  /** Bytes of one answer, unpacked; 64 MiB when missing. */
  readonly mostBytes?: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** The parsed JSON, made when first asked for; `undefined` where the body is none. */
  readonly json: unknown;
  /** The same as it came, for whoever needs what JSON.parse loses. */
  readonly text: string;
}

export type HttpMethod = 'GET' | 'PUT' | 'POST' | 'DELETE';

/** Requests with Basic authentication and JSON answers. Follows no redirect, so that the password stays where it belongs. */
export class HttpJson {
  private readonly base: URL;
  private readonly dispatcher: Dispatcher;
  private readonly endpoint: Endpoint;

  constructor(private readonly target: HttpTarget) {
    this.base = baseUrl(target.url);
    const tls = this.base.protocol === 'https:';
    const port = Number(this.base.port) || (tls ? 443 : 80);
    this.endpoint = {
      host: this.base.hostname.replace(/^\[|\]$/g, ''),
      port,
      tls,
      service: 'the management API',
    };
    this.dispatcher = dispatcherFor(this.endpoint, target.network);
  }

  /** Whether the password would travel unencrypted to another machine. */
  get isExposed(): boolean {
    return !this.endpoint.tls && !isLoopback(this.endpoint.host);
  }

  /** `path` begins after the prefix and is encoded already. Rejects when there is no answer, whatever its status. */
  get(path: string, signal?: AbortSignal): Promise<HttpAnswer> {
    return this.ask('GET', path, undefined, signal);
  }

  /** The same with a JSON body. */
  put(path: string, body: object, signal?: AbortSignal): Promise<HttpAnswer> {
    return this.ask('PUT', path, JSON.stringify(body), signal);
  }

  /** The same by any method, with a body that is JSON text already: numbers keep their spelling. */
  send(method: HttpMethod, path: string, body?: string, signal?: AbortSignal): Promise<HttpAnswer> {
    return this.ask(method, path, body, signal);
  }

  dispose(): void {
    void this.dispatcher.destroy();
  }

  private async ask(
    method: HttpMethod,
    path: string,
    body: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<HttpAnswer> {
    throwIfAborted(signal);
    const timeout = AbortSignal.timeout(this.target.timeoutMs ?? 30_000);
    try {
      const answer = await request(this.base.origin + this.base.pathname.replace(/\/$/, '') + path, {
        method,
        dispatcher: this.dispatcher,
        headers: {
          // RabbitMQ's path for the limits of a user answers a PUT with nothing, and with 406 to whoever takes only JSON.
          accept: 'application/json, */*;q=0.1',
          'accept-encoding': 'gzip',
          authorization: this.authorization(),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body }),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      // Cut off on purpose, a body emits an error that nobody else would catch.
      answer.body.on('error', () => undefined);
      if (answer.statusCode >= 300 && answer.statusCode < 400) {
        answer.body.destroy();
        throw redirected(this.endpoint, answer.headers['location']);
      }
      const text = await this.text(answer.body, answer.headers['content-encoding']);
      return answerOf(answer.statusCode, text);
    } catch (error) {
      throwIfAborted(signal);
      throw this.translated(error, timeout.aborted);
    }
  }

  private authorization(): string {
    return `Basic ${Buffer.from(`${this.target.user}:${this.target.password}`, 'utf8').toString('base64')}`;
  }

  private async text(body: Readable, encoding: string | string[] | undefined): Promise<string> {
    const most = this.target.mostBytes ?? 64 * 1024 * 1024;
    const stream = encoding === 'gzip' ? body.pipe(createGunzip()) : body;
    // `pipe` does not hand errors on.
    body.on('error', (error) => stream.destroy(error));
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) {
        body.destroy();
        throw new BrokerError(
          'protocol',
          `The answer of the management API is larger than ${String(most)} bytes.`,
        );
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  private translated(error: unknown, timedOut: boolean): Failure {
    if (error instanceof Failure) return error;
    const slow = Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' });
    const known = networkFailure(timedOut ? slow : error, this.endpoint);
    if (known) return known;
    const detail = error instanceof Error ? error.message : String(error);
    return new BrokerError(
      'protocol',
      'What answers at the management address does not speak HTTP as expected.',
      {
        advice: 'Check the management URL of this connection.',
        detail,
      },
    );
  }
}

/** Accepts what people paste: the address of the web UI (`/#/queues`) or of the API itself. */
function baseUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw notAnAddress(text);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw notAnAddress(text);
  return new URL(url.pathname.replace(/\/(?:api\/?|index\.html)?$/, ''), url.origin);
}

function notAnAddress(text: string): Failure {
  // Without what stands before an @: people paste passwords there.
  const shown = text.replace(/^.*@/s, '...@').slice(0, 200);
  return new Failure('badInput', `\`${shown}\` is not an http or https address.`, {
    advice: 'Correct the management URL of this connection.',
  });
}

function dispatcherFor(to: Endpoint, network: NetworkSettings): Dispatcher {
  // `ca` replaces Node's own list, so that list goes along.
  const tls = {
    rejectUnauthorized: network.strictSsl,
    ...(network.certificateAuthorities.length === 0
      ? {}
      : { ca: [...rootCertificates, ...network.certificateAuthorities] }),
  };
  const proxy = network.proxy ?? '';
  if (proxy === '' || bypassesProxy(to.host, to.port, network.noProxy)) {
    return new Agent({ connect: { ...tls, timeout: 10_000 } });
  }
  return new ProxyAgent({ uri: proxy, requestTls: tls, proxyTls: tls });
}

function redirected(from: Endpoint, location: string | string[] | undefined): BrokerError {
  const target =
    typeof location === 'string' ? location.replace(/[?#].*$/, '').slice(0, 200) : 'another address';
  return new BrokerError('protocol', `The management API at ${from.host} sends us on to ${target}.`, {
    advice: 'If that is right, enter it as the management URL of this connection.',
  });
}

/** A list of 20,000 bindings is parsed once, and not at all by whoever reads the text. */
function answerOf(status: number, text: string): HttpAnswer {
  let json: { readonly value: unknown } | undefined;
  return {
    status,
    text,
    get json() {
      return (json ??= { value: parsed(text) }).value;
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
