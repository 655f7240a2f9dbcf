import type { BrokerContract } from '../protocol/brokerContract';
import type { Handlers } from '../protocol/endpoint';
import type { Views } from './views';

type FilterRequests = 'setFilter' | 'completeFilter' | 'histogram';

/** The requests about which messages of a view are shown, and when they came. */
export function filterHandlers(views: Views): Pick<Handlers<BrokerContract>, FilterRequests> {
  return {
    setFilter: ({ viewId, text, range }) => {
      const view = views.get(viewId);
      view.messages.setFilter(text, range);
      return view.state();
    },
    completeFilter: ({ viewId, text, caret }) => views.get(viewId).messages.completeFilter(text, caret),
    histogram: ({ viewId, buckets }) => views.get(viewId).messages.histogram(buckets),
  };
}
