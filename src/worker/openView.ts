import type { Disposable } from '../core/base/disposable';
import type { Event } from '../core/base/emitter';
import type { MessageView } from '../core/tail/view';
import type { PauseParams } from '../protocol/brokerContract';
import type { Overflow, ViewSource, ViewState } from '../protocol/view';

/** A tail or a peek that a panel may ask for rows. */
export interface OpenView extends Disposable {
  readonly id: string;
  readonly source: ViewSource;
  readonly messages: MessageView;
  readonly onChanged: Event<void>;
  state(): ViewState;
  pause(receiving: PauseParams['receiving']): void;
  resume(): void;
  clear(): void;
  setOverflow(overflow: Overflow): void;
  /** Ends it in order at the broker; resolves when nothing is left there. Never rejects. */
  close(): Promise<void>;
}
