import { utf8Bytes } from '../../../src/core/base/bytes';
import type { Clock } from '../../../src/core/base/clock';
import { MessageView } from '../../../src/core/tail/view';
import type { MessagesPanelState } from '../../../src/protocol/messagesPanel';
import { browserClock } from '../../../webview/shared/browserClock';
import { madeUpDetail } from './madeUp';

const clock: Clock = {
  ...browserClock,
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

/** A view as the worker has it, with its buffer and its filter, in the page itself and filled with made-up messages. */
export class LiveView {
  readonly view = new MessageView(clock);

  constructor(
    private readonly first: MessagesPanelState,
    messages: number,
    changed: (state: MessagesPanelState) => void,
  ) {
    this.arrive(messages);
    this.view.onChanged(() => {
      changed(this.state());
    });
  }

  arrive(messages: number): void {
    const { received } = this.view.window();
    for (let seq = received + 1; seq <= received + messages; seq++) {
      const { exchange, routingKey, redelivered, properties, bodyText } = madeUpDetail(seq);
      this.view.message({ exchange, routingKey, redelivered, properties, body: utf8Bytes(bodyText ?? '') });
    }
  }

  state(): MessagesPanelState {
    const { view } = this.first;
    return { ...this.first, ...(view && { view: { ...view, ...this.view.window() } }) };
  }
}
