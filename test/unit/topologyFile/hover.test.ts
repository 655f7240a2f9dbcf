import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createTopologyFileService } from '../../../src/core/topologyFile/service';
import { inlineCode } from '../../../src/core/topologyFile/wording';
import { binding, bound, exchange, file, queue } from '../../support/definitionsPieces';
import { atCursor, textIn, withMarks } from '../../support/cursor';

const service = createTopologyFileService();

describe('hover in a topology file', () => {
  const rows: readonly (readonly [source: string, on: string | undefined, says?: RegExp])[] = [
    ['{"que|ues":[]}', '"queues"', /queues and streams/],
    ['{"queues":[{"dur|able":true}]}', '"durable"', /survives a restart/],
    ['{"queues":[{"durable":tr|ue}]}', '"durable"', /survives a restart/],
    ['{"queues":[{"type":"quo|rum"}]}', '"type"', /no import reads it: x-queue-type/],
    [
      '{"queues":[{"arguments":{"x-mess|age-ttl":5}}]}',
      '"x-message-ttl"',
      /expires\.\n\nValue: whole number from 0 to 315360000000\. Queues that take it: classic, quorum\.\n\nhttps:\/\/www\.rabbitmq\.com\/docs\/ttl$/,
    ],
    [
      '{"queues":[{"arguments":{"x-queue-type":"stream","x-mess|age-ttl":5}}]}',
      '"x-message-ttl"',
      /a stream queue does not take it/,
    ],
    ['{"queues":[{"arguments":{"x-consumer-timeout|":5}}]}', '"x-consumer-timeout"', /quorum since 4\.3/],
    ['{"policies":[{"definition":{"ha-|mode":"all"}}]}', '"ha-mode"', /Removed in 4\.0/],
    ['{"exchanges":[{"arguments":{"alternate-|exchange":5}}]}', '"alternate-exchange"', /cannot route/],
    ['{"bindings":[{"arguments":{"x-ma|tch":"any"}}]}', '"x-match"', /all or any/],
    [
      '{"parameters":[{"component":"vhost-limits","value":{"max-|queues":1}}]}',
      '"max-queues"',
      /most queues/,
    ],
    [
      bound(`${binding()},${binding('', '"routing_key":"l"')}`).replace('"name":"q', '"name":"q|'),
      '"q"',
      /^Queue `q` in `\/`\n\nOf type classic\.\n\n2 bindings lead here\.$/,
    ],
    [
      bound(binding()).replace('"source":"x', '"source":"x|'),
      '"x"',
      /^Exchange `x` in `\/`\n\nOf type `direct`\.\n\n1 binding from here, no bindings to here\.$/,
    ],
    [
      bound(binding()).replace('"source":"x"', '"source":"amq.|topic"'),
      '"amq.topic"',
      /Of type topic; it is in every virtual host/,
    ],
    [bound(binding()).replace('"source":"x"', '"source":"y|"'), '"y"', /does not declare it/],
    [
      '{"users":[{"name":"u|"}],"permissions":[{"user":"u"}]}',
      '"u"',
      /^User `u`\n\nDeclared in this file\.\n\nNamed in 1 other place /,
    ],
    ['{"queues":[{"arguments":{"x-my|-own":5}}]}', undefined],
    ['{"other":"|"}', undefined],
    ['{"queues":[|]}', undefined],
    ['|', undefined],
  ];
  for (const [source, on, says] of rows) {
    it(source.slice(0, 120), () => {
      const { document, position } = atCursor(source);
      const hover = service.hover(document, position);
      assert.equal(hover && textIn(document, hover.range), on);
      if (says) assert.match(hover?.markdown ?? '', says);
    });
  }

  it('shows names of a file as they are, never as Markdown', () => {
    const name = '`](command:x) <img> ```js';
    const { document, position } = atCursor(`{"queues":[{"name":${JSON.stringify(name)}|}]}`);
    assert.match(
      service.hover(document, position)?.markdown ?? '',
      /^Queue ````\s`\]\(command:x\) <img> ```js ````\n/,
    );
    assert.equal(inlineCode('a\n\n# b'), '`a # b`');
    assert.equal(inlineCode('x'.repeat(300)).length, 202);
  });
});

describe('the line above an entry of a topology file', () => {
  const rows: readonly (readonly [source: string, marked: string, texts: readonly string[]])[] = [
    [
      bound(binding()),
      bound(binding()).replace('{"name":"q"', '⟦⟧{"name":"q"').replace('{"name":"x"', '⟦⟧{"name":"x"'),
      ['1 binding from here', '1 binding'],
    ],
    [file({ queues: queue() }), file({ queues: `⟦⟧${queue()}` }), ['no bindings']],
    [
      file({
        queues: queue('"arguments":{"x-dead-letter-exchange":"dlx","x-dead-letter-routing-key":"late"}'),
      }),
      file({
        queues: `⟦⟧${queue('"arguments":{"x-dead-letter-exchange":"dlx","x-dead-letter-routing-key":"late"}')}`,
      }),
      ['no bindings · dead letters to dlx with late'],
    ],
    [
      file({ queues: queue('"arguments":{"x-dead-letter-exchange":""}') }),
      file({ queues: `⟦⟧${queue('"arguments":{"x-dead-letter-exchange":""}')}` }),
      ['no bindings · dead letters to the queue q'],
    ],
    [
      file({ exchanges: exchange('"type":"topic","arguments":{"alternate-exchange":"$(bug)"}') }),
      file({ exchanges: `⟦⟧${exchange('"type":"topic","arguments":{"alternate-exchange":"$(bug)"}')}` }),
      ['no bindings from here · unroutable to $ (bug)'],
    ],
  ];
  for (const [source, marked, texts] of rows) {
    it(texts.join(' / '), () => {
      const document = service.parse(source);
      const lenses = service.codeLenses(document);
      assert.deepEqual(
        lenses.map(({ text }) => text),
        texts,
      );
      assert.equal(
        withMarks(
          document,
          lenses.map(({ range }) => range),
        ).replaceAll('⟧⟦', '⟦⟧'),
        marked,
      );
    });
  }
});
