import type { MessageDetail } from '../message/detail';
import type { MessageProperties, UndecodedProperties } from '../message/message';
import type { NoteRow } from '../message/row';
import { append, BodySlabs } from './bodySlabs';
import { entryBytes, propertiesSize } from './keptSize';
import { pageRows, RowPage, rowFlags } from './rowPage';

export interface RingLimits {
  /** Most rows kept, message rows and note rows together. */
  readonly rows: number;
  /** Most bytes kept: slabs for bodies, and what properties weigh. */
  readonly bytes: number;
}

const tailLimits: RingLimits = { rows: 100_000, bytes: 64 * 1024 * 1024 };

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
export type KeptRow = ({ readonly kind: 'message' } & MessageDetail) | Omit<NoteRow, 'place'>;

/** Between two rows of a buffer. */
export interface RowMark {
  /** The row behind it. */
  readonly seq: number;
  /** Messages that ever arrived before it. */
  readonly messages: number;
}

const noBytes = new Uint8Array(0);

/**
 * The last rows that arrived, bounded in number and in bytes. Sequence numbers start at 1 and never restart; the
 * oldest rows go first and every one that went is counted. Adding does only what cannot be done later: rows are
 * built when they are asked for, because a tail at full speed shows one message in a thousand.
 */
export class RingBuffer {
  private readonly slabs: BodySlabs;
  private longestBody: number;
  /** Pages by the number of their first row divided by their size; `tailPage` is the last of them. */
  private readonly pages = new Map<number, RowPage>();
  private tailPage = new RowPage();
  private sparePage: RowPage | undefined;
  private first = 1;
  private next = 1;
  private weight = 0;
  private received = 0;
  private dropped = 0;
  private lostNotes = 0;
  /** Messages that are kept no more, for whatever reason, since the very start. */
  private gone = 0;
  private lastExchange = '';
  private lastRoutingKey = '';
  private lastProperties: MessageProperties = {};

  constructor(private mostKept: RingLimits = tailLimits) {
    this.slabs = new BodySlabs(Math.max(1, Math.min(1024 * 1024, Math.floor(mostKept.bytes / 16))));
    this.longestBody = longestIn(mostKept);
    this.pages.set(0, this.tailPage);
  }

