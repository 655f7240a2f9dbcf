import type { Failure } from '../base/failure';
import type { NoteRow } from '../message/row';
import type { NothingToWatch, OpenPlan } from './tailPlan';
import type { TailSink } from './tailSession';

/** Something in the broker that delivers to a sink until it is ended or lost. */
export interface OpenSource {
  /** Resolves once, when nothing more will be delivered though nobody asked for its end. */
  readonly lost: Promise<Failure>;
  /** Ends it in order. Never rejects, and gives up waiting for a broker that does not answer. */
  end(): Promise<void>;
}

/** What a source may tell: it has no say in the status. */
export interface SourceSink extends Pick<TailSink, 'message' | 'note' | 'banner'> {
  /**
   * What the row about the time without a source says; that messages were missed, unless a source tells otherwise
   * before its first message.
   */
  missed(severity: NoteRow['severity'], text: string): void;
}

/**
 * Opens what was planned and resolves when it delivers. Rejects with a Failure, and then has left nothing behind.
 * It is called again after every loss, and remembers what it has to.
 */
export type OpenTailSource<P extends OpenPlan = OpenPlan> = (
  plan: P,
  sink: SourceSink,
  signal: AbortSignal,
) => Promise<OpenSource | NothingToWatch>;
