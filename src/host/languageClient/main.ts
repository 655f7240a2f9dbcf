import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { CancellationToken } from 'vscode';
import type { Disposable } from '../../core/base/disposable';
import type {
  HostNotices,
  LiveRequests,
  ServerNotices,
  TopologyRequests,
} from '../../protocol/topologyService';

/** What the host knows and the client needs. */
export interface LanguageClientParams {
  /** The absolute path of `dist/server.js`. */
  readonly serverModule: string;
  /** The setting `amqp.topologyFiles` now; later values the server asks for. */
  readonly settings: Readonly<Record<'target' | 'patterns' | 'severity', unknown>>;
  /** The address of the pages about codes, to which the server links. */
  readonly rulePages: string;
  readonly onNotice: <K extends keyof ServerNotices>(name: K, params: ServerNotices[K]) => void;
  readonly answers: LiveAnswers;
}

/** Answers what the server asks about the connected broker. */
export type LiveAnswers = {
  readonly [K in keyof LiveRequests]: (
    params: LiveRequests[K]['params'],
    signal: AbortSignal,
  ) => Promise<LiveRequests[K]['result']>;
};

/** The running language server. */
export interface TopologyServer extends Disposable {
  request<K extends keyof TopologyRequests>(
    name: K,
    params: TopologyRequests[K]['params'],
    token?: CancellationToken,
  ): Promise<TopologyRequests[K]['result']>;
  notify<K extends keyof HostNotices>(name: K, params: HostNotices[K]): void;
}

/**
 * Starts the topology language server in a process of its own and connects VS Code to it. A bundle of its own
 * (`dist/languageClient.js`), so that nobody pays for it before the first topology file.
 */
export async function startLanguageClient(params: LanguageClientParams): Promise<TopologyServer> {
  const client = new LanguageClient(
    'amqp.topologyFiles',
    'AMQP Topology Files',
    { module: params.serverModule, transport: TransportKind.ipc },
    {
      // The server looks at each file itself: one may become a topology file while it is typed.
      documentSelector: [{ language: 'json' }, { language: 'jsonc' }, { language: 'yaml' }],
      initializationOptions: { ...params.settings, rulePages: params.rulePages, commands: true },
      diagnosticCollectionName: 'amqp',
    },
  );
  for (const name of ['target', 'checking'] as const)
    client.onNotification(`amqp/${name}`, (notice: ServerNotices[typeof name]) => {
      params.onNotice(name, notice);
    });
  const { liveNames, liveObjects } = params.answers;
  client.onRequest('amqp/liveNames', (asked: LiveRequests['liveNames']['params'], token: CancellationToken) =>
    liveNames(asked, abortedWith(token)),
  );
  client.onRequest(
    'amqp/liveObjects',
    (asked: LiveRequests['liveObjects']['params'], token: CancellationToken) =>
      liveObjects(asked, abortedWith(token)),
  );
  await client.start();
  return {
    // A token that is undefined would be sent as a second parameter.
    request: (name, asked, token) =>
      token === undefined
        ? client.sendRequest(`amqp/${name}`, asked)
        : client.sendRequest(`amqp/${name}`, asked, token),
    notify: (name, notice) => void client.sendNotification(`amqp/${name}`, notice).catch(() => undefined),
    dispose: () => void client.dispose().catch(() => undefined),
  };
}

function abortedWith(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  if (token.isCancellationRequested) controller.abort();
  return controller.signal;
}
