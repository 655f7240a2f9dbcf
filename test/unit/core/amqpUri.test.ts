import assert from 'node:assert/strict';
import fc from 'fast-check';
import { amqpUri, parseAmqpUri } from '../../../src/core/broker/amqpUri';
import type { AmqpAddress } from '../../../src/core/broker/amqpUri';

function address(uri: string): AmqpAddress {
  const parsed = parseAmqpUri(uri);
  assert.ok('address' in parsed, 'problem' in parsed ? parsed.problem.message : '');
  return parsed.address;
}

function problem(uri: string): { message: string; at: number } {
  const parsed = parseAmqpUri(uri);
  assert.ok('problem' in parsed, JSON.stringify(parsed));
  return parsed.problem;
}

describe('AMQP URI', () => {
  it('reads all parts, with default ports', () => {
    assert.deepEqual(address('amqp://alice:s3cret@broker.example:5673/shop'), {
      tls: false,
      host: 'broker.example',
      port: 5673,
      user: 'alice',
      password: 's3cret',
      vhost: 'shop',
      ignored: [],
    });
    assert.equal(address('amqp://h').port, 5672);
    assert.equal(address('amqps://h').port, 5671);
    assert.equal(address('AMQPS://h').tls, true);
    assert.equal(address('  amqp://h:/x \n').port, 5672);
  });

  it('tells a missing, an empty and a slash virtual host apart', () => {
    assert.equal(address('amqp://h').vhost, undefined);
    assert.equal(address('amqp://h/').vhost, '');
    assert.equal(address('amqp://h/%2F').vhost, '/');
    assert.equal(address('amqp://h/%2fa%2f').vhost, '/a/');
    assert.equal(address('amqp://h?heartbeat=5').vhost, undefined);
  });

  it('follows the examples of the specification', () => {
    const example = address('amqp://user%61:%61pass@ho%61st:10000/v%2fhost');
    assert.deepEqual(
      [example.user, example.password, example.host, example.port, example.vhost],
      ['usera', 'apass', 'hoast', 10000, 'v/host'],
    );
    assert.deepEqual([address('amqp://:@h/').user, address('amqp://:@h/').password], ['', '']);
    assert.equal(address('amqp://user@h').password, undefined);
    assert.equal(address('amqp://[::1]').host, '::1');
    assert.equal(address('amqp://[fe80::1%25eth0]:5673/').host, 'fe80::1%eth0');
    assert.equal(address('amqp://[::1]:5673').port, 5673);
  });

  it('takes non-ASCII and unencoded @ and : in passwords', () => {
    assert.equal(address('amqp://ü:pä%25ss@h').password, 'pä%ss');
    assert.equal(address('amqp://u:p%C3%A4@h').password, 'pä');
    assert.equal(address('amqp://u:a@b:c@h').password, 'a@b:c');
    assert.equal(address('amqp://u:a@b:c@h').host, 'h');
  });

  it('names ignored query parameters without their values', () => {
    assert.deepEqual(address('amqp://h/v?heartbeat=10&password=hush').ignored, ['heartbeat', 'password']);
  });

  const wrong: [string, RegExp, number][] = [
    ['', /starts with amqp/, 0],
    ['localhost:5672', /starts with amqp/, 0],
    ['http://localhost:15672', /web address/, 0],
    ['amqp://', /host name is missing/, 7],
    ['amqp://u:hushhush@', /host name is missing/, 18],
    ['amqp://u:hushhush@h:port', /port/, 20],
    ['amqp://h:99999', /port/, 9],
    ['amqp://u:hushhush', /@ before the host is missing/, 9],
    ['amqp://u:hush/hush@h/v', /slash: write it as %2F/, 13],
    ['amqp://u:hush#hush@h/v', /%23/, 13],
    ['amqp://u:hush%zzhush@h', /password has a %/, 13],
    ['amqp://u:hush%ffhush@h', /not UTF-8/, 9],
    ['amqp://h/a/b', /%2F/, 10],
    ['amqp://h//', /%2F/, 9],
    ['amqp://[::1', /closing bracket/, 7],
    ['amqp://[nonsense]', /not an IPv6/, 8],
    ['amqp://[::1]5672', /only a colon/, 12],
    ['amqp://h st/', /no host name can have/, 8],
    [`amqp://h/${'ü'.repeat(128)}`, /longer than 255 bytes/, 9],
  ];
  for (const [uri, words, at] of wrong) {
    it(`says what is wrong with ${JSON.stringify(uri.slice(0, 30))}`, () => {
      const found = problem(uri);
      assert.match(found.message, words);
      assert.equal(found.at, at);
      assert.doesNotMatch(found.message, /hush/);
    });
  }

  it('never throws and never quotes a password', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (junk, more) => {
        const parsed = parseAmqpUri(`amqp://user:${junk}SECRETSECRET${more}`);
        if ('problem' in parsed) assert.doesNotMatch(parsed.problem.message, /SECRETSECRET/);
      }),
    );
  });

  it('reads back what it writes', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 20 });
    fc.assert(
      fc.property(fc.boolean(), fc.integer({ min: 1, max: 65535 }), name, name, (tls, port, user, vhost) => {
        const written = { tls, port, user, vhost, host: 'h.example' };
        assert.deepEqual(address(amqpUri(written)), { ...written, ignored: [] });
      }),
    );
    assert.equal(amqpUri(address('amqp://[::1]/%2F')), 'amqp://[::1]/%2F');
  });
});
