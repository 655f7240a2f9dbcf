import type { NoteRow } from '../message/row';
import type { TailBanner } from './banner';
import type { Arrival } from './ringBuffer';

/** Why a tail was told to stop receiving for a while. */
export type HoldReason = 'paused' | 'full';

/** Where a tail stands. The protocol's ViewStatus has the same words and more. */
export type TailStatus =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'held'; readonly why: HoldReason }
  | { readonly kind: 'reconnecting'; readonly text: string }
  | { readonly kind: 'nothingToMirror'; readonly text: string }
  | { readonly kind: 'stopped'; readonly text: string }
  | { readonly kind: 'failed'; readonly text: string; readonly advice?: string };

/** What a tail tells its owner. */
export interface TailSink {
  /**
   * Called for every message: it must be quick. False when the message was not kept, because receiving has just
   * stopped: a source must not count it as shown.
   */
  message(arrival: Arrival): boolean;
  note(severity: NoteRow['severity'], text: string): void;
  status(status: TailStatus): void;
  banner(banner: TailBanner): void;
}

/** A way to watch while a view is open. */
export interface TailSession {
  /** Begins in the background; what becomes of it goes to the sink. */
  start(): void;
  /** Nothing reaches the sink any more, and what was opened in the broker ends in order. */
  hold(why: HoldReason): void;
  /** Receives again after `hold`. What was missed in between becomes a row. */
  release(): void;
  /** Ends in order and resolves when nothing is left in the broker. Never rejects. */
  stop(): Promise<void>;
}
