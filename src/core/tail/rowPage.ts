import type { FieldTable } from '../base/fieldValue';
import type { MessageProperties } from '../message/message';
import type { Slab } from './bodySlabs';

const noProperties: MessageProperties = {};

/** Rows a page holds. */
export const pageRows = 1_024;

/**
 * A stretch of kept rows, one column for each thing that is kept. Columns and not an object a row: 100,000 objects
 * that live for a while cost the garbage collector more than receiving the messages did.
 */
export class RowPage {
  readonly receivedAt = new Float64Array(pageRows);
  /** Of the whole body, in bytes. */
  readonly size = new Float64Array(pageRows);
  /** What the row counts towards the byte limit, slabs aside. */
  readonly weight = new Float64Array(pageRows);
  /** Where headers and then the body lie in the slab. */
  readonly offset = new Uint32Array(pageRows);
  readonly headerLength = new Uint32Array(pageRows);
  /** Bytes of the body that are kept. */
  readonly bodyLength = new Uint32Array(pageRows);
  /** See `rowFlags`. */
  readonly flags = new Uint8Array(pageRows);
  readonly slab = new Array<Slab | undefined>(pageRows).fill(undefined);
  readonly exchange = new Array<string>(pageRows).fill('');
  /** Of a note, its text. */
  readonly routingKey = new Array<string>(pageRows).fill('');
  /** Without the headers where these are kept encoded. */
  readonly properties = new Array<MessageProperties>(pageRows).fill(noProperties);
  /** Decodes the headers that lie in the slab; missing where a row has none there. */
  readonly readHeaders = new Array<((bytes: Uint8Array) => FieldTable) | undefined>(pageRows).fill(undefined);

  /** Lets go of what the row refers to. */
  forget(index: number): void {
    this.slab[index] = undefined;
    this.exchange[index] = '';
    this.routingKey[index] = '';
    this.properties[index] = noProperties;
    this.readHeaders[index] = undefined;
  }
}

export const rowFlags = { note: 1, warning: 2, redelivered: 4, sentByYou: 8 } as const;
