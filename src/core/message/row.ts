/** One line of the messages panel, short enough to send by the hundred. */
export type Row = MessageRow | NoteRow;

export interface MessageRow {
  readonly kind: 'message';
  /** Where it stands in what is shown: its sequence number, or its place among the rows that a filter left. */
  readonly place: number;
  /** Counts from 1 within a view and never restarts. */
  readonly seq: number;
  /** When it was received here, milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly exchange: string;
  readonly routingKey: string;
  /** Bytes of the body on the wire. */
  readonly size: number;
  readonly contentType?: string;
  readonly redelivered: boolean;
  readonly persistent: boolean;
  readonly deadLettered: boolean;
  /** Published from this editor straight to the queue, where a tap cannot see it. */
  readonly sentByYou: boolean;
  /** The first characters of the body, on one line; hex for what is not text. */
  readonly preview: string;
  readonly messageId?: string;
  readonly correlationId?: string;
  /** The property `type`. */
  readonly type?: string;
  readonly appId?: string;
  readonly priority?: number;
  /** The first headers on one line, "x-tenant: acme, x-retry: 2"; without the death history. */
  readonly headers?: string;
}

/** Something to know about what lies between two messages: a gap, a change of what is seen. */
export interface NoteRow {
  readonly kind: 'note';
  readonly place: number;
  readonly seq: number;
  readonly receivedAt: number;
  readonly severity: 'info' | 'warning';
  readonly text: string;
}
