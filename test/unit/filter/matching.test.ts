import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { FieldTable } from '../../../src/core/base/fieldValue';
import { longstr } from '../../../src/core/base/fieldValue';
import type { Delivery } from '../../../src/core/message/message';
import { filterMatches, filterSubject } from '../../support/filterSubjects';

const headers: FieldTable = [
  { name: 'x-tenant', value: longstr('Acme Corp') },
  { name: 'app.region', value: longstr('eu-1') },
  { name: 'bool', value: { type: 'bool', value: true } },
  { name: 'byte', value: { type: 'byte', value: -5 } },
  { name: 'unsignedbyte', value: { type: 'unsignedbyte', value: 250 } },
  { name: 'short', value: { type: 'short', value: -300 } },
  { name: 'unsignedshort', value: { type: 'unsignedshort', value: 60_000 } },
  { name: 'int', value: { type: 'int', value: -70_000 } },
  { name: 'unsignedint', value: { type: 'unsignedint', value: 4_000_000_000 } },
  { name: 'long', value: { type: 'long', value: '9007199254740993' } },
  { name: 'float', value: { type: 'float', value: 0.5 } },
  { name: 'double', value: { type: 'double', value: 0.1 } },
  { name: 'nan', value: { type: 'double', value: 'NaN' } },
  { name: 'decimal', value: { type: 'decimal', digits: 2, value: 1234 } },
  { name: 'binary', value: { type: 'longstr', value: Uint8Array.of(0xff, 0x00) } },
  { name: 'time', value: { type: 'timestamp', value: '1700000000' } },
  { name: 'void', value: { type: 'void' } },
  { name: 'bytes', value: { type: 'bytearray', value: Uint8Array.of(0xca, 0xfe) } },
  { name: '__proto__', value: longstr('odd') },
  { name: 'odd: name', value: longstr('quoted') },
  { name: 'list', value: { type: 'array', value: [longstr('one'), { type: 'int', value: 2 }] } },
  {
    name: 'x-death',
    value: {
      type: 'array',
      value: [
        {
          type: 'table',
          value: [
            { name: 'queue', value: longstr('orders.retry') },
            { name: 'count', value: { type: 'long', value: '3' } },
          ],
        },
      ],
    },
  },
];

const body = JSON.stringify({
  id: 'a1',
  total: 129.9,
  paid: true,
  note: null,
  text: 'Größe "XL" / naïve',
  created: '2026-01-02T11:59:00Z',
  items: [
    { sku: 'X-1', tags: ['red', 'big'], count: 2 },
    { sku: 'Y-2', tags: [], count: 7 },
  ],
  nested: { deep: { value: 'found' }, 'with.dot': 1 },
}).replace('"paid"', '"big":9007199254740993,"paid"');

const message: Partial<Delivery> = {
  exchange: 'orders',
  routingKey: 'order.created.eu',
  redelivered: true,
  properties: {
    headers,
    contentType: 'application/json',
    contentEncoding: 'utf-8',
    deliveryMode: 2,
    priority: 7,
    correlationId: 'c-1',
    replyTo: 'answers',
    expiration: '60000',
    messageId: 'm-17',
    timestamp: '1767355200',
    type: 'OrderCreated',
    userId: 'guest',
    appId: 'shop',
    clusterId: 'rabbit@one',
  },
};

