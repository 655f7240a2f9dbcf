import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { emptyTable } from '../../../src/core/base/fieldValue';
import { parseDocument } from '../../../src/core/topologyFile/document';
import { documentTopology } from '../../../src/core/topologyFile/routes/documentTopology';
import { headersOf } from '../../../src/core/topologyFile/routes/messageHeaders';
import type { RoutedQueue, RoutePreview } from '../../../src/core/topologyFile/routes/preview';
import { previewRoute } from '../../../src/core/topologyFile/routes/preview';
import { topologyVhosts } from '../../../src/core/topologyFile/routes/topologyVhosts';
import { binding, exchange, file, queue } from '../../support/definitionsPieces';

function preview(text: string, exchangeName: string, routingKey: string): RoutePreview {
  const topology = documentTopology(parseDocument(text), '/', '4.3');
  return previewRoute(topology, { exchange: exchangeName, routingKey, headers: emptyTable });
}

function hops(queues: readonly RoutedQueue[]): string {
  return queues
    .map(({ queue: name, deadLetters }) =>
      deadLetters
        ? `${name} > ${deadLetters.exchange}:${deadLetters.routingKey}[${hops(deadLetters.to)}]`
        : name,
    )
    .join(' ');
}

const retry = file({
  exchanges: `${exchange('"type":"topic"')},${exchange('"type":"direct"', '"dlx"')}`,
  queues: [
    queue('"arguments":{"x-dead-letter-exchange":"dlx"}'),
    queue('"arguments":{"x-dead-letter-exchange":"","x-dead-letter-routing-key":"q"}', '"wait"'),
    queue('"arguments":{"x-dead-letter-exchange":"gone"}', '"lost"'),
  ].join(','),
  bindings: `${binding('', '"routing_key":"a.*"')},${binding('', '"routing_key":"a.b"').replace('"x"', '"dlx"').replace('"q"', '"wait"')}`,
});

describe('the preview of a route', () => {
  it('names the bindings on the way and follows dead letters until a queue comes again', () => {
    const { queues } = preview(retry, 'x', 'a.b');
    assert.equal(hops(queues), 'q > dlx:a.b[wait > :q[q]]');
    assert.deepEqual(queues[0]?.way, ['x → q  (a.*)']);
    assert.match(queues[0].deadLetters?.to[0]?.deadLetters?.to[0]?.note ?? '', /was here before/);
  });

  it('follows what a policy says of dead letters and of an alternate exchange', () => {
    const text = file({
      exchanges: exchange('"type":"topic"'),
      queues: `${queue()},${queue('', '"dead"')}`,
      policies: [
        '{"name":"dlx","vhost":"/","pattern":"^q$","apply-to":"queues","definition":{"dead-letter-exchange":"","dead-letter-routing-key":"dead"}}',
        '{"name":"ae","vhost":"/","pattern":"^x$","apply-to":"exchanges","definition":{"alternate-exchange":"amq.fanout"}}',
      ].join(','),
      bindings: binding().replace('"x"', '"amq.fanout"'),
    });
    const { queues, notes } = preview(text, 'x', 'k');
    assert.equal(hops(queues), 'q > :dead[dead]');
    assert.equal(queues[0]?.deadLetters?.by, 'the policy "dlx"');
    assert.match(notes.join(' '), /alternate exchange "amq.fanout"/);
  });

  it('says when dead letters have nowhere to go', () => {
    assert.match(preview(retry, '', 'lost').queues[0]?.note ?? '', /no exchange "gone"/);
    assert.match(preview(retry, 'x', 'a.c').queues[0]?.note ?? '', /Nothing is bound/);
  });

  it('says why nothing is reached', () => {
    assert.match(preview(retry, 'x', 'b').notes.join(' '), /for this key/);
    assert.match(preview(retry, '', 'none').notes.join(' '), /No queue has the name "none"/);
    assert.match(preview(retry, 'amq.topic', 'b').notes.join(' '), /Nothing is bound to "amq.topic"/);
    assert.match(preview(retry, 'none', 'b').problem ?? '', /no exchange "none"/);
  });

  it('says what cannot be foretold, and which alternate exchange was used', () => {
    const text = file({
      exchanges: `${exchange('"type":"x-random"')},${exchange('"type":"topic","arguments":{"alternate-exchange":"x"}', '"main"')}`,
    });
    const { notes } = preview(text, 'main', 'k');
    assert.match(notes.join(' '), /"x" routes cannot be foretold.*alternate exchange "x"/);
  });

  it('takes headers as a JSON object or not at all', () => {
    assert.deepEqual(headersOf(' '), { headers: emptyTable });
    assert.ok('problem' in headersOf('[1]') && 'problem' in headersOf('{'));
    assert.ok('headers' in headersOf('{"a":1}'));
  });

  it('knows the virtual hosts and exchanges to choose from', () => {
    const [first] = topologyVhosts(parseDocument(retry));
    assert.equal(first?.vhost, '/');
    assert.deepEqual(first.exchanges.slice(0, 3), [
      { name: 'dlx', type: 'direct' },
      { name: 'x', type: 'topic' },
      { name: '', type: 'direct' },
    ]);
  });
});
