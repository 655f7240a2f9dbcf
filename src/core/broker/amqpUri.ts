import { utf8Length } from '../base/bytes';

/** What an AMQP URI says. What it leaves out is `undefined`: the caller has the defaults. */
export interface AmqpAddress {
  readonly tls: boolean;
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
  /** Missing without a slash after the host; empty text for `amqp://host/`, as the RabbitMQ URI spec says. */
  readonly vhost?: string;
  /** Names of query parameters, none of which is used. Their values are left out: they may be secrets. */
  readonly ignored: readonly string[];
}

/** What is wrong with a URI. The words never quote the part before the host, where the password is. */
export interface UriProblem {
  readonly message: string;
  /** Index of the offending character, in UTF-16 units of the text as given. */
  readonly at: number;
}

export type ParsedUri = { readonly address: AmqpAddress } | { readonly problem: UriProblem };

const defaultPort = (tls: boolean): number => (tls ? 5671 : 5672);

class Wrong extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

/**
 * Reads an AMQP URI (https://www.rabbitmq.com/docs/uri-spec). Written by hand because `URL` rejects or rewrites much
 * that is valid here, and because its errors quote the whole text with the password in it. Non-ASCII characters are
 * taken as they stand; `@` and `:` in a password are understood unencoded, `/`, `?` and `#` cannot be.
 */
export function parseAmqpUri(given: string): ParsedUri {
  try {
    return { address: readUri(given) };
  } catch (thrown) {
    if (thrown instanceof Wrong) return { problem: { message: thrown.message, at: thrown.at } };
    throw thrown;
  }
}

function readUri(given: string): AmqpAddress {
  const start = given.length - given.trimStart().length;
  const text = given.trimEnd();
  const tls = readScheme(text, start);
  const authorityAt = text.indexOf('://', start) + 3;
  const authorityEnd = firstOf(text, '/?#', authorityAt);
  const hash = text.indexOf('#', authorityAt);
  if (hash >= 0) {
    throw new Wrong(
      'A # has no place in an AMQP address: inside a user, password or virtual host write %23.',
      hash,
    );
  }
  const queryAt = firstOf(text, '?', authorityEnd);
  const strayAt = text.slice(0, queryAt).indexOf('@', authorityEnd);
  if (strayAt >= 0 && !text.slice(authorityAt, authorityEnd).includes('@')) {
    throw new Wrong('The user or the password contains a slash: write it as %2F.', authorityEnd);
  }
  const hostAt = text.slice(authorityAt, authorityEnd).lastIndexOf('@') + 1 + authorityAt;
  return {
    tls,
    ...readHostAndPort(text, hostAt, authorityEnd, tls),
    ...(hostAt > authorityAt ? readUserInfo(text, authorityAt, hostAt - 1) : {}),
    ...(text[authorityEnd] === '/' ? { vhost: readVhost(text, authorityEnd + 1, queryAt) } : {}),
    ignored: queryNames(text.slice(queryAt + 1)),
  };
}

function readScheme(text: string, start: number): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text.slice(start))?.[1]?.toLowerCase();
  if (scheme === 'amqp' || scheme === 'amqps') return scheme === 'amqps';
  if (scheme === 'http' || scheme === 'https') {
    throw new Wrong('This is a web address. The AMQP address starts with amqp:// or amqps://.', start);
  }
  throw new Wrong('An AMQP address starts with amqp:// or amqps://.', start);
}

function readUserInfo(text: string, from: number, end: number): { user: string; password?: string } {
  const colon = text.slice(from, end).indexOf(':');
  if (colon < 0) return { user: decode(text, from, end, 'The user') };
  return {
    user: decode(text, from, from + colon, 'The user'),
    password: decode(text, from + colon + 1, end, 'The password', Infinity),
  };
}