  get limits(): RingLimits {
    return this.mostKept;
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
  /** Before the oldest row, and behind the newest one. */
  get start(): RowMark {
    return { seq: this.first, messages: this.gone };
  }
  get end(): RowMark {
    return { seq: this.next, messages: this.gone + this.received - this.dropped };
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
    const properties = this.shared(undecoded ? undecoded.others : arrival.properties);
    const headers = undecoded?.headers;
    const headerLength = headers ? headers.length : 0;
    const length = body.length <= this.longestBody ? body.length : this.longestBody;
    const weight = entryBytes + propertiesSize(properties);
    this.makeRoom(weight, headerLength + length);
    const slab = this.slabs.take(headerLength + length);
    const index = this.newRow(weight);
    const page = this.tailPage;
    page.offset[index] = slab ? slab.used : 0;
    if (slab) {
      if (headers && headerLength > 0) append(slab, headers, headerLength);
      if (length > 0) append(slab, body, length);
    }
    // Most messages repeat the exchange and key of the one before: keeping that string lets the new one die young.
    if (arrival.exchange !== this.lastExchange) this.lastExchange = arrival.exchange;
    if (arrival.routingKey !== this.lastRoutingKey) this.lastRoutingKey = arrival.routingKey;
    this.received++;
    page.receivedAt[index] = receivedAt;
    page.size[index] = body.length;
    page.headerLength[index] = headerLength;
    page.bodyLength[index] = length;
    page.flags[index] =
      (arrival.redelivered ? rowFlags.redelivered : 0) | (sentByYou ? rowFlags.sentByYou : 0);
    page.slab[index] = slab;
    page.exchange[index] = this.lastExchange;
    page.routingKey[index] = this.lastRoutingKey;
    page.properties[index] = properties;
    page.readHeaders[index] = headers ? undecoded.readHeaders : undefined;
  }

  /** Whether that message can be kept without letting another row go. */
  hasRoomFor(arrival: Arrival): boolean {
    const { body, undecoded } = arrival;
    const weight = entryBytes + propertiesSize(undecoded ? undecoded.others : arrival.properties);
    const length = (undecoded?.headers?.length ?? 0) + Math.min(body.length, this.longestBody);
    return !this.isFullFor(weight, length);
  }

  addNote(severity: NoteRow['severity'], text: string, at: number): void {
    const weight = entryBytes + text.length * 2;
    this.makeRoom(weight, 0);
    const index = this.newRow(weight);
    this.tailPage.receivedAt[index] = at;
    this.tailPage.routingKey[index] = text;
    this.tailPage.flags[index] = rowFlags.note | (severity === 'warning' ? rowFlags.warning : 0);
  }

  /** The page that holds the row, for whoever goes through many; `undefined` where the row is not kept. */
  pageOf(seq: number): RowPage | undefined {
    return seq < this.first || seq >= this.next ? undefined : this.pages.get(Math.floor(seq / pageRows));
  }

  at(seq: number): KeptRow | undefined {
    const page = this.pageOf(seq);
    if (!page) return undefined;
    const index = seq % pageRows;
    const receivedAt = page.receivedAt[index] ?? 0;
    const flags = page.flags[index] ?? 0;
    if (flags & rowFlags.note) {
      const severity = flags & rowFlags.warning ? 'warning' : 'info';
      return { kind: 'note', seq, receivedAt, severity, text: page.routingKey[index] ?? '' };
    }
    const bytes = page.slab[index]?.bytes ?? noBytes;
    const offset = page.offset[index] ?? 0;
    const start = offset + (page.headerLength[index] ?? 0);
    const properties = page.properties[index] ?? {};
    const headers = page.readHeaders[index]?.(bytes.slice(offset, start));
    return {
      kind: 'message',
      seq,
      receivedAt,
      exchange: page.exchange[index] ?? '',
      routingKey: page.routingKey[index] ?? '',
      redelivered: (flags & rowFlags.redelivered) !== 0,
      sentByYou: (flags & rowFlags.sentByYou) !== 0,
      properties: headers ? { ...properties, headers } : properties,
      size: page.size[index] ?? 0,
      body: bytes.subarray(start, start + (page.bodyLength[index] ?? 0)),
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

  /** From now on at most so many bytes. What does not fit any more goes at once, counted as dropped. */
  limitBytes(bytes: number): void {
    this.mostKept = { ...this.mostKept, bytes };
    this.longestBody = longestIn(this.mostKept);
    while (this.heldBytes > bytes) {
      this.slabs.dropSpare();
      if (this.heldBytes <= bytes || this.first === this.next) return;
      this.dropOldest();
    }
  }

  private makeRoom(weight: number, bodyLength: number): void {
    while (this.isFullFor(weight, bodyLength)) {
      if (this.first === this.next) {
        // Nothing is left to drop: a single row may be heavier than a very small limit.
        this.slabs.dropSpare();
        return;
      }
      this.dropOldest();
    }
  }

  private dropOldest(): void {
    if (this.removeOldest() & rowFlags.note) this.lostNotes++;
    else this.dropped++;
  }

  private isFullFor(weight: number, bodyLength: number): boolean {
    const { rows, bytes } = this.limits;
    return (
      this.next - this.first >= rows ||
      this.weight + weight + this.slabs.allocated + this.slabs.growth(bodyLength) > bytes
    );
  }

  /** Returns the flags of the row that went. */
  private removeOldest(): number {
    const number = Math.floor(this.first / pageRows);
    const index = this.first % pageRows;
    const page = this.pages.get(number) ?? this.tailPage;
    const flags = page.flags[index] ?? 0;
    const slab = page.slab[index];
    this.weight -= page.weight[index] ?? 0;
    if (!(flags & rowFlags.note)) this.gone++;
    if (slab) this.slabs.release(slab);
    page.forget(index);
    this.first++;
    if (index === pageRows - 1) {
      this.pages.delete(number);
      this.sparePage ??= page;
    }
    return flags;
  }

  /** Makes the next row; returns where in `tailPage` it is. */
  private newRow(weight: number): number {
    const index = this.next % pageRows;
    if (index === 0) {
      this.tailPage = this.sparePage ?? new RowPage();
      this.sparePage = undefined;
      this.pages.set(this.next / pageRows, this.tailPage);
    }
    this.tailPage.weight[index] = weight;
    this.weight += weight;
    this.next++;
    return index;
  }

  /** The properties of the message before, where they are the same: what repeats is kept once. */
  private shared(properties: MessageProperties): MessageProperties {
    if (!sameProperties(properties, this.lastProperties)) this.lastProperties = properties;
    return this.lastProperties;
  }
}

/** Of a body longer than this only the beginning is kept. */
function longestIn({ bytes }: RingLimits): number {
  return Math.max(1, Math.floor(bytes / 4));
}

/** Headers count as different, unless there are none: comparing them would cost more than keeping them. */
function sameProperties(a: MessageProperties, b: MessageProperties): boolean {
  return (
    a.contentType === b.contentType &&
    a.deliveryMode === b.deliveryMode &&
    a.messageId === b.messageId &&
    a.timestamp === b.timestamp &&
    a.correlationId === b.correlationId &&
    a.headers === b.headers &&
    a.contentEncoding === b.contentEncoding &&
    a.priority === b.priority &&
    a.replyTo === b.replyTo &&
    a.expiration === b.expiration &&
    a.type === b.type &&
    a.userId === b.userId &&
    a.appId === b.appId &&
    a.clusterId === b.clusterId
  );
}
