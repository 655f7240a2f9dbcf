import type { Disposable } from '../../src/core/base/disposable';
import { toDisposable } from '../../src/core/base/disposable';
import { Emitter } from '../../src/core/base/emitter';
import type { Transport } from '../../src/protocol/transport';
import type { WebviewApi } from './webviewApi';

/** The panel's end of the channel to the extension host. It closes only with the panel itself. */
export function hostTransport(api: WebviewApi): Transport {
  const never = new Emitter<void>();
  const listening = new Set<Disposable>();
  return {
    send: (message) => {
      api.postMessage(message);
    },
    onMessage: (listener) => {
      const hear = (event: MessageEvent<unknown>): void => {
        listener(event.data);
      };
      window.addEventListener('message', hear);
      const stop = toDisposable(() => {
        window.removeEventListener('message', hear);
        listening.delete(stop);
      });
      listening.add(stop);
      return stop;
    },
    onClosed: never.event,
    dispose: () => {
      for (const stop of [...listening]) stop.dispose();
    },
  };
}