/** What matches, then what does not, line by line. */
const cases: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  'free text in key, exchange and body, whatever its case': [
    'CREATED.eu | orders | xl | GRÖSSE OR größe | "order.created" | a1 total | order*eu | X-1*big',
    'guest | "a1 total" | NOT created | -orders | eu*order | missing',
  ],
  exchange: [
    'exchange:ord | exchange=orders | exchange:ord*s | exchange:/^ord/',
    'exchange=Orders | exchange:ord*x | exchange:/^rd/',
  ],
  'routing key': [
    'key:created | key:order.*.eu | routing-key:EU | routingKey=order.created.eu',
    'key:order.* AND key:us | key:*.us | key=order',
  ],
  properties: [
    'content-type:json | contentType=application/json | content-encoding:utf | delivery-mode:2 | priority:>=7 | ' +
      'correlation-id=c-1 | reply-to:answers | expiration:>59999 | message-id:m-1* | type:order | user-id:guest | app-id:shop | cluster-id:one',
    'content-type:xml | delivery-mode:1 | priority:>7 | priority:70 | correlation-id=C-1 | expiration:<60000 | type=ordercreated',
  ],
  timestamp: [
    'timestamp:1767355200 | timestamp:>1767355199 | timestamp:2026-01-02T12:00:00Z | timestamp:>2026-01-01 | timestamp:2026-01-01..2026-01-03',
    'timestamp:<1767355200 | timestamp:>2026-01-02T12:00Z | timestamp:2025-12-01..2025-12-31',
  ],
  flags: [
    'redelivered:true | persistent:true | dead:true | has:dead | dead=TRUE',
    'redelivered:false | persistent:false | dead:false | -has:header.x-y AND NOT dead:true',
  ],
  size: [
    'size:>100 | size:<1kB | size:0.1kB..1kB | size>=10 | size > 10 | size:<1KiB',
    'size:<10 | size:>1MiB | size:..10 | size:1000..',
  ],
  received: [
    'received:2026-01-02 | received:>=2026-01-02T12:00:00Z | received:-5m | received:<=2026-01-02T12:00:00.000Z | received:2026-01-01..',
    'received:>2026-01-03 | received:<2026-01-02T12:00:00Z | received:>2026-01-02T12:00:00Z | received:2026-01-01T00:00Z..2026-01-01T10:00Z | received:<-1h',
  ],
  'headers of every type': [
    'header.x-tenant:acme | header.x-tenant="Acme Corp" | header.bool:true | header.byte:-5 | header.byte:<0 | header.unsignedbyte:250 | ' +
      'header.short:-400..-200 | header.unsignedshort:>59999 | header.int=-70000 | header.unsignedint:4e9 | header.float:0.5 | header.double:0.1 | ' +
      'header.nan:NaN | header.decimal:12.34 | header.decimal:>12.33 | header.binary:ff00 | header.time:1700000000 | header.void:null | ' +
      'header.bytes:cafe | header.__proto__:odd | header."odd: name":quoted | headers.bool:true',
    'header.x-tenant:globex | header.x-tenant=acme | header.bool:false | header.byte:5 | header.unsignedshort:>60000 | header.X-Tenant:acme | ' +
      'header.nan:>0 | header.nan:<0 | header.void:"x" | header.missing:1 | header.constructor:*',
  ],
  '64-bit integers, to the last digit': [
    'header.long:9007199254740993 | header.long:>9007199254740992 | header.long:<9007199254740993.5 | body.big:9007199254740993 | body.big:>9007199254740992',
    'header.long:9007199254740992 | header.long:<9007199254740993 | header.long:>9007199254740993 | body.big:9007199254740992 | body.big:<9007199254740993',
  ],
  'names with dots, and fields inside tables and arrays': [
    'header.app.region:eu | header."app.region":eu | header.list:one | header.list:2 | header.list[1]:2 | header.list[*]:one | ' +
      'header.x-death.queue:retry | header.x-death[0].count:>2 | header.x-death:retry | header:acme',
    'header.app:eu | header.list[0]:2 | header.list[7]:one | header.x-death[1].queue:retry | header.x-death.count:>3 | header.region:eu',
  ],
  'paths into JSON': [
    'body.total:>100 | body.total:129.9 | body.total:129.90 | body.total:100..130 | body.paid:true | body.note:null | body.text:größe | ' +
      String.raw`body.text:"\"xl\"" | body.items.sku:x-1 | body.items[1].sku:y-2 | body.items[*].count:7 | body.items.tags:big | body.items:red | ` +
      'body.nested.deep.value=found | body.nested:found | body.nested.with.dot:1 | body.nested."with.dot":1 | body.nested[*].value:found | ' +
      'body.created:>2026-01-01 | body.created:2026-01-01..2026-01-03 | body.text:/XL.*na/ | body.items.sku:(x-1 OR z)',
    'body.total:>129.9 | body.total:1299 | body.total:abc | body.paid:false | body.items[0].sku:y-2 | body.items[9].sku:x | body.sku:x-1 | ' +
      'body.nested.value:found | body.Total:1 | body.created:<2026-01-01 | body.before:1 | body.after:1 | body.items.sku:(a OR b)',
  ],
  sets: [
    'exchange:(a OR orders) | priority:(1 OR >5) | -exchange:(a OR b) | header.x-tenant:(acme AND corp) | priority:(>5 <9) | size:(NOT <10) | body.total:(-5 OR 129.9)',
    'exchange:(a OR b) | priority:(1 OR 2) | priority:(>5 AND <7) | NOT exchange:(a OR orders)',
  ],
  'what is there': [
    'has:header.x-tenant | has:body.items.sku | has:content-type | has:header | has:body | has:header.void | has:body.note | -has:header.y | has:header.x-death.queue',
    'has:header.tenant | has:body.sku | has:header.x-tenant.more | has:body.items[2]',
  ],
  'combinations, with AND before OR': [
    'exchange:orders AND key:eu | exchange:orders key:eu | exchange:a OR key:eu | exchange:a AND key:us OR key:eu | ' +
      '(exchange:a OR key:eu) AND body.total:>1 | NOT (exchange:a OR key:us) | NOT NOT key:eu | --key:eu | exchange!=a | key:eu OR exchange:a AND key:us',
    'exchange:a AND key:eu | exchange:a AND (key:us OR key:eu) | NOT (exchange:a OR key:eu) | exchange!=orders',
  ],
  'regular expressions': [
    String.raw`/created\.(eu|us)/ | body:/"total":1\d\d/ | key:/^ORDER/i | header.x-tenant:/^Acme\s/ | /[/]/ | body:/Gr.ße/ | header.int:/^-7/`,
    String.raw`key:/^ORDER/ | key:/eu.$/ | header.x-tenant:/^acme/ | body:/^total/`,
  ],
  'stars and escapes in values': [
    String.raw`header.x-tenant:a*p | header.x-tenant:* | header.x-tenant:*corp | header.unsignedbyte:2* | body:*total* | key:order\.created\.eu`,
    String.raw`header.x-tenant:"a*p" | header.x-tenant:a\*p | header.x-tenant:corp* | body:total* | header.missing:*`,
  ],
};

