import type { Check } from '../core/base/check';
import type { Disposable } from '../core/base/disposable';
import type { Event } from '../core/base/emitter';
import { Emitter } from '../core/base/emitter';
import { Failure, asFailure } from '../core/base/failure';
import type { Log } from '../core/base/log';
import type { Transport } from './transport';
import { isWireMessage, toFailure, toWireFailure } from './wire';
import type { WireMessage } from './wire';

/**
 * What two processes say to each other: requests with params and a result, and events in the other direction. An
 * event says "something changed" and carries a complete small snapshot, because a hidden webview loses messages.
 */
export interface Contract {
  readonly requests: Record<string, { params: unknown; result: unknown }>;
  readonly events: Record<string, unknown>;
}

type RequestName<C extends Contract> = keyof C['requests'] & string;
type EventName<C extends Contract> = keyof C['events'] & string;
type Params<C extends Contract, K extends RequestName<C>> = C['requests'][K]['params'];
type Result<C extends Contract, K extends RequestName<C>> = C['requests'][K]['result'];

/** One handler a request: leaving one out does not compile. A handler that throws rejects the caller. */
export type Handlers<C extends Contract> = {
  readonly [K in RequestName<C>]: (
    params: Params<C, K>,
    signal: AbortSignal,
  ) => Promise<Result<C, K>> | Result<C, K>;
};

/** How the serving side makes sure that params are what the contract says. */
export type Checks<C extends Contract> = { readonly [K in RequestName<C>]: Check<Params<C, K>> };

export interface Server<C extends Contract> extends Disposable {
  emit<K extends EventName<C>>(name: K, payload: C['events'][K]): void;
}

export interface Client<C extends Contract> extends Disposable {
  request<K extends RequestName<C>>(
    name: K,
    params: Params<C, K>,
    signal?: AbortSignal,
  ): Promise<Result<C, K>>;
  on<K extends EventName<C>>(name: K): Event<C['events'][K]>;
}

/** Answers the requests that arrive over the transport. Ending it aborts the handlers that still run. */
export function serve<C extends Contract>(
  transport: Transport,
  checks: Checks<C>,
  handlers: Handlers<C>,
  log: Log,
): Server<C> {
  const running = new Map<number, AbortController>();

  async function answer(id: number, name: string, input: unknown): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      if (!Object.hasOwn(handlers, name)) throw new Failure('unsupported', `There is no request "${name}".`);
      const key = name as RequestName<C>;
      const result = await handlers[key](checks[key](input, name), controller.signal);
      transport.send({ kind: 'result', id, result } satisfies WireMessage);
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (failure.reason === 'internal') log.error(`The request "${name}" failed.`, failure.more.detail);
      transport.send({ kind: 'failure', id, failure: toWireFailure(failure) } satisfies WireMessage);
    } finally {
      running.delete(id);
    }
  }

  const listening = transport.onMessage((message) => {
    if (!isWireMessage(message)) return;
    if (message.kind === 'request') void answer(message.id, message.name, message.params);
    if (message.kind === 'abort') running.get(message.id)?.abort();
  });
  const abortAll = (): void => {
    for (const controller of running.values()) controller.abort();
  };
  const closing = transport.onClosed(abortAll);

  return {
    emit: (name, payload) => {
      transport.send({ kind: 'event', name, payload } satisfies WireMessage);
    },
    dispose() {
      listening.dispose();
      closing.dispose();
      abortAll();
    },
  };
}

/** Makes requests over the transport. When it closes, every caller that waits is rejected with `closed`. */
export function connect<C extends Contract>(transport: Transport): Client<C> {
  const waiting = new Map<
    number,
    { resolve: (result: unknown) => void; reject: (failure: Failure) => void }
  >();
  const events = new Map<string, Emitter<unknown>>();
  let lastId = 0;
  let closed = false;

  const listening = transport.onMessage((message) => {
    if (!isWireMessage(message)) return;
    if (message.kind === 'event') events.get(message.name)?.fire(message.payload);
    if (message.kind !== 'result' && message.kind !== 'failure') return;
    const caller = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'result') caller?.resolve(message.result);
    else caller?.reject(toFailure(message.failure));
  });
  const end = (): void => {
    closed = true;
    const callers = [...waiting.values()];
    waiting.clear();
    for (const caller of callers) caller.reject(new Failure('closed', 'The other side has ended.'));
  };
  const closing = transport.onClosed(end);

  async function request(name: string, params: unknown, signal?: AbortSignal): Promise<unknown> {
    if (closed) throw new Failure('closed', 'The other side has ended.');
    if (signal?.aborted) throw new Failure('cancelled', 'Cancelled.');
    const id = ++lastId;
    const abort = (): void => {
      transport.send({ kind: 'abort', id } satisfies WireMessage);
    };
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await new Promise<unknown>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        transport.send({ kind: 'request', id, name, params } satisfies WireMessage);
      });
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  return {
    request: request,
    on: ((name: string): Event<unknown> => {
      const emitter = events.get(name) ?? new Emitter<unknown>();
      events.set(name, emitter);
      return emitter.event;
    }) as Client<C>['on'],
    dispose() {
      listening.dispose();
      closing.dispose();
      end();
    },
  };
}
