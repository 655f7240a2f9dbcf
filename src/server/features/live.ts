import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { object, text } from '../../core/base/check';
import type { TopologyDocument } from '../../core/topologyFile/document';
import type { KnownNames } from '../../core/topologyFile/completion/nameProposals';
import { LiveFacts } from '../liveFacts';

const brokerCheck = object({ connection: text(), vhost: text() });

/** What the connected broker says, asked for over the wire; the host says which broker that is. */
export function registerLive(connection: Connection, onBroker: () => void): LiveFacts {
  const live = new LiveFacts((name, params, signal) =>
    connection.sendRequest(`amqp/${name}`, params, tokenOf(signal)),
  );
  connection.onNotification('amqp/broker', (chosen: unknown) => {
    live.broker = chosen === null ? undefined : brokerCheck(chosen);
    onBroker();
  });
  return live;
}

function tokenOf(signal: AbortSignal): CancellationToken {
  const source = new CancellationTokenSource();
  signal.addEventListener('abort', () => source.cancel(), { once: true });
  return source.token;
}

/** Names for one completion: what has to be asked for is collected first, then the completion is made again. */
export class LiveNames implements KnownNames {
  readonly origin: string;
  /** The answer was cut: with more letters there would be others. */
  isCut = false;
  private readonly heard = new Map<string, readonly string[]>();
  private readonly missing = new Map<string, () => Promise<readonly string[]>>();

  constructor(
    private readonly live: LiveFacts,
    private readonly document: TopologyDocument,
  ) {
    this.origin = `on ${live.broker?.connection ?? ''}`;
  }

  names(
    kind: Parameters<KnownNames['names']>[0],
    vhost: string | undefined,
    typed: string,
  ): readonly string[] {
    if (kind === 'user' || !this.live.broker) return [];
    // While an entry has no virtual host yet, that of the connection is the likeliest.
    const where = kind === 'vhost' || this.document.declarations.form === 'vhost' ? '' : (vhost ?? '');
    const key = JSON.stringify([kind, where, typed]);
    const heard = this.heard.get(key);
    if (!heard) this.missing.set(key, () => this.live.names(kind, where, typed));
    return heard ?? [];
  }

  /** False when nobody had to be asked. */
  async hear(): Promise<boolean> {
    const asked = [...this.missing];
    this.missing.clear();
    for (const [key, ask] of asked) {
      const names = await ask();
      if (this.live.isCut(names)) this.isCut = true;
      this.heard.set(key, names);
    }
    return asked.length > 0;
  }
}