function readHostAndPort(
  text: string,
  from: number,
  end: number,
  tls: boolean,
): { host: string; port: number } {
  if (text[from] === '[') return readBracketed(text, from, end, tls);
  const colon = text.slice(from, end).indexOf(':');
  const hostEnd = colon < 0 ? end : from + colon;
  if (hostEnd === from) throw new Wrong('The host name is missing.', from);
  const host = decode(text, from, hostEnd, 'The host name');
  const badAt = /[^\p{L}\p{N}\p{M}._-]/u.exec(host);
  if (badAt) throw new Wrong('The host name has a character that no host name can have.', from + badAt.index);
  return { host, port: colon < 0 ? defaultPort(tls) : readPort(text, hostEnd + 1, end, tls) };
}

function readBracketed(
  text: string,
  from: number,
  end: number,
  tls: boolean,
): { host: string; port: number } {
  const close = text.slice(from, end).indexOf(']');
  if (close < 0) throw new Wrong('The IPv6 address has no closing bracket.', from);
  const host = decode(text, from + 1, from + close, 'The IPv6 address');
  if (!/^[0-9a-f:.]*:[0-9a-f:.]*(%[\w.-]+)?$/i.test(host)) {
    throw new Wrong('What stands in brackets is not an IPv6 address.', from + 1);
  }
  const after = from + close + 1;
  if (after === end) return { host, port: defaultPort(tls) };
  if (text[after] !== ':')
    throw new Wrong('After the IPv6 address only a colon and a port can follow.', after);
  return { host, port: readPort(text, after + 1, end, tls) };
}

/** An empty port (`host:`) is the default one, as in any URI (RFC 3986, 3.2.3). */
function readPort(text: string, from: number, end: number, tls: boolean): number {
  if (from === end) return defaultPort(tls);
  const digits = text.slice(from, end);
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  if (port < 1 || port > 65_535) {
    throw new Wrong(
      'The port, after the last colon, is not a number from 1 to 65535. If this colon belongs to a password, the @ before the host is missing.',
      from,
    );
  }
  return port;
}

function readVhost(text: string, from: number, end: number): string {
  const slash = text.slice(from, end).indexOf('/');
  if (slash >= 0) {
    throw new Wrong(
      'A slash in the name of a virtual host is written as %2F (amqp://host/%2F).',
      from + slash,
    );
  }
  return decode(text, from, end, 'The virtual host');
}

/** The decoded part `from` to `end`; its bytes must be UTF-8 and, names being short strings, at most 255. */
function decode(text: string, from: number, end: number, part: string, most = 255): string {
  const raw = text.slice(from, end);
  const bad = /%(?![0-9a-f]{2})/i.exec(raw);
  if (bad) {
    throw new Wrong(
      `${part} has a % without two hex digits after it: write % itself as %25.`,
      from + bad.index,
    );
  }

  const control = /[\u0000-\u001f\u007f]/.exec(raw);
  if (control) throw new Wrong(`${part} has a line break or control character.`, from + control.index);
  let decoded: string;
  try {
    decoded = decodeURIComponent(raw);
  } catch {
    throw new Wrong(`${part} has percent-encoded bytes that are not UTF-8.`, from);
  }
  if (utf8Length(decoded) > most) throw new Wrong(`${part} is longer than ${String(most)} bytes.`, from);
  return decoded;
}

function firstOf(text: string, characters: string, from: number): number {
  for (let at = from; at < text.length; at++) if (characters.includes(text[at] ?? '')) return at;
  return text.length;
}

function queryNames(query: string): string[] {
  return query
    .split('&')
    .map((pair) => pair.split('=', 1)[0] ?? '')
    .filter((name) => name !== '');
}

/** The URI of an address without its password, for showing and editing. */
export function amqpUri(address: Omit<AmqpAddress, 'password' | 'ignored'>): string {
  const host = address.host.includes(':') ? `[${address.host.replace('%', '%25')}]` : address.host;
  const user = address.user === undefined ? '' : `${encodeURIComponent(address.user)}@`;
  const port = address.port === defaultPort(address.tls) ? '' : `:${String(address.port)}`;
  const vhost = address.vhost === undefined ? '' : `/${encodeURIComponent(address.vhost)}`;
  return `${address.tls ? 'amqps' : 'amqp'}://${user}${host}${port}${vhost}`;
}
