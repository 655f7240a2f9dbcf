import { CodeLensRefreshRequest } from 'vscode-languageserver/node';
import type { CodeLens, Command, Connection } from 'vscode-languageserver/node';
import { object, oneOf, text } from '../../core/base/check';
import type { NamedThing } from '../../core/topologyFile/names/nameTable';
import type { TopologyFileService } from '../../core/topologyFile/service';
import type { LiveFacts, LiveState, LiveThing } from '../liveFacts';
import { liveLine } from '../liveWords';
import type { OpenDocuments } from '../openDocuments';

/** How often live state is asked for while somebody looks at it, in milliseconds. */
const refreshEveryMs = 10_000;
/** Lenses are resolved one by one as they come into view; one question serves many. */
const gatherMs = 30;
/** The most queues and exchanges that are asked for again by themselves. */
const mostFollowed = 200;

export interface Lenses {
  /** Another broker is connected, or none any more. */
  brokerChanged(): void;
}

/** Lines above queues and exchanges: their bindings at once, the way to the route preview, and what the broker says when it has. */
export function registerLenses(
  connection: Connection,
  open: OpenDocuments,
  service: TopologyFileService,
  live: LiveFacts,
  canRefresh: () => boolean,
  everyMs = refreshEveryMs,
): Lenses {
  const asked = new Gathering((things) => live.statesOf(things, everyMs / 2));
  /** What has been in view, the latest last. */
  const followed = new Map<string, LiveThing>();
  let timer: NodeJS.Timeout | undefined;
  let isHearing = false;

  connection.onCodeLens(({ textDocument: { uri } }) => {
    const document = open.get(uri);
    if (!document) return [];
    const ages: number[] = [];
    const lenses = service.codeLenses(document).flatMap(({ range, text: title, thing }): CodeLens[] => {
      // Without a command a lens is drawn as text.
      const lens = [{ range, command: { title, command: '' } }];
      const more: CodeLens[] = [];
      if (thing.kind === 'exchange' && open.commandsSupported)
        more.push({ range, command: previewRoute(uri, thing) });
      const about = live.broker && asLive(thing);
      if (!live.broker || !about) return [...lens, ...more];
      const known = live.known(about);
      if (known) ages.push(known.ageMs);
      // Said at once where something is known, so that nothing flickers while it is asked for again.
      const state = known && { title: liveLine(known.state, live.broker.connection), command: '' };
      return [...lens, ...more, state ? { range, command: state } : { range, data: about }];
    });
    // Somebody looks: this is only called for editors that are visible.
    if (ages.some((age) => age >= everyMs)) void hearAgain();
    else if (followed.size > 0) refreshLater();
    return lenses;
  });

  connection.onCodeLensResolve(async (lens) => {
    const thing = liveThingCheck(lens.data);
    const state = await asked.of(thing);
    const { broker } = live;
    followed.delete(JSON.stringify(thing));
    followed.set(JSON.stringify(thing), thing);
    for (const oldest of followed.keys()) if (followed.size > mostFollowed) followed.delete(oldest);
    refreshLater();
    return { ...lens, command: { title: broker ? liveLine(state, broker.connection) : '', command: '' } };
  });

  async function hearAgain(): Promise<void> {
    if (isHearing) return;
    isHearing = true;
    const things = [...followed.values()];
    const before = things.map((thing) => JSON.stringify(live.known(thing)?.state));
    const after = await live.statesOf(things, everyMs);
    isHearing = false;
    if (after.some((state, index) => JSON.stringify(state) !== before[index])) refresh();
    else refreshLater();
  }

  /** Ends by itself when nobody looks: only an editor that is visible asks for lenses after a refresh. */
  function refreshLater(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (live.broker) refresh();
    }, everyMs);
    timer.unref();
  }

  function refresh(): void {
    if (canRefresh()) void connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
  }

  return {
    brokerChanged: () => {
      followed.clear();
      clearTimeout(timer);
      timer = undefined;
      refresh();
    },
  };
}

/** The command of the editor side; a file of a single virtual host has an empty one. */
function previewRoute(uri: string, { vhost, name }: NamedThing): Command {
  return {
    title: 'Preview Route',
    command: 'amqp.previewRoute',
    arguments: [{ uri, vhost, exchange: name }],
  };
}

function asLive({ kind, vhost, name }: NamedThing): LiveThing | undefined {
  return kind === 'queue' || kind === 'exchange' ? { kind, vhost, name } : undefined;
}

const longest = 100_000;
const liveThingCheck = object({
  kind: oneOf('queue', 'exchange'),
  vhost: text(longest),
  name: text(longest),
});

/** Puts questions that come within a moment into one. */
class Gathering {
  private waiting: LiveThing[] = [];
  private answer: Promise<readonly LiveState[]> | undefined;

  constructor(private readonly ask: (things: readonly LiveThing[]) => Promise<readonly LiveState[]>) {}

  async of(thing: LiveThing): Promise<LiveState> {
    const place = this.waiting.push(thing) - 1;
    this.answer ??= new Promise((resolve) => setTimeout(resolve, gatherMs)).then(() => {
      const things = this.waiting;
      this.waiting = [];
      this.answer = undefined;
      return this.ask(things);
    });
    return (await this.answer)[place] ?? { kind: 'unknown' };
  }
}
