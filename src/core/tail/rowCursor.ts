import type { FieldTable } from '../base/fieldValue';
import type { FilterSubject } from '../message/filter/filterSubject';
import type { MessageProperties } from '../message/message';
import type { RingBuffer } from './ringBuffer';
import { pageRows, RowPage, rowFlags } from './rowPage';

const noBytes = new Uint8Array(0);

/**
 * Looks at one kept row after another without making anything of them: a filter goes through 100,000 rows a second.
 * Rows may arrive and go between two calls of `moveTo`, but not between that and the use of what it shows.
 */
export class RowCursor implements FilterSubject {
  private page = new RowPage();
  private index = 0;
  private decoded = false;
  private table: FieldTable | undefined;

  constructor(private readonly ring: Pick<RingBuffer, 'pageOf'>) {}

  /** What the row is; `undefined` where it is not kept. */
  moveTo(seq: number): 'message' | 'note' | undefined {
    const page = this.ring.pageOf(seq);
    if (!page) return undefined;
    this.page = page;
    this.index = seq % pageRows;
    this.decoded = false;
    return (page.flags[this.index] ?? 0) & rowFlags.note ? 'note' : 'message';
  }

  get receivedAt(): number {
    return this.page.receivedAt[this.index] ?? 0;
  }
  get exchange(): string {
    return this.page.exchange[this.index] ?? '';
  }
  get routingKey(): string {
    return this.page.routingKey[this.index] ?? '';
  }
  get size(): number {
    return this.page.size[this.index] ?? 0;
  }
  get redelivered(): boolean {
    return ((this.page.flags[this.index] ?? 0) & rowFlags.redelivered) !== 0;
  }
  get properties(): MessageProperties {
    return this.page.properties[this.index] ?? {};
  }
  get bytes(): Uint8Array {
    return this.page.slab[this.index]?.bytes ?? noBytes;
  }
  get headersFrom(): number {
    return this.page.offset[this.index] ?? 0;
  }
  get headersTo(): number {
    return this.headersFrom + (this.page.headerLength[this.index] ?? 0);
  }
  get bodyFrom(): number {
    return this.headersTo;
  }
  get bodyTo(): number {
    return this.headersTo + (this.page.bodyLength[this.index] ?? 0);
  }

  /** Decoded at most once a row. */
  headers(): FieldTable | undefined {
    if (!this.decoded) {
      const read = this.page.readHeaders[this.index];
      this.table = read
        ? read(this.bytes.subarray(this.headersFrom, this.headersTo))
        : this.properties.headers;
      this.decoded = true;
    }
    return this.table;
  }
}
