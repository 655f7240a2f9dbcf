import type { Clock } from '../core/base/clock';
import { asFailure, Failure } from '../core/base/failure';
import type { Log } from '../core/base/log';
import type { OpenBroker } from '../core/broker/broker';
import type { BrokerContract, LogLine } from '../protocol/brokerContract';
import type { Handlers, Server } from '../protocol/endpoint';
import { serve } from '../protocol/endpoint';
import type { Transport } from '../protocol/transport';
import { brokerChecks } from './brokerChecks';
import { TracingSwitch } from '../core/tail/tracingSwitch';
import { ConnectionSession } from './connectionSession';
import { Decoding } from './decoding/decoding';
import { definitionsHandlers } from './definitions';
import { fileHandlers } from './files';
import { filterHandlers } from './filtering';
import type { ViewState } from '../protocol/view';
import type { OpenView } from './openView';
import { TracingMarks } from './tracingMarks';
import { waysToWatch } from './tailFacts';
import { listing } from './listing';
import { Publishing } from './publishing';
import { Views } from './views';
import { onChannel, VhostConnections } from './vhostConnections';

export interface BrokerServer {
  /** Writes to the host's output channel. */
  readonly log: Log;
}

/** What lives as long as one `open`: gone at `close` or when the broker is opened anew. */
interface Opened {
  readonly marks: TracingMarks;
  readonly tracing: TracingSwitch;
  readonly looking: VhostConnections;
  readonly publishing: Publishing;
}

/** Of larger bodies the beginning is decoded. */
const mostDecodedBytes = 32 * 1024 * 1024;

/** Serves the broker contract over a transport: one profile, its views, its publishing. */
export function serveBroker(transport: Transport, openBroker: OpenBroker, clock: Clock): BrokerServer {
  const log = eventLog((line) => {
    server.emit('log', line);
  });
  const session = new ConnectionSession(openBroker, clock, log);
  const live = () => session.connected;
  const views = new Views({
    clock,
    log,
    live,
    onView: (state) => {
      server.emit('view', state);
    },
  });
  const decoding = new Decoding(clock);
  let opened: Opened | undefined;

  async function close(): Promise<void> {
    // Taps first: their end needs the broker, and must come before any connection closes (DOMAIN 2.1).
    await views.closeAll();
    const ending = opened;
    opened = undefined;
    ending?.tracing.dispose();
    await Promise.all([ending?.looking.close(), ending?.publishing.close()]);
    await session.close();
  }

  const files = fileHandlers({
    clock,
    log,
    live,
    views,
    onReplay: (progress) => {
      server.emit('replay', progress);
    },
  });
  function changed(viewId: string, change: (view: OpenView) => void): ViewState {
    const view = views.get(viewId);
    change(view);
    return view.state();
  }

  const handlers: Handlers<BrokerContract> = {
    open: async (params, signal) => {
      await close();
      const state = await session.open(params, signal);
      const { broker, profile } = live();
      const { management } = broker;
      const marks = new TracingMarks(clock, params.tracing ?? [], (vhosts) => {
        server.emit('tracing', { vhosts });
      });
      opened = {
        marks,
        tracing: new TracingSwitch({ ...(management ? { management } : {}), marker: marks, clock, log }),
        looking: new VhostConnections(broker.amqp, 'AMQP Workbench'),
        publishing: new Publishing(new VhostConnections(broker.amqp, 'AMQP Workbench, publishing'), profile),
      };
      void opened.tracing.cleanUp(marks.all);
      return state;
    },
    connection: () => session.state,
    ...listing(live),
    checkQueue: async ({ vhost, queue }) => {
      const isOwn = vhost === live().profile.vhost;
      const connection = isOwn ? session.controlConnection : await required(opened).looking.get(vhost);
      return await onChannel(connection, (channel) => channel.checkQueue(queue));
    },
    publish: async ({ vhost, draft }) => {
      const outcome = await required(opened).publishing.publish(vhost, draft);
      if (draft.exchange === '' && outcome.kind === 'routed') views.sentStraight(vhost, draft);
      return outcome;
    },
    waysToWatch: (params, signal) => waysToWatch(params, live(), signal),
    openTail: ({ source, confirmed }) => views.openTail(source, confirmed, required(opened).tracing),
    openPeek: (params) => views.openPeek(params),
    planPeek: ({ viewId, ...wish }) => views.peek(viewId).plan(wish),
    startPeek: ({ viewId, consented, ...wish }) => views.peek(viewId).start(wish, consented),
    view: ({ viewId }) => views.get(viewId).state(),
    rows: ({ viewId, from, count }) => views.get(viewId).messages.rows(from, count),
    message: ({ viewId, seq, mostBytes }) => {
      const detail = views.get(viewId).messages.detail(seq, mostBytes);
      if (detail) return detail;
      throw new Failure('notFound', 'This message is no longer in the buffer.');
    },
    pause: ({ viewId, receiving }) =>
      changed(viewId, (view) => {
        view.pause(receiving);
      }),
    resume: ({ viewId }) =>
      changed(viewId, (view) => {
        view.resume();
      }),
    clear: ({ viewId }) =>
      changed(viewId, (view) => {
        view.clear();
      }),
    setOverflow: ({ viewId, overflow }) =>
      changed(viewId, (view) => {
        view.setOverflow(overflow);
      }),
    ...filterHandlers(views),
    decode: ({ viewId, seq, decoder }, signal) => {
      const { messages, source } = views.get(viewId);
      const detail = messages.detail(seq, mostDecodedBytes);
      if (!detail) throw new Failure('notFound', 'This message is no longer in the buffer.');
      const queue = 'queue' in source ? source.queue : undefined;
      return decoding.decode(detail, queue, decoder, signal);
    },
    configureDecoding: (setup) => {
      decoding.configure(setup);
      return undefined;
    },
    ...files,
    ...definitionsHandlers({
      live,
      clock,
      onProgress: (progress) => {
        server.emit('transfer', progress);
      },
    }),
    closeView: async ({ viewId }) => {
      await views.close(viewId);
      return undefined;
    },
    tracingKept: ({ vhosts }) => {
      opened?.marks.kept(vhosts);
      return undefined;
    },
    close: async () => {
      await close();
      return undefined;
    },
  };

  const server: Server<BrokerContract> = serve(transport, brokerChecks, handlers, log);
  session.onState((state) => {
    server.emit('connection', state);
    // After a loss: what could not be switched off while the broker was away.
    if (state.status === 'connected' && opened) void opened.tracing.cleanUp(opened.marks.all);
  });
  transport.onClosed(() => {
    close().catch((thrown: unknown) => {
      log.error('Closing did not work out.', asFailure(thrown).more.detail);
    });
  });
  return { log };
}

function required(opened: Opened | undefined): Opened {
  if (opened) return opened;
  throw new Failure('closed', 'There is no connection to this broker.', { advice: 'Connect it first.' });
}

function eventLog(write: (line: LogLine) => void): Log {
  const at =
    (level: LogLine['level']) =>
    (message: string, detail?: string): void => {
      write({ level, message, ...(detail === undefined ? {} : { detail }) });
    };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}
