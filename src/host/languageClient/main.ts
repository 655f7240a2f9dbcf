import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { CancellationToken } from 'vscode';
import type { Disposable } from '../../core/base/disposable';
import type { TopologyRequests } from '../../protocol/topologyService';

/** What the host knows and the client needs. */
export interface LanguageClientParams {
  /** The absolute path of `dist/server.js`. */
  readonly serverModule: string;
  /** The values of `amqp.topologyFiles.target` and `.patterns` now; later ones the server asks for. */
  readonly target: string;
  readonly patterns: readonly string[];
  /** The address of the pages about codes, to which the server links. */
  readonly rulePages: string;
}

/** The running language server. */
export interface TopologyServer extends Disposable {
  request<K extends keyof TopologyRequests>(
    name: K,
    params: TopologyRequests[K]['params'],
    token?: CancellationToken,
  ): Promise<TopologyRequests[K]['result']>;
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
      // The server looks at each JSON file itself: one may become a topology file while it is typed.
      documentSelector: [{ language: 'json' }, { language: 'jsonc' }],
      initializationOptions: {
        target: params.target,
        patterns: params.patterns,
        rulePages: params.rulePages,
      },
      diagnosticCollectionName: 'amqp',
    },
  );
  await client.start();
  return {
    request: (name, params, token) => client.sendRequest(`amqp/${name}`, params, token),
    dispose: () => void client.dispose().catch(() => undefined),
  };
}
