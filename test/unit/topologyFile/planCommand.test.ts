import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'mocha';
import { parseDocument } from '../../../src/core/topologyFile/document';
import { planImport } from '../../../src/core/topologyFile/plan/planImport';
import { brokerAddress, passwordFor } from '../../../src/server/broker/brokerAddress';
import { planText } from '../../../src/server/broker/planCommand';
import { parseArguments } from '../../../src/server/check/options';
import { file, queue } from '../../support/definitionsPieces';

describe('the command line beside a broker', () => {
  it('reads the options of plan and export', () => {
    const words = [
      'plan',
      'a.json',
      '--broker',
      'amqp://h',
      '--vhost=v',
      '--format',
      'json',
      '--target',
      '4.0',
    ];
    assert.deepEqual(parseArguments(words), {
      kind: 'plan',
      options: { file: 'a.json', broker: 'amqp://h', vhost: 'v', format: 'json', target: '4.0' },
    });
    assert.deepEqual(parseArguments(['export', '--broker', 'http://h']), {
      kind: 'export',
      options: { broker: 'http://h', vhost: undefined },
    });
  });

  for (const words of [
    ['plan'],
    ['plan', 'a.json'],
    ['plan', 'a.json', 'b.json', '--broker', 'x'],
    ['plan', 'a.json', '--broker', 'x', '--format', 'sarif'],
    ['export'],
    ['export', 'a.json', '--broker', 'x'],
  ]) {
    it(`does not take: ${words.join(' ')}`, () => {
      assert.equal(parseArguments(words).kind, 'mistake');
    });
  }

  it('takes addresses of both halves of a broker', () => {
    const amqp = brokerAddress('amqps://me:p%40ss@h/shop');
    assert.ok('profile' in amqp);
    assert.deepEqual(
      [amqp.profile.user, amqp.password, amqp.profile.vhost, amqp.profile.tls],
      ['me', 'p@ss', 'shop', true],
    );
    const http = brokerAddress('http://me@h:8080/rabbit/api/');
    assert.ok('profile' in http);
    assert.deepEqual(
      [http.profile.managementUrl, http.profile.user, http.password],
      ['http://h:8080/rabbit', 'me', undefined],
    );
  });

  it('never repeats an address that it does not understand', () => {
    for (const wrong of [
      'secret',
      'ftp://me:secret@h',
      'http://me:secret@',
      'http://%:secret@h',
      'amqp://me:secret/x@h',
    ]) {
      const read = brokerAddress(wrong);
      assert.ok('problem' in read, wrong);
      assert.doesNotMatch(read.problem, /secret/);
    }
  });

  it('asks the environment for a password, and guesses only guest on this machine', () => {
    const local = brokerAddress('amqp://localhost');
    const far = brokerAddress('amqp://far');
    assert.ok('profile' in local && 'profile' in far);
    assert.equal(passwordFor(local.profile, undefined, {}), 'guest');
    assert.equal(passwordFor(far.profile, undefined, {}), undefined);
    assert.equal(passwordFor(far.profile, undefined, { AMQP_PASSWORD: 'p' }), 'p');
    assert.equal(passwordFor(far.profile, 'q', { AMQP_PASSWORD: 'p' }), 'q');
  });

  it('writes a line for each object that changes, is refused or left as it is', () => {
    const text = file({ queues: `${queue()},${queue('', '"r\\u001b"')}` });
    const broker = file({ vhosts: '{"name":"/"}', queues: queue('"arguments":{"n":1}') });
    const plan = planImport(parseDocument(text), parseDocument(broker), { missing: [], target: '4.3' });
    assert.deepEqual(planText('f.json', plan).split('\n'), [
      'f.json:1: ignored queue q in /: The queue is there with other properties, and an import leaves it as it is without a word: arguments.n.',
      'f.json:1: create queue r  in /',
      '1 ignored, 1 create',
      '',
    ]);
  });

  it('keeps clients of brokers out of the language server', async () => {
    const server = await readFile('dist/server.js', 'utf8');
    for (const sign of ['amqplib', '/api/overview', 'undici']) assert.ok(!server.includes(sign), sign);
  });
});
