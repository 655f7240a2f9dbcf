import { compileFilter } from '../../src/core/message/filter/compileFilter';
import type { FilterSubject } from '../../src/core/message/filter/filterSubject';
import { parseFilter } from '../../src/core/message/filter/parseFilter';
import type { Delivery } from '../../src/core/message/message';
import { readTable } from '../../src/core/broker/amqp/readTable';
import { writeTable } from '../../src/core/broker/amqp/writeTable';
import { RingBuffer } from '../../src/core/tail/ringBuffer';
import { RowCursor } from '../../src/core/tail/rowCursor';
import { delivery } from './deliveries';

/** Noon UTC of 2 January 2026. */
export const testNow = Date.UTC(2026, 0, 2, 12, 0, 0);

/** The message as it lies in a ring buffer: with its headers encoded, as they come from the wire. */
export function filterSubject(body: string | Uint8Array, more: Partial<Delivery> = {}): FilterSubject {
  const ring = new RingBuffer({ rows: 3, bytes: 4 * 1024 * 1024 });
  const made = delivery(body, more);
  const { headers, ...others } = made.properties;
  const buffer = Buffer.alloc(4 * 1024);
  const undecoded = {
    others,
    readHeaders: readTable,
    ...(headers && { headers: buffer.subarray(4, writeTable(buffer, headers, 0)) }),
  };
  // Something lies in the same memory before and after it.
  ring.addMessage(delivery('{"before":1,"total":-1} before'), 0, false);
  ring.addMessage({ ...made, undecoded }, testNow, false);
  ring.addMessage(delivery('{"after":1,"total":-1} after'), 0, false);
  const cursor = new RowCursor(ring);
  cursor.moveTo(2);
  return cursor;
}

/** Throws where the filter has a mistake. */
export function filterMatches(filter: string, message: FilterSubject): boolean {
  const { node, problem } = parseFilter(filter, testNow);
  if (!node) throw new Error(problem?.message ?? 'An empty filter.');
  return compileFilter(node)(message);
}
