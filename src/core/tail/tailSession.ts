import type { NoteRow } from '../message/row';
import type { TailBanner } from './banner';
import type { Arrival } from './ringBuffer';

/** Where a tail stands. The protocol's ViewStatus has the same words and more. */
export type TailStatus =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'reconnecting'; readonly text: string }
  | { readonly kind: 'nothingToMirror'; readonly text: string }
  | { readonly kind: 'stopped'; readonly text: string }
  | { readonly kind: 'failed'; readonly text: string; readonly advice?: string };

/** What a tail tells its owner. `message` is called for every message: it must be quick. */
export interface TailSink {
  message(arrival: Arrival): void;
  note(severity: NoteRow['severity'], text: string): void;
  status(status: TailStatus): void;
  banner(banner: TailBanner): void;
}

/** One way to watch (a mirror tap today; a stream by offset, the firehose, consuming). */
export interface TailSession {
  /** Begins in the background; what becomes of it goes to the sink. */
  start(): void;
  /** Ends in order and resolves when nothing is left in the broker. Never rejects. */
  stop(): Promise<void>;
}
