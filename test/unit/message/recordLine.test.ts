import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { utf8Bytes } from '../../../src/core/base/bytes';
import type { FieldValue } from '../../../src/core/base/fieldValue';
import { messageLine, noteLine } from '../../../src/core/message/recordLine';
import type { RecordedMessage } from '../../../src/core/message/recordLine';
import { readRecordLine } from '../../../src/core/message/readRecordLine';
import { anyRecordedMessage } from '../../support/anyMessage';

const sample: RecordedMessage = {
  receivedAt: Date.UTC(2026, 10, 24, 12, 4, 5, 120),
  exchange: 'orders',
  routingKey: 'order.created',
  redelivered: false,
  properties: { contentType: 'application/json', timestamp: '1700000000' },
  size: 8,
  body: utf8Bytes('{"id":7}'),
};

function problemOf(line: string): string | undefined {
  const read = readRecordLine(line);
  return read.kind === 'problem' ? read.problem : undefined;
}

describe('a line of a recording', () => {
  it('gives back every message byte for byte, with every header type', () => {
    fc.assert(
      fc.property(anyRecordedMessage, (message) => {
        const line = messageLine(message);
        assert.ok(!/[\r\n]/.test(line));
        assert.deepEqual(readRecordLine(line), { kind: 'message', message });
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives back headers nested as deeply as they can be received', () => {
    let value: FieldValue = { type: 'void' };
    for (let depth = 0; depth < 100; depth++) value = { type: 'table', value: [{ name: '!', value }] };
    const message = { ...sample, properties: { headers: [{ name: 'deep', value }] } };
    assert.deepEqual(readRecordLine(messageLine(message)), { kind: 'message', message });
  });

  it('is JSON that other tools read, the body as text', () => {
    const read = JSON.parse(messageLine(sample)) as Record<string, unknown>;
    assert.deepEqual(read, {
      v: 1,
      receivedAt: '2026-11-24T12:04:05.120Z',
      exchange: 'orders',
      routingKey: 'order.created',
      redelivered: false,
      properties: { contentType: 'application/json', timestamp: 1700000000 },
      body: '{"id":7}',
    });
  });

  it('says how long a body was that had to be cut', () => {
    const cut = { ...sample, size: 1_000 };
    assert.deepEqual(readRecordLine(messageLine(cut)), { kind: 'message', message: cut });
  });

  it('gives back notes', () => {
    const note = {
      receivedAt: sample.receivedAt,
      severity: 'warning',
      text: 'Connection lost "here".',
    } as const;
    assert.deepEqual(readRecordLine(noteLine(note)), { kind: 'note', note });
  });

  const head = '"v":1,"receivedAt":"2026-11-24T12:04:05.120Z"';
  const route = `${head},"exchange":"e","routingKey":"k"`;
  const foreign: [string, RegExp][] = [
    ['', /not JSON: at character 1/],
    ['hello', /not JSON: at character 1/],
    ['[1]', /not an object/],
    ['{"level":"info","msg":"started"}', /"v" is missing/],
    ['{"v":2}', /version 2; only version 1/],
    ['{"v":"1"}', /"v" is not a whole number/],
    ['{"v":1}', /"receivedAt" is missing/],
    ['{"v":1,"receivedAt":"yesterday"}', /not a time like/],
    [`{${head},"routingKey":"k","body":""}`, /"exchange" is missing/],
    [`{${route}}`, /"body" is missing/],
    [`{${route},"body":"","bodyBase64":""}`, /both "body" and "bodyBase64"/],
    [`{${route},"bodyBase64":"?"}`, /not Base64/],
    [`{${route},"body":7}`, /"body" is not text/],
    [`{${route},"body":"","properties":7}`, /"properties" is not an object/],
    [`{${route},"body":"","properties":{"priority":256}}`, /"properties.priority" is not a whole number/],
    [`{${route},"body":"","properties":{"timestamp":-1}}`, /"properties.timestamp" must be a whole number/],
    [
      `{${route},"body":"","properties":{"headers":{"a":{"!":"byte","value":"300"}}}}`,
      /has at "a" a value that/,
    ],
    [`{${route},"body":"","properties":{"headers":${'['.repeat(300)}`, /nested deeper/],
  ];
  for (const [line, problem] of foreign) {
    it(`says of a line that somebody else wrote: ${problem.source}`, () => {
      assert.match(problemOf(line) ?? '', problem);
    });
  }

  it('never throws, whatever somebody typed into it', () => {
    fc.assert(
      fc.property(
        anyRecordedMessage,
        fc.nat(),
        fc.string({ maxLength: 3 }),
        fc.nat(3),
        (message, at, typed, gone) => {
          const line = messageLine(message);
          const place = at % (line.length + 1);
          assert.ok(readRecordLine(line.slice(0, place) + typed + line.slice(place + gone)).kind);
        },
      ),
      { numRuns: 500 },
    );
  });
});
