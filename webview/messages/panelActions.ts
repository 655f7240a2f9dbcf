import type { MessagesPanelContract } from '../../src/protocol/messagesPanel';
import type { MessageActions } from './messageActions';
import type { ToolbarActions } from './toolbarTemplate';

type Requests = MessagesPanelContract['requests'];

/** For requests whose answer is the next snapshot, or something outside the panel. */
export type Send = <K extends keyof Requests>(name: K, params: Requests[K]['params']) => void;

/** What only the panel itself can do. */
type OwnActions = Pick<ToolbarActions, 'follow' | 'showColumn' | 'resetColumns'> &
  Pick<MessageActions, 'open' | 'selectForCompare' | 'filterBy'>;

/** What buttons and menus do: mostly a request to the host. */
export function panelActions(send: Send, own: OwnActions): ToolbarActions & MessageActions {
  return {
    ...own,
    pause: (receiving) => {
      send('pause', { receiving });
    },
    resume: () => {
      send('resume', undefined);
    },
    clear: () => {
      send('clear', undefined);
    },
    setOverflow: (overflow) => {
      send('setOverflow', { overflow });
    },
    exportView: (params) => {
      send('exportView', params);
    },
    record: (on) => {
      send('record', { on });
    },
    openInEditor: (seq) => {
      send('openInEditor', { seq });
    },
    publishAgain: (seq) => {
      send('publishAgain', { seq });
    },
    copy: (seq, what) => {
      send('copy', { seq, what });
    },
    compare: (left, right) => {
      send('compare', { left, right });
    },
  };
}
