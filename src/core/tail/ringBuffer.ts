import type { MessageDetail } from '../message/detail';
import type { FieldTable } from '../base/fieldValue';
import type { MessageProperties, UndecodedProperties } from '../message/message';
import type { NoteRow } from '../message/row';
import { append, BodySlabs } from './bodySlabs';
import type { Slab } from './bodySlabs';
import { entryBytes, propertiesSize } from './keptSize';

export interface RingLimits {
  /** Most rows kept, message rows and note rows together. */
  readonly rows: number;
  /** Most bytes kept: slabs for bodies, and what properties weigh. */
  readonly bytes: number;
}

export const tailLimits: RingLimits = { rows: 100_000, bytes: 64 * 1024 * 1024 };

/** What the buffer needs of a message; a Delivery is one, and so is a draft that the user published. */
export interface Arrival {
  readonly exchange: string;
  readonly routingKey: string;
  readonly redelivered: boolean;
  readonly properties: MessageProperties;
  readonly body: Uint8Array;
  readonly undecoded?: UndecodedProperties;
}

/** A row as it is kept. The body of a message is a view into memory that is used again: copy it to keep it. */
export type KeptRow = ({ readonly kind: 'message' } & MessageDetail) | NoteRow;

interface MessageEntry {
  readonly kind: 'message';
  readonly receivedAt: number;
  readonly exchange: string;
  readonly routingKey: string;
  readonly redelivered: boolean;
  readonly sentByYou: boolean;
  /** Without the headers where these are kept encoded. */
  readonly properties: MessageProperties;
  /** Decodes the headers, which then lie in the slab before the body. */
  readonly readHeaders: ((headers: Uint8Array) => FieldTable) | undefined;
  readonly headerLength: number;
  /** Of the whole body; `length` bytes of it are kept. */
  readonly size: number;
  readonly length: number;
  /** Headers and body lie in it, from `offset` on. */
  readonly slab: Slab | undefined;
  readonly offset: number;
  readonly weight: number;
}

interface NoteEntry {
  readonly kind: 'note';
  readonly row: NoteRow;
  readonly weight: number;
}

const noBytes = new Uint8Array(0);

/**
 * The last rows that arrived, bounded in number and in bytes. Sequence numbers start at 1 and never restart; the
 * oldest rows go first and every one that went is counted. Adding does only what cannot be done later: rows are
 * built when they are asked for, because a tail at full speed shows one message in a thousand.
 */
export class RingBuffer {
  private readonly entries: (MessageEntry | NoteEntry | undefined)[] = [];
  private readonly slabs: BodySlabs;
  private readonly longestBody: number;
  private first = 1;
  private next = 1;
  private weight = 0;
  private received = 0;
  private dropped = 0;
  private lostNotes = 0;
  private lastExchange = '';
  private lastRoutingKey = '';

  constructor(readonly limits: RingLimits = tailLimits) {
    this.slabs = new BodySlabs(Math.max(1, Math.min(1024 * 1024, Math.floor(limits.bytes / 16))));
    this.longestBody = Math.max(1, Math.floor(limits.bytes / 4));
  }

  /** Rows `firstSeq` to `nextSeq - 1` are kept. */
  get firstSeq(): number {
    return this.first;
  }
  get nextSeq(): number {
    return this.next;
  }
  /** Messages added since the start or the last `clear`. */
  get receivedMessages(): number {
    return this.received;
  }
  /** Of these, how many had to make room. */
  get droppedMessages(): number {
    return this.dropped;
  }
  get droppedNotes(): number {
    return this.lostNotes;
  }
  get heldBytes(): number {
    return this.weight + this.slabs.allocated;
  }

  /** Keeps a copy of the message. Of a body longer than a quarter of the byte limit only the beginning is kept. */
  addMessage(arrival: Arrival, receivedAt: number, sentByYou: boolean): void {
    const { body, undecoded } = arrival;
    const properties = undecoded ? undecoded.others : arrival.properties;
    const headers = undecoded?.headers;
    const headerLength = headers ? headers.length : 0;
    const length = body.length <= this.longestBody ? body.length : this.longestBody;
    const weight = entryBytes + propertiesSize(properties);
    this.makeRoom(weight, headerLength + length);
    const slab = this.slabs.take(headerLength + length);
    const offset = slab ? slab.used : 0;
    if (slab) {
      if (headers && headerLength > 0) append(slab, headers, headerLength);
      if (length > 0) append(slab, body, length);
    }
    // Most messages repeat the exchange and key of the one before: keeping that string lets the new one die young.
    if (arrival.exchange !== this.lastExchange) this.lastExchange = arrival.exchange;
    if (arrival.routingKey !== this.lastRoutingKey) this.lastRoutingKey = arrival.routingKey;
    this.received++;
    this.push({
      kind: 'message',
      receivedAt,
      exchange: this.lastExchange,
      routingKey: this.lastRoutingKey,
      redelivered: arrival.redelivered,
      sentByYou,
      properties,
      readHeaders: headers ? undecoded.readHeaders : undefined,
      headerLength,
      size: body.length,
      length,
      slab,
      offset,
      weight,
    });
  }

  addNote(severity: NoteRow['severity'], text: string, at: number): void {
    const weight = entryBytes + text.length * 2;
    this.makeRoom(weight, 0);
    const row: NoteRow = { kind: 'note', seq: this.next, receivedAt: at, severity, text };
    this.push({ kind: 'note', row, weight });
  }

  at(seq: number): KeptRow | undefined {
    if (seq < this.first || seq >= this.next) return undefined;
    const entry = this.entries[seq % this.limits.rows];
    if (entry?.kind !== 'message') return entry?.row;
    const { receivedAt, exchange, routingKey, redelivered, sentByYou, size, slab, offset } = entry;
    const start = offset + entry.headerLength;
    const headers = entry.readHeaders?.(slab ? slab.bytes.slice(offset, start) : noBytes);
    return {
      kind: 'message',
      seq,
      receivedAt,
      exchange,
      routingKey,
      redelivered,
      sentByYou,
      properties: headers ? { ...entry.properties, headers } : entry.properties,
      size,
      body: slab ? slab.bytes.subarray(start, start + entry.length) : noBytes,
    };
  }

  /** Lets go of every row without counting it as dropped; the counters start again, the numbers go on. */
  clear(): void {
    while (this.first < this.next) this.removeOldest();
    this.slabs.dropSpare();
    this.received = 0;
    this.dropped = 0;
    this.lostNotes = 0;
  }

  private makeRoom(weight: number, bodyLength: number): void {
    const { rows, bytes } = this.limits;
    while (
      this.next - this.first >= rows ||
      this.weight + weight + this.slabs.allocated + this.slabs.growth(bodyLength) > bytes
    ) {
      if (this.first === this.next) {
        // Nothing is left to drop: a single row may be heavier than a very small limit.
        this.slabs.dropSpare();
        return;
      }
      const removed = this.removeOldest();
      if (removed?.kind === 'message') this.dropped++;
      else this.lostNotes++;
    }
  }

  private removeOldest(): MessageEntry | NoteEntry | undefined {
    const index = this.first % this.limits.rows;
    const entry = this.entries[index];
    this.entries[index] = undefined;
    this.first++;
    if (entry) this.weight -= entry.weight;
    if (entry?.kind === 'message' && entry.slab) this.slabs.release(entry.slab);
    return entry;
  }

  private push(entry: MessageEntry | NoteEntry): void {
    this.entries[this.next % this.limits.rows] = entry;
    this.weight += entry.weight;
    this.next++;
  }
}
