import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { BrokerFailureReason } from '../../../src/core/broker/brokerError';
import { connectError } from '../../../src/core/broker/amqp/connectErrors';
import { channelError, connectionLost } from '../../../src/core/broker/amqp/closeErrors';

const to = { host: 'broker.test', port: 5672, tls: false, user: 'ada', vhost: 'shop' };
const coded = (code: string, message = code): Error => Object.assign(new Error(message), { code });

type Case = readonly [
  what: string,
  thrown: unknown,
  reason: BrokerFailureReason,
  words: RegExp,
  advice: RegExp,
];

const cases: readonly Case[] = [
  [
    'a wrong password',
    new Error(
      'Handshake terminated by server: 403 (ACCESS-REFUSED) with message "ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN. For details see the broker logfile."',
    ),
    'auth',
    /refused user `ada` or the password/,
    /password again/,
  ],
  [
    'a virtual host that is missing or forbidden',
    new Error('Expected ConnectionOpenOk; got <ConnectionClose channel:0>'),
    'refused',
    /refused user `ada` for virtual host `shop` \(530\)/,
    /exists, or ask for permission/,
  ],
  [
    'plain AMQP to a TLS port',
    new Error('Socket closed abruptly during opening handshake'),
    'closed',
    /without a word/,
    /TLS/,
  ],
  ['a reset in the handshake', coded('ECONNRESET', 'read ECONNRESET'), 'closed', /without a word/, /TLS/],
  ['TLS to a plain port', coded('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls', /does not speak TLS/, /Turn TLS off/],
  ['nobody listening', coded('ECONNREFUSED'), 'closed', /nothing accepts connections/, /running/],
  [
    'nobody listening on either address of a name',
    new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]),
    'closed',
    /nothing accepts connections/,
    /running/,
  ],
  ['a host that does not exist', coded('ENOTFOUND'), 'notFound', /no machine of that name/, /spelling/],
  ['no answer', new Error('connect ETIMEDOUT'), 'timeout', /no answer in time/, /firewall/],
  ['no route', coded('EHOSTUNREACH'), 'closed', /cannot be reached/, /VPN/],
  [
    'an unknown authority',
    coded('SELF_SIGNED_CERT_IN_CHAIN'),
    'tls',
    /authority known here/,
    /certificate authority/,
  ],
  ['an expired certificate', coded('CERT_HAS_EXPIRED'), 'tls', /expired/, /clock/],
  [
    'a certificate for another name',
    coded('ERR_TLS_CERT_ALTNAME_INVALID'),
    'tls',
    /another name than broker\.test/,
    /name/,
  ],
  ['a wrong passphrase', coded('ERR_OSSL_BAD_DECRYPT'), 'tls', /passphrase/, /again/],
  [
    'a missing client certificate',
    coded('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),
    'tls',
    /handshake/,
    /client certificate/,
  ],
  ['something that is no broker', new Error('Invalid frame'), 'protocol', /does not speak AMQP/, /port/],
  [
    'no password login',
    new Error('SASL mechanism PLAIN is not provided by the server'),
    'auth',
    /logins by PLAIN/,
    /TLS/,
  ],
];

describe('why a connection could not be opened', () => {
  for (const [what, thrown, reason, words, advice] of cases) {
    it(`is put in words for ${what}`, () => {
      const error = connectError(thrown, to);
      assert.equal(error.reason, reason);
      assert.match(error.message, words);
      assert.match(error.message, /^Could not (?:connect|log in) to broker\.test:5672: /);
      assert.match(error.more.advice ?? '', advice);
      assert.doesNotMatch(error.message, /Expected|Error|ECONN|<|frame/);
    });
  }

  it('tells guest of its limit, and writes IPv6 addresses as people do', () => {
    const thrown = new Error('Handshake terminated by server: 403 (ACCESS-REFUSED) with message "no"');
    assert.match(connectError(thrown, { ...to, user: 'guest' }).more.advice ?? '', /only from the machine/);
    assert.match(connectError(coded('ECONNREFUSED'), { ...to, host: '::1' }).message, /\[::1\]:5672/);
  });
});

describe('why a channel or connection ended', () => {
  const closes: readonly (readonly [number, string, BrokerFailureReason])[] = [
    [403, "ACCESS_REFUSED - read access to queue 'q' in vhost '/' refused for user 'ada'", 'refused'],
    [404, "NOT_FOUND - no queue 'q' in vhost '/'", 'notFound'],
    [405, "RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'q' in vhost '/'.", 'locked'],
    [406, "PRECONDITION_FAILED - inequivalent arg 'durable' for queue 'q' in vhost '/'", 'precondition'],
    [320, "CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'", 'closed'],
    [540, "NOT_IMPLEMENTED - basic.get not supported by stream queues queue 'q' in vhost '/'", 'unsupported'],
    [541, 'INTERNAL_ERROR', 'refused'],
  ];
  for (const [code, text, reason] of closes) {
    it(`is told from reply code ${String(code)}`, () => {
      const frame = `${String(code)} (CODE) with message "${text}"`;
      const byChannel = channelError(
        'Could not consume',
        new Error(`Operation failed: BasicConsume; ${frame}`),
      );
      const byConnection = connectionLost(new Error(`Connection closed: ${frame}`), 'broker.test:5672');
      for (const error of [byChannel, byConnection]) {
        assert.equal(error.reason, reason);
        assert.equal(error.more.code, code);
        assert.ok(error.message.endsWith(` (${String(code)}).`), error.message);
        assert.doesNotMatch(error.message, /_FAILED|NOT_FOUND|_REFUSED/);
      }
    });
  }

  it('is the reason of the connection, where the channel has none of its own', () => {
    const lost = connectionLost(new Error('Unexpected close'), 'broker.test:5672');
    assert.equal(lost.reason, 'closed');
    const error = channelError(
      'Could not get',
      new Error('Channel ended, no reply will be forthcoming'),
      lost,
    );
    assert.equal(error, lost);
    assert.equal(connectionLost(new Error('Heartbeat timeout'), 'x').reason, 'timeout');
  });

  it('is bad input where amqplib could not even encode it', () => {
    const error = channelError('Could not declare', new TypeError("Field 'queue' is the wrong type"));
    assert.equal(error.reason, 'badInput');
  });
});
