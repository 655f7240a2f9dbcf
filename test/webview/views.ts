import type { MessagesPanelState } from '../../src/protocol/messagesPanel';
import type { PeekState, ViewState, ViewStatus } from '../../src/protocol/view';

const tailOfQueue: ViewState = {
  viewId: 'tail-1',
  kind: 'tail',
  source: { kind: 'queue', vhost: '/', queue: 'orders.fulfilment' },
  status: { kind: 'running' },
  banner: {
    sees: 'Sees new messages routed here by 3 bindings.',
    misses: 'Misses messages already in the queue and messages sent straight to the queue.',
    promise: 'Nothing is taken.',
    alternatives: [
      {
        kind: 'peek',
        label: 'Peek Messages...',
        price: 'Shows what is in the queue now. Marks those messages as redelivered.',
      },
      {
        kind: 'binding',
        label: 'Tail This Binding',
        price: 'Sees only what you enter, whether or not it reaches the queue.',
      },
    ],
  },
  firstRow: 1,
  nextRow: 1,
  received: 0,
  dropped: 0,
  capacity: 100_000,
  rate: 0,
  rates: [],
  generation: 0,
  overflow: 'roll',
};

/** A tail of the demo shop's queue with `rows` rows. */
export function tail(rows: number, change: Partial<ViewState> = {}): MessagesPanelState {
  return {
    connection: 'shop-dev',
    source: 'orders.fulfilment',
    kind: 'tail',
    revive: { profileId: 'shop', source: tailOfQueue.source, kind: 'tail' },
    view: { ...tailOfQueue, nextRow: rows + 1, received: rows, rate: rows === 0 ? 0 : 340, ...change },
  };
}

export function peek(status: ViewStatus, state: Partial<PeekState> = {}, rows = 0): MessagesPanelState {
  return {
    connection: 'shop-dev',
    source: 'orders.fulfilment',
    kind: 'peek',
    revive: { profileId: 'shop', source: tailOfQueue.source, kind: 'peek' },
    view: {
      ...tailOfQueue,
      viewId: 'peek-1',
      kind: 'peek',
      status,
      banner: {
        sees: 'Shows the first 20 of 1,204 messages.',
        misses: 'Misses messages that a consumer holds.',
        promise: 'Everything is given back.',
        alternatives: [],
      },
      nextRow: rows + 1,
      received: rows,
      peek: {
        count: 20,
        costs: [
          'This marks 20 messages as redelivered and uses 1 of their 20 deliveries (quorum queue, RabbitMQ 4.0).',
          'While it reads, 2 consumers wait for these messages.',
        ],
        ...state,
      },
    },
  };
}

/** A panel that came back after a window reload. */
export const stoppedTail: MessagesPanelState = {
  connection: 'shop-dev',
  source: 'orders.fulfilment',
  kind: 'tail',
  stopped: 'Stopped: the window was reloaded.',
  revive: { profileId: 'shop', source: tailOfQueue.source, kind: 'tail' },
};
