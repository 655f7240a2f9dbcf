import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { longstr } from '../../../src/core/base/fieldValue';
import { completeFilter } from '../../../src/core/message/filter/completeFilter';
import { filterSubject } from '../../support/filterSubjects';

const seen = [
  filterSubject('{"total":5,"customer":{"name":"Ada"},"items":[{"sku":"X-1"}],"id":9007199254740993}', {
    properties: { contentType: 'application/json', headers: [{ name: 'x-tenant', value: longstr('acme') }] },
  }),
  filterSubject('{"total":7}', {
    routingKey: 'order (odd) key',
    properties: {
      headers: [
        { name: 'x-tenant', value: longstr('acme') },
        { name: 'odd name', value: longstr('v') },
      ],
    },
  }),
  filterSubject('not JSON', {
    exchange: 'billing',
    properties: {
      headers: [
        { name: 'x-tenant', value: longstr('globex') },
        {
          name: 'x-death',
          value: {
            type: 'array',
            value: [{ type: 'table', value: [{ name: 'queue', value: longstr('q') }] }],
          },
        },
      ],
    },
  }),
];

function complete(marked: string) {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { from, to, items } = completeFilter(text, caret, { messages: () => seen });
  const results = items.map(({ insert }) => text.slice(0, from) + insert + text.slice(to));
  return { results, items };
}

/** The caret is the bar; the first completions, in order, as the whole text they make. */
const first: readonly (readonly [string, readonly string[]])[] = [
  ['exc|', ['exchange:']],
  ['exc|:orders', ['exchange:orders']],
  ['a AND prio|', ['a AND priority:']],
  ['-dea|', ['-dead:', '-header.x-death:']],
  ['(redel|', ['(redelivered:']],
  [
    'header.|',
    ['header.', 'header.x-tenant:', 'header."odd name":', 'header.x-death:', 'header.x-death.queue:'],
  ],
  ['header.x-t|', ['header.x-tenant:']],
  ['tenant|', ['header.x-tenant:']],
  ['body.c|', ['body.customer:', 'body.customer.name:']],
  ['body.items.|', ['body.items.sku:']],
  ['sku|', ['body.items.sku:']],
  ['has:header.x-te|', ['has:header.x-tenant']],
  ['exchange:|', ['exchange:orders', 'exchange:billing']],
  ['exchange:b|', ['exchange:billing']],
  ['key:(a OR |)', ['key:(a OR order.created)', 'key:(a OR "order (odd) key")']],
  ['key:"order (|', ['key:"order (odd) key"']],
  ['header.x-tenant:|', ['header.x-tenant:acme', 'header.x-tenant:globex']],
  ['header.x-tenant:glo| AND x', ['header.x-tenant:globex AND x']],
  ['header.x-tenant=|', ['header.x-tenant=acme', 'header.x-tenant=globex']],
  ['body.id:|', ['body.id:9007199254740993']],
  ['content-type:|', ['content-type:application/json']],
  ['size:|', ['size:>', 'size:<']],
  ['dead:|', ['dead:true', 'dead:false']],
  ['dead:t|', ['dead:true']],
  ['exchange:a A|', ['exchange:a AND ']],
  ['exchange:a AN|', ['exchange:a AND ']],
];

describe('completion in a filter', () => {
  for (const [marked, expected] of first) {
    it(`offers what was seen and what fits: ${marked}`, () => {
      const { results } = complete(marked);
      assert.deepEqual(results.slice(0, expected.length), expected);
    });
  }

  it('offers every field, and how conditions are joined where one stands before', () => {
    const { items } = complete('|');
    const labels = items.map(({ label }) => label);
    for (const label of ['key', 'header.', 'body.', 'has:', 'content-type', 'NOT'])
      assert.ok(labels.includes(label), label);
    assert.ok(!labels.includes('AND'));
    assert.ok(complete('a |').items.some(({ insert }) => insert === 'AND '));
    assert.ok(items.length <= 50 && items.every(({ detail }) => detail !== ''));
  });

  it('offers nothing that was not seen', () => {
    assert.deepEqual(complete('header.nowhere:|').items, []);
    assert.deepEqual(complete('body.total.deeper:|').items, []);
  });
});
