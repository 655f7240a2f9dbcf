import { BrokerError } from '../brokerError';
import { cleanBrokerText } from '../brokerText';
import { address, networkFailure } from '../networkFailure';

/** What was tried; the password is not part of it. */
export interface LoginAttempt {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly user: string;
  readonly vhost: string;
}

type Rule = readonly [pattern: RegExp, error: (to: LoginAttempt, match: RegExpExecArray) => BrokerError];

/** amqplib 2.3.1 tells these apart by their texts only (LAB, "TLS"; DOMAIN 7). First match wins. */
const rules: readonly Rule[] = [
  [
    /^Handshake terminated by server: 403 .*?(?:with message "(.*)")?$/s,
    (to, match) =>
      new BrokerError(
        'auth',
        `Could not log in to ${address(to)}: the broker refused user \`${to.user}\` or the password.`,
        {
          advice:
            to.user === 'guest'
              ? 'Enter the password again. User `guest` may log in only from the machine the broker runs on.'
              : 'Enter the password again, or check the user name.',
          detail: cleanBrokerText(match[1] ?? match[0]),
          code: 403,
        },
      ),
  ],
  [
    /^Handshake terminated by server: (\d+) .*?(?:with message "(.*)")?$/s,
    (to, match) =>
      new BrokerError(
        'refused',
        `Could not log in to ${address(to)}: ${cleanBrokerText(match[2] ?? 'the broker refused')} (${match[1] ?? ''}).`,
        { advice: "The broker's log has the details.", code: Number(match[1]) },
      ),
  ],
  [
    // The broker's own words are lost in amqplib: a missing vhost, no right to it, and a full one look alike.
    /^Expected ConnectionOpenOk; got <ConnectionClose/,
    (to) =>
      new BrokerError(
        'refused',
        `Could not log in to ${address(to)}: the broker refused user \`${to.user}\` for virtual host \`${to.vhost}\` (530).`,
        { advice: 'Check that the virtual host exists, or ask for permission on it.', code: 530 },
      ),
  ],
  [
    /^SASL mechanism (\S+) is not provided by the server/,
    (to, match) =>
      new BrokerError(
        'auth',
        `Could not log in to ${address(to)}: the broker does not accept logins by ${match[1] ?? 'it'}.`,
        {
          advice: 'It may accept passwords over TLS only.',
        },
      ),
  ],
  [
    /^Socket closed abruptly during opening handshake/,
    (to) =>
      new BrokerError(
        'closed',
        `Could not connect to ${address(to)}: the other side closed the connection without a word.`,
        {
          advice: to.tls
            ? 'Check that this is the AMQP port of a broker; it may ask for a client certificate.'
            : 'The port may expect TLS, or it may not be the AMQP port of a broker.',
        },
      ),
  ],
  [
    /^connect ETIMEDOUT/,
    (to) =>
      new BrokerError('timeout', `Could not connect to ${address(to)}: there was no answer in time.`, {
        advice: 'Check the address and whether a firewall is in between.',
      }),
  ],
  [
    /^(?:Frame size|Invalid frame|Frame on channel|Unknown frame type|Expected |Server frameMax)/,
    (to) =>
      new BrokerError(
        'protocol',
        `Could not connect to ${address(to)}: what answers there does not speak AMQP 0-9-1.`,
        {
          advice: to.tls ? 'Check the port.' : 'Check the port; it may expect TLS.',
        },
      ),
  ],
];

/** Why a connection could not be opened, in words for people. Never holds the password. */
export function connectError(thrown: unknown, to: LoginAttempt): BrokerError {
  if (thrown instanceof BrokerError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const isReset = thrown instanceof Error && (thrown as { code?: unknown }).code === 'ECONNRESET';
  const known = isReset ? undefined : networkFailure(thrown, { ...to, service: 'AMQP' });
  if (known) return known;
  const spoken = isReset ? 'Socket closed abruptly during opening handshake' : text;
  for (const [pattern, error] of rules) {
    const match = pattern.exec(spoken);
    if (match) return error(to, match);
  }
  return new BrokerError('closed', `Could not connect to ${address(to)}: ${cleanBrokerText(text)}.`, {
    detail: text,
  });
}
