import { BrokerError } from './brokerError';
import type { BrokerFailureReason } from './brokerError';

/** Where a connection was going, for words about why it did not get there. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** What is spoken there, as a person would say it: "AMQP", "the management API". */
  readonly service: string;
}

interface Words {
  readonly reason: BrokerFailureReason;
  readonly why: (to: Endpoint) => string;
  readonly advice: (to: Endpoint) => string;
}

const nobodyThere: Words = {
  reason: 'closed',
  why: () => 'nothing accepts connections there',
  advice: (to) =>
    `Check that the broker is running and that ${to.service} listens on port ${String(to.port)}.`,
};

const unreachable: Words = {
  reason: 'closed',
  why: () => 'the machine cannot be reached from here',
  advice: () => 'Check the address, the network and any VPN.',
};

const cutOff: Words = {
  reason: 'closed',
  why: () => 'the other side closed the connection',
  advice: () => 'Check that the broker is running and look into its log.',
};

const notTls: Words = {
  reason: 'tls',
  why: () => 'the port does not speak TLS',
  advice: (to) =>
    `Turn TLS off for ${to.service}, or use the port where it does TLS (usually 5671 or 15671).`,
};

const untrusted: Words = {
  reason: 'tls',
  why: () => 'the certificate of the broker is not signed by an authority known here',
  advice: () => 'Add the certificate authority that signed it.',
};

const clientCertificate: Words = {
  reason: 'tls',
  why: () => 'the broker did not accept our side of the TLS handshake',
  advice: () => 'It may ask for a client certificate, or for other TLS versions.',
};

const unknownName: Words = {
  reason: 'notFound',
  why: () => 'there is no machine of that name',
  advice: () => 'Check the spelling of the host.',
};

const slow: Words = {
  reason: 'timeout',
  why: () => 'there was no answer in time',
  advice: () => 'Check the address and whether a firewall is in between.',
};

const byCode: Readonly<Record<string, Words>> = {
  ECONNREFUSED: nobodyThere,
  ENOTFOUND: unknownName,
  EAI_AGAIN: { ...unknownName, reason: 'closed', why: () => 'the name could not be looked up right now' },
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EADDRNOTAVAIL: unreachable,
  ETIMEDOUT: slow,
  ECONNRESET: cutOff,
  EPIPE: cutOff,
  UND_ERR_SOCKET: cutOff,
  UND_ERR_CONNECT_TIMEOUT: slow,
  UND_ERR_HEADERS_TIMEOUT: slow,
  UND_ERR_BODY_TIMEOUT: slow,
  EPROTO: notTls,
  ERR_SSL_WRONG_VERSION_NUMBER: notTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: notTls,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  CERT_UNTRUSTED: untrusted,
  CERT_HAS_EXPIRED: {
    reason: 'tls',
    why: () => 'the certificate of the broker has expired',
    advice: () => 'The broker needs a new one; check the clock of this machine too.',
  },
  CERT_NOT_YET_VALID: {
    reason: 'tls',
    why: () => 'the certificate of the broker is not valid yet',
    advice: () => 'Check the clock of this machine.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    reason: 'tls',
    why: (to) => `the certificate of the broker is for another name than ${to.host}`,
    advice: () => 'Connect by the name the certificate is for.',
  },
  ERR_OSSL_BAD_DECRYPT: {
    reason: 'tls',
    why: () => 'the passphrase of the client key is wrong',
    advice: () => 'Enter the passphrase again.',
  },
};

/**
 * A failure below the protocol (TCP, TLS, name look-up) in words, by Node's error code; `undefined` for codes that
 * say nothing known. Connection refused is `closed`, not `refused`: nobody was there to say no, and it may pass.
 */
export function networkFailure(error: unknown, to: Endpoint): BrokerError | undefined {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  const words = byCode[code] ?? (/^ERR_SSL_.*ALERT/.test(code) ? clientCertificate : undefined);
  if (!words) return undefined;
  return new BrokerError(words.reason, `Could not connect to ${address(to)}: ${words.why(to)}.`, {
    advice: words.advice(to),
    detail: `${code}: ${error instanceof Error ? error.message : ''}`,
  });
}

/** `localhost:5672`, `[::1]:5672` */
export function address(to: { readonly host: string; readonly port: number }): string {
  return `${to.host.includes(':') ? `[${to.host}]` : to.host}:${String(to.port)}`;
}

/** Node's code of an error, of its cause, or of the first of several attempts (a name with two addresses). */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && code in byCode) return code;
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  return codeOf(inner) ?? (typeof code === 'string' ? code : undefined);
}
