import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { emptyTable, longstr, tableOf } from '../../../src/core/base/fieldValue';
import type { FieldTable } from '../../../src/core/base/fieldValue';
import { headersMatch } from '../../../src/core/topology/headersMatch';
import { route } from '../../../src/core/topology/routing';
import type { RoutedBinding, RoutedExchange } from '../../../src/core/topology/routing';
import { topicMatches } from '../../../src/core/topology/topicMatch';
import { anyTopology, queueNames, topologyOf } from '../../support/randomTopology';

/** Topic matching by its definition: try everything. */
function naiveTopic(pattern: readonly string[], key: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return key.length === 0;
  if (first === '#') return key.some((_, at) => naiveTopic(rest, key.slice(at))) || naiveTopic(rest, []);
  const [word, ...others] = key;
  return word !== undefined && (first === '*' || first === word) && naiveTopic(rest, others);
}

/** Routing by its definition: what is reachable through matching bindings, growing until nothing is new. */
function naiveRoute(
  exchanges: readonly RoutedExchange[],
  bindings: readonly RoutedBinding[],
  message: { exchange: string; routingKey: string; headers: FieldTable },
): readonly string[] {
  const visited = new Set([message.exchange]);
  const queues = new Set<string>();
  for (let before = -1; before !== visited.size + queues.size;) {
    before = visited.size + queues.size;
    for (const exchange of exchanges.filter((each) => visited.has(each.name))) {
      const matching = bindings.filter(
        (binding) => binding.source === exchange.name && fits(exchange.type, binding, message),
      );
      for (const { destinationKind, destination } of matching) {
        (destinationKind === 'queue' ? queues : visited).add(destination);
      }
      const alternate = exchange.arguments.find((entry) => entry.name === 'alternate-exchange')?.value;
      if (matching.length === 0 && alternate?.type === 'longstr') visited.add(String(alternate.value));
    }
  }
  return [...queues].sort();
}

function fits(
  type: string,
  binding: RoutedBinding,
  message: { routingKey: string; headers: FieldTable },
): boolean {
  const words = (key: string): string[] => (key === '' ? [] : key.split('.'));
  switch (type) {
    case 'fanout':
      return true;
    case 'direct':
      return binding.routingKey === message.routingKey;
    case 'topic':
      return naiveTopic(words(binding.routingKey), words(message.routingKey));
    default:
      return headersMatch(binding.arguments, message.headers, 'strict');
  }
}

describe('routing', () => {
  it('reaches what its definition says, on any topology', () => {
    fc.assert(
      fc.property(anyTopology, ({ exchanges, bindings, messages }) => {
        const topology = topologyOf(exchanges, bindings);
        for (const message of messages) {
          const { reached, unpredictable } = route(topology, message);
          assert.deepEqual(
            reached.map((each) => each.queue).sort(),
            naiveRoute(exchanges, bindings, message),
          );
          assert.deepEqual(unpredictable, []);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives each queue a way that leads there', () => {
    fc.assert(
      fc.property(anyTopology, ({ exchanges, bindings, messages }) => {
        for (const message of messages) {
          const { reached, alternates } = route(topologyOf(exchanges, bindings), message);
          for (const { queue, path } of reached) {
            assert.equal(path.at(-1)?.destination, queue);
            for (const [at, step] of path.entries()) {
              const before = path[at - 1];
              const follows = step.source === (before?.destination ?? message.exchange);
              assert.ok(follows || alternates.includes(step.source), 'a step from somewhere else');
            }
          }
        }
      }),
    );
  });

  it('by the default exchange reaches the queue of that name', () => {
    const topology = topologyOf([], []);
    const [queue] = queueNames;
    assert.deepEqual(route(topology, { exchange: '', routingKey: queue }).reached, [{ queue, path: [] }]);
    assert.deepEqual(route(topology, { exchange: '', routingKey: 'nope' }).reached, []);
  });

  it('says what it cannot know: exchanges of other types', () => {
    const topology = topologyOf([{ name: 'hashed', type: 'x-consistent-hash', arguments: emptyTable }], []);
    assert.deepEqual(route(topology, { exchange: 'hashed', routingKey: 'k' }).unpredictable, ['hashed']);
  });
});

describe('topic keys', () => {
  const words = fc.array(fc.constantFrom('a', 'b', '*', '#', ''), { maxLength: 6 });
  it('match by their definition', () => {
    fc.assert(
      fc.property(words, words, (pattern, key) => {
        const split = (text: string): string[] => (text === '' ? [] : text.split('.'));
        const [binding, routing] = [pattern.join('.'), key.join('.')];
        assert.equal(topicMatches(binding, routing), naiveTopic(split(binding), split(routing)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('take no longer for patterns made to be slow', () => {
    const pattern = Array.from({ length: 120 }, () => '#').join('.a.');
    assert.equal(topicMatches(`${pattern}.b`, Array.from({ length: 250 }, () => 'a').join('.')), false);
  });

  // Seen on 3.10.8, 4.0.5 and 4.3.6.
  for (const [binding, key, expected] of [
    ['*', '', false],
    ['#', '', true],
    ['', '', true],
    ['', 'a', false],
    ['*.*', '.', true],
    ['a.*', 'a.', true],
    ['a.#', 'a', true],
    ['#.a.#', 'a.b', true],
    ['*.#', '', false],
    ['a*', 'ab', false],
  ] as const) {
    it(`'${binding}' ${expected ? 'matches' : 'does not match'} '${key}'`, () => {
      assert.equal(topicMatches(binding, key), expected);
    });
  }
});

describe('headers', () => {
  const asked = (plain: Record<string, string | number>): FieldTable => tableOf(plain);
  it('match in four modes, x- headers only in two of them', () => {
    const sent = asked({ a: '1', 'x-b': '2' });
    const matches = (args: Record<string, string>): boolean => headersMatch(asked(args), sent, 'strict');
    assert.ok(matches({}));
    assert.ok(matches({ a: '1' }));
    assert.ok(!matches({ a: '1', c: '3' }));
    assert.ok(matches({ 'x-match': 'any', a: '1', c: '3' }));
    assert.ok(!matches({ 'x-match': 'any' }));
    assert.ok(matches({ 'x-b': 'other' }));
    assert.ok(!matches({ 'x-match': 'any', 'x-b': '2' }));
    assert.ok(matches({ 'x-match': 'all-with-x', a: '1', 'x-b': '2' }));
    assert.ok(!matches({ 'x-match': 'all-with-x', 'x-b': 'other' }));
    assert.ok(matches({ 'x-match': 'any-with-x', 'x-b': '2', c: '3' }));
  });

  it('ask for presence with a void value, and never match text with a number', () => {
    const presence: FieldTable = [{ name: 'a', value: { type: 'void' } }];
    assert.ok(headersMatch(presence, [{ name: 'a', value: longstr('whatever') }], 'strict'));
    assert.ok(!headersMatch(presence, emptyTable, 'strict'));
    assert.ok(!headersMatch(asked({ a: '1' }), asked({ a: 1 }), 'loose'));
  });
});
