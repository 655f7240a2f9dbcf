import type { OpenBroker } from '../../src/core/broker/broker';
import type { Profile } from '../../src/core/broker/profile';
import type { BrokerContract, ConnectionState, LogLine } from '../../src/protocol/brokerContract';
import type { Client } from '../../src/protocol/endpoint';
import { connect } from '../../src/protocol/endpoint';
import { transportPair } from '../../src/protocol/transport';
import type { ViewSource, ViewState } from '../../src/protocol/view';
import type { Clock } from '../../src/core/base/clock';
import { serveBroker } from '../../src/worker/brokerServer';

/** The broker worker in this thread, asked over the same contract as from the host. */
export interface WorkerSession {
  readonly client: Client<BrokerContract>;
  readonly states: ConnectionState[];
  readonly logs: LogLine[];
  /** Virtual hosts whose tracing the worker wants to be kept in mind, as the host keeps them. */
  readonly tracing: readonly string[];
  open(profile: Profile, password?: string, tracing?: readonly string[]): Promise<ConnectionState>;
  /** The newest state of a view that was sent. */
  latest(viewId: string): ViewState | undefined;
  /** Resolves with the first state of the view, from now on, that fits; rejects with the last one when none came in time. */
  viewWhere(viewId: string, fits: (state: ViewState) => boolean, withinMs?: number): Promise<ViewState>;
  tail(source: ViewSource): Promise<ViewState>;
  /** Plans and carries out a whole peek; resolves when it is done or failed. */
  peek(vhost: string, queue: string, count: number, consented?: boolean): Promise<ViewState>;
  /** Ends everything in order. */
  close(): Promise<void>;
}

export function workerSession(openBroker: OpenBroker, clock: Clock): WorkerSession {
  const [hostEnd, workerEnd] = transportPair();
  serveBroker(workerEnd, openBroker, clock);
  const client = connect<BrokerContract>(hostEnd);
  const states: ConnectionState[] = [];
  const logs: LogLine[] = [];
  const views = new Map<string, ViewState>();
  client.on('connection')((state) => states.push(state));
  client.on('log')((line) => logs.push(line));
  client.on('view')((state) => views.set(state.viewId, state));
  let tracing: readonly string[] = [];
  client.on('tracing')(({ vhosts }) => {
    tracing = vhosts;
    void client.request('tracingKept', { vhosts });
  });

  const session: WorkerSession = {
    client,
    states,
    logs,
    get tracing() {
      return tracing;
    },
    open: (profile, password = 'guest', kept = []) =>
      client.request('open', {
        profile,
        password,
        tracing: kept,
        network: { noProxy: [], strictSsl: true, systemCertificates: false },
      }),
    latest: (viewId) => views.get(viewId),
    async viewWhere(viewId, fits, withinMs = 60_000) {
      let last: ViewState | undefined;
      let complain: NodeJS.Timeout | undefined;
      const fitting = new Promise<ViewState>((resolve, reject) => {
        const listening = client.on('view')((state) => {
          if (state.viewId !== viewId) return;
          last = state;
          if (!fits(state)) return;
          listening.dispose();
          resolve(state);
        });
        complain = setTimeout(() => {
          listening.dispose();
          reject(new Error(`The view did not become what was waited for: ${JSON.stringify(last)}`));
        }, withinMs);
      });
      try {
        last = await client.request('view', { viewId });
        return fits(last) ? last : await fitting;
      } finally {
        clearTimeout(complain);
      }
    },
    async tail(source) {
      const { viewId } = await client.request('openTail', { source, confirmed: true });
      return await session.viewWhere(viewId, ({ status }) => status.kind !== 'starting');
    },
    async peek(vhost, queue, count, consented = false) {
      const { viewId } = await client.request('openPeek', { vhost, queue, count });
      await client.request('startPeek', { viewId, count, consented });
      return await session.viewWhere(viewId, ({ status }) => ['done', 'failed'].includes(status.kind));
    },
    async close() {
      await client.request('close', undefined);
      client.dispose();
      hostEnd.dispose();
    },
  };
  return session;
}
