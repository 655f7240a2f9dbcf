import { rootCertificates } from 'node:tls';
import { connect } from 'amqplib';
import type { ChannelModel, Options } from 'amqplib';
import { throwIfAborted } from '../../base/failure';
import type { AmqpConnection, AmqpPort } from '../amqpPort';
import { address } from '../networkFailure';
import { AmqplibConnection } from './amqpConnection';
import { connectError } from './connectErrors';

export interface AmqpTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly tls?: {
    /** PEM texts, in addition to those Node brings along. */
    readonly certificateAuthorities: readonly string[];
    readonly rejectUnauthorized: boolean;
  };
  /** Milliseconds until a connection attempt is given up. */
  readonly connectTimeoutMs?: number;
}

/** AMQP 0-9-1 over amqplib. Each `connect` opens a socket of its own. */
export class AmqplibAdapter implements AmqpPort {
  constructor(private readonly target: AmqpTarget) {}

  async connect(vhost: string, name: string, signal?: AbortSignal): Promise<AmqpConnection> {
    throwIfAborted(signal);
    const { host, port, user, tls } = this.target;
    const attempt = { host, port, user, vhost, tls: tls !== undefined };
    // The socket lives under this signal for ever, so it must not be the caller's own.
    const opening = new AbortController();
    const giveUp = (): void => {
      opening.abort();
    };
    signal?.addEventListener('abort', giveUp);
    const timer = setTimeout(giveUp, this.target.connectTimeoutMs ?? 10_000);
    try {
      return new AmqplibConnection(await this.open(vhost, name, opening.signal), address(this.target));
    } catch (error) {
      throwIfAborted(signal);
      throw connectError(opening.signal.aborted ? new Error('connect ETIMEDOUT') : error, attempt);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    }
  }

  private open(vhost: string, name: string, signal: AbortSignal): Promise<ChannelModel> {
    const { host, port, user, password, tls } = this.target;
    // The object form: the URL form damages passwords that are not ASCII; the vhost is unescaped in both (DOMAIN 7).
    const options: Options.Connect = {
      protocol: tls ? 'amqps' : 'amqp',
      hostname: host,
      port,
      username: user,
      password,
      vhost: encodeURIComponent(vhost),
      heartbeat: 30,
    };
    // amqplib hands these on to `net.connect`, which knows `signal`; its types do not.
    const socketOptions = {
      noDelay: true,
      keepAlive: true,
      signal,
      clientProperties: { product: 'AMQP Workbench', connection_name: name },
      ...(tls
        ? { rejectUnauthorized: tls.rejectUnauthorized, ...authorities(tls.certificateAuthorities) }
        : {}),
    };
    return connect(options, socketOptions);
  }
}

/** `ca` replaces Node's own list, so it is given only when there is something to add, together with that list. */
function authorities(extra: readonly string[]): { ca?: string[] } {
  return extra.length === 0 ? {} : { ca: [...rootCertificates, ...extra] };
}
