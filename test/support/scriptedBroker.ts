import { Emitter } from '../../src/core/base/emitter';
import { Failure } from '../../src/core/base/failure';
import { silentLog } from '../../src/core/base/log';
import type { BrokerLink, StartBroker } from '../../src/host/brokers/brokerLink';
import type { BrokerContract } from '../../src/protocol/brokerContract';
import type { Checks, Handlers, Server } from '../../src/protocol/endpoint';
import { connect, serve } from '../../src/protocol/endpoint';
import { transportPair } from '../../src/protocol/transport';
import type { ViewState } from '../../src/protocol/view';

type Name = keyof BrokerContract['requests'];

const names: readonly Name[] = [
  'open',
  'connection',
  'vhosts',
  'exchanges',
  'queues',
  'bindings',
  'checkQueue',
  'publish',
  'waysToWatch',
  'tracingKept',
  'openTail',
  'openPeek',
  'planPeek',
  'startPeek',
  'view',
  'rows',
  'message',
  'pause',
  'resume',
  'clear',
  'setOverflow',
  'setFilter',
  'completeFilter',
  'histogram',
  'decode',
  'configureDecoding',
  'exportView',
  'startRecording',
  'stopRecording',
  'recordingFacts',
  'replay',
  'closeView',
  'close',
];

/** Stands in for a broker worker in tests of the host: answers what the test scripted and remembers what it was asked. */
export class ScriptedBroker {
  readonly asked: { name: Name; params: unknown }[] = [];
  readonly crashes = new Emitter<string>();
  server: Server<BrokerContract> | undefined;

  constructor(private readonly script: Partial<Handlers<BrokerContract>>) {}

  readonly start: StartBroker = (): BrokerLink => {
    const [near, far] = transportPair();
    const answer = (name: Name) => (params: never, signal: AbortSignal) => {
      this.asked.push({ name, params });
      const handler = this.script[name] as ((params: never, signal: AbortSignal) => unknown) | undefined;
      if (handler !== undefined) return handler(params, signal);
      if (name === 'close' || name === 'closeView') return undefined;
      throw new Failure('unsupported', `The script has no "${name}".`);
    };
    const every = <T>(make: (name: Name) => T): Record<Name, T> =>
      Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, T>;
    this.server = serve<BrokerContract>(
      far,
      every(() => (input: unknown) => input) as unknown as Checks<BrokerContract>,
      every(answer) as unknown as Handlers<BrokerContract>,
      silentLog,
    );
    return {
      client: connect<BrokerContract>(near),
      onCrash: this.crashes.event,
      dispose: () => near.dispose(),
    };
  };

  askedFor(name: Name): readonly unknown[] {
    return this.asked.filter((request) => request.name === name).map(({ params }) => params);
  }
}

export const connectedState = {
  status: 'connected',
  product: 'RabbitMQ',
  version: '4.3.6',
  vhost: '/',
  management: { available: true, statsDisabled: false, userTags: [] },
} as const;

export function runningTail(viewId: string, queue: string): ViewState {
  return {
    viewId,
    kind: 'tail',
    source: { kind: 'queue', vhost: '/', queue },
    status: { kind: 'running' },
    banner: { sees: 'new messages', misses: 'old ones', promise: 'Nothing is taken.', alternatives: [] },
    firstRow: 1,
    nextRow: 1,
    received: 0,
    dropped: 0,
    capacity: 1000,
    rate: 0,
    rates: [],
    generation: 0,
    overflow: 'roll',
  };
}
