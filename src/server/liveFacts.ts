import type {
  ChosenBroker,
  LiveExchange,
  LiveObjects,
  LiveQueue,
  LiveRequests,
} from '../protocol/topologyService';

/** What a broker says of one queue or exchange. */
export type LiveState =
  | { readonly kind: 'queue'; readonly queue: LiveQueue }
  | { readonly kind: 'exchange'; readonly exchange: LiveExchange }
  /** It has none of this name. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'vhostMissing' }
  /** It did not answer in time, or has too many to look for all. */
  | { readonly kind: 'unknown' };

export interface LiveThing {
  readonly kind: 'queue' | 'exchange';
  readonly vhost: string;
  readonly name: string;
}

export type AskHost = <K extends keyof LiveRequests>(
  name: K,
  params: LiveRequests[K]['params'],
  signal: AbortSignal,
) => Promise<LiveRequests[K]['result']>;

/** How long the editor waits for a broker, in milliseconds. */
const patienceMs = 3_000;
const namesForMs = 10_000;
/** Names of an answer that is cut: with what has been typed there are fewer. */
const mostNames = 500;
const mostKept = 5_000;

/**
 * What the connected broker says about what a file names, kept for seconds. Without a broker nobody is asked. Never
 * rejects: who does not answer in time is not known.
 */
export class LiveFacts {
  private chosen: ChosenBroker | undefined;
  private readonly states = new Map<string, { readonly state: LiveState; readonly at: number }>();
  private readonly nameLists = new Map<string, { readonly names: Promise<readonly string[]>; at: number }>();

  constructor(
    private readonly ask: AskHost,
    private readonly now: () => number = () => Date.now(),
  ) {}

  get broker(): ChosenBroker | undefined {
    return this.chosen;
  }

  set broker(broker: ChosenBroker | undefined) {
    this.chosen = broker;
    this.states.clear();
    this.nameLists.clear();
  }

  /** What was heard last, however long ago that is. */
  known(thing: LiveThing): { readonly state: LiveState; readonly ageMs: number } | undefined {
    const kept = this.states.get(keyOf(thing));
    return kept && { state: kept.state, ageMs: this.now() - kept.at };
  }

  /** One answer for each thing; what was heard less than `atMostMs` ago is not asked for again. */
  async statesOf(things: readonly LiveThing[], atMostMs: number): Promise<readonly LiveState[]> {
    const { chosen } = this;
    if (!chosen) return things.map(() => ({ kind: 'unknown' }));
    const old = things.filter((thing) => (this.known(thing)?.ageMs ?? Infinity) >= atMostMs);
    const vhosts = new Set(old.map(({ vhost }) => vhost));
    await Promise.all([...vhosts].map((vhost) => this.hear(vhost, old, chosen)));
    return things.map((thing) => this.known(thing)?.state ?? { kind: 'unknown' });
  }

  /** Names that fit what is typed. Of a broker with very many those that contain it. */
  async names(
    kind: 'queue' | 'exchange' | 'vhost',
    vhost: string,
    typed: string,
  ): Promise<readonly string[]> {
    const all = await this.nameList(kind, vhost, '');
    return all.length < mostNames || typed === '' ? all : await this.nameList(kind, vhost, typed);
  }

  /** Whether there are more than these. */
  isCut(names: readonly string[]): boolean {
    return names.length >= mostNames;
  }

  private async hear(vhost: string, things: readonly LiveThing[], chosen: ChosenBroker): Promise<void> {
    const wanted = things.filter((thing) => thing.vhost === vhost);
    const named = (kind: LiveThing['kind']): string[] =>
      wanted.filter((thing) => thing.kind === kind).map(({ name }) => name);
    const params = {
      vhost: vhost === '' ? chosen.vhost : vhost,
      queues: named('queue'),
      exchanges: named('exchange'),
    };
    const answer = await this.patiently((signal) => this.ask('liveObjects', params, signal));
    // What another broker says must not be kept for this one.
    if (this.chosen !== chosen) return;
    if (this.states.size > mostKept) this.states.clear();
    const at = this.now();
    for (const thing of wanted) this.states.set(keyOf(thing), { state: stateIn(answer, thing), at });
  }

  private nameList(
    kind: 'queue' | 'exchange' | 'vhost',
    vhost: string,
    part: string,
  ): Promise<readonly string[]> {
    const { chosen } = this;
    if (!chosen) return Promise.resolve([]);
    const key = JSON.stringify([kind, vhost, part]);
    const kept = this.nameLists.get(key);
    if (kept && this.now() - kept.at < namesForMs) return kept.names;
    if (this.nameLists.size > 100) this.nameLists.clear();
    const params = { kind, vhost: vhost === '' ? chosen.vhost : vhost, part };
    const names = this.patiently((signal) => this.ask('liveNames', params, signal)).then((found) => {
      if (!found) this.nameLists.delete(key);
      return found ?? [];
    });
    this.nameLists.set(key, { names, at: this.now() });
    return names;
  }

  /** `undefined` when there is no answer in time, or none at all. */
  private async patiently<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    const controller = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => {
        controller.abort();
        resolve(undefined);
      }, patienceMs);
    });
    try {
      return await Promise.race([ask(controller.signal).catch(() => undefined), patience]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function keyOf({ kind, vhost, name }: LiveThing): string {
  return JSON.stringify([kind, vhost, name]);
}

function stateIn(answer: LiveObjects | undefined, { kind, name }: LiveThing): LiveState {
  if (!answer) return { kind: 'unknown' };
  if (answer.vhostMissing) return { kind: 'vhostMissing' };
  if (kind === 'exchange') {
    const exchange = answer.exchanges.find((one) => one.name === name);
    return exchange ? { kind, exchange } : { kind: 'missing' };
  }
  const queue = answer.queues.find((one) => one.name === name);
  if (queue) return { kind, queue };
  return { kind: answer.isPartial ? 'unknown' : 'missing' };
}
