import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { utf8Bytes } from '../../../src/core/base/bytes';
import { csvHeader, csvLine } from '../../../src/core/message/csvLine';
import type { RecordedMessage } from '../../../src/core/message/recordLine';
import { anyRecordedMessage } from '../../support/anyMessage';

/** RFC 4180, section 2, read by the letter. */
function cellsOf(record: string): string[] {
  const cells: string[] = [];
  const pattern = /(?:^|,)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/gy;
  while (pattern.lastIndex < record.length || cells.length === 0) {
    const found = pattern.exec(record);
    assert.ok(found, record);
    cells.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
  }
  return cells;
}

const columns = csvHeader.split(',');

function cellOf(message: Partial<RecordedMessage>, column: string): string | undefined {
  const whole = { receivedAt: 0, exchange: '', routingKey: '', redelivered: false, properties: {}, size: 0 };
  return cellsOf(csvLine({ ...whole, body: new Uint8Array(), ...message }))[columns.indexOf(column)];
}

describe('CSV', () => {
  it('has one cell for each column, whatever the message holds', () => {
    fc.assert(
      fc.property(anyRecordedMessage, (message) => {
        assert.equal(cellsOf(csvLine(message)).length, columns.length);
      }),
    );
  });

  it('keeps quotes, commas and line breaks inside a cell', () => {
    const body = 'a "quoted", line\r\nand another';
    assert.equal(cellOf({ body: utf8Bytes(body) }, 'body'), body);
  });

  it('never gives a spreadsheet something to run', () => {
    fc.assert(
      fc.property(anyRecordedMessage, (message) => {
        for (const cell of cellsOf(csvLine(message))) assert.doesNotMatch(cell, /^[=+\-@\t\r\n]/);
      }),
    );
    assert.equal(cellOf({ routingKey: '=cmd|calc' }, 'routing_key'), "'=cmd|calc");
    assert.equal(cellOf({ body: utf8Bytes('-5') }, 'body'), "'-5");
  });

  it('says binary bodies as Base64, and headers as JSON with their types', () => {
    const binary = { body: Uint8Array.of(0xff, 0) };
    assert.deepEqual([cellOf(binary, 'body_encoding'), cellOf(binary, 'body')], ['base64', '/wA=']);
    const headers = [{ name: 'n', value: { type: 'int', value: 3 } as const }];
    assert.equal(cellOf({ properties: { headers } }, 'headers'), '{"n": {"!": "int", "value": "3"}}');
  });
});