describe('what a filter matches', () => {
  const subject = filterSubject(body, message);
  for (const [what, [yes, no]] of Object.entries(cases)) {
    it(what, () => {
      for (const filter of yes.split(' | ')) assert.equal(filterMatches(filter, subject), true, filter);
      for (const filter of no.split(' | ')) assert.equal(filterMatches(filter, subject), false, filter);
    });
  }

  it('an empty message: no field is there, and no filter fails on it', () => {
    const empty = filterSubject('', { exchange: '', routingKey: '', properties: {} });
    for (const [yes, no] of Object.values(cases)) {
      for (const filter of `${yes} | ${no}`.split(' | ')) {
        assert.equal(typeof filterMatches(filter, empty), 'boolean', filter);
      }
    }
    for (const field of ['exchange', 'key', 'body', 'header', 'priority', 'dead', 'body.a', 'redelivered']) {
      assert.equal(filterMatches(`has:${field}`, empty), false, field);
    }
  });

  it('JSON with escapes in its names, a byte order mark, an array at its top, or with mistakes', () => {
    const texts: [string, string, boolean][] = [
      [String.raw`{"t\u006ftal":5}`, 'body.total:5', true],
      ['\ufeff{"total":5}', 'body.total:5', true],
      ['[{"total":4},{"total":5}]', 'body.total:5', true],
      ['[{"total":4},{"total":5}]', 'body[0].total:5', false],
      ['[1,[2,[3]]]', 'body[1][1][0]:3', true],
      ['{"total":1,"total":5}', 'body.total:5', true],
      ['{"a":"total","b":5}', 'body.total:5', false],
      ['{"a":{"total":5},"total":4}', 'body.total:5', false],
      ['{"a":{"total":4},"total":5}', 'body.total:5', true],
      ['{"a":"total","total" :\n\t5}', 'body.total:5', true],
      ['{"total":"5"}', 'body.total:5', true],
      ['{"total":[4,5]}', 'body.total:5', true],
      ['{"total":{"x":[4,{"y":5}]}}', 'body.total:5', true],
      ['{"subtotal":5}', 'body.total:5', false],
      ['{"a":{"total":5}}', 'body.a.total:5', true],
      ['{"a.total":5}', 'body.a.total:5', true],
      ['{"b.total":5}', 'body.a.total:5', false],
      ['{"total":5', 'body.total:5', true],
      ['{"total":', 'has:body.total', false],
      ['{"total" 5}', 'body.total:5', false],
      ['{"a":[1,}],"total":5}', 'body.a:1', true],
      [
        String.raw`{"s":"${'x'.repeat(60)}\\","t":"${'y'.repeat(60)}\" \\\"","total":5}`,
        'body.total:5',
        true,
      ],
      [String.raw`{"t":"${'y'.repeat(60)}\n"}`, `body.t="${'y'.repeat(60)}\n"`, true],
      [`{"t":"${'y'.repeat(60)}\\u0021"}`, `body.t=${'y'.repeat(60)}!`, true],
      [`{"t":"${'y'.repeat(60)}`, 'has:body.t', true],
      [`{"t":"${'y'.repeat(60)}`, 'body.t:y', false],
      ['total:5', 'body.total:5', false],
      ['"total"', 'body.total:5', false],
      [`${'['.repeat(100_000)}1`, 'body.total:1', false],
      [`{"a":${'{"x":'.repeat(100_000)}1`, 'body.a:7', false],
      [`{"n":${'9'.repeat(100_000)}}`, 'body.n:>5', false],
      ['{"n":1e400}', 'body.n:>5', true],
      ['{"n":1e-999999999}', 'body.n:0', true],
    ];
    for (const [text, filter, expected] of texts) {
      assert.equal(filterMatches(filter, filterSubject(text)), expected, `${filter} on ${text.slice(0, 40)}`);
    }
  });

  it('bytes that are no text', () => {
    const subject = filterSubject(Uint8Array.of(0xff, 0x41, 0x42, 0xfe));
    assert.equal(filterMatches('ab', subject), true);
    assert.equal(filterMatches('body:/A.$/', subject), false);
    assert.equal(filterMatches('body:/^.AB/', subject), true);
    assert.equal(filterMatches('has:body.x', subject), false);
  });
});
