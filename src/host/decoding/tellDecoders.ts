import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import { asFailure } from '../../core/base/failure';
import type { Log } from '../../core/base/log';
import type { BrokerSession } from '../brokers/brokerSession';
import type { BrokerSessions } from '../brokers/brokerSessions';
import type { DecoderSettings } from './decoderSettings';

/** Tells each worker what the settings say about decoding: when it has connected, and when they change. */
export function tellDecoders(sessions: BrokerSessions, settings: DecoderSettings, log: Log): Disposable {
  const tell = async (session: BrokerSession): Promise<void> => {
    try {
      const setup = await settings.setup();
      if (session.state.status === 'connected') await session.client.request('configureDecoding', setup);
    } catch (thrown) {
      const { reason, message, more } = asFailure(thrown);
      // A connection that ended meanwhile is told when it is back.
      if (reason !== 'closed') log.warn(`The decoders could not be set up: ${message}`, more.detail);
    }
  };
  const subscriptions = new DisposableStore();
  subscriptions.add(
    sessions.onDidChange((session) => {
      if (session.state.status === 'connected') void tell(session);
    }),
  );
  subscriptions.add(
    settings.onDidChange(() => {
      for (const session of sessions.connected()) void tell(session);
    }),
  );
  return subscriptions;
}
