import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore } from '../core/base/disposable';
import type { Disposable } from '../core/base/disposable';
import { Failure } from '../core/base/failure';
import type { Log } from '../core/base/log';
import { Emitter } from '../core/base/emitter';
import type { HostNotices, ServerNotices, TopologyRequests } from '../protocol/topologyService';
import { isDefinitionsContent, isDefinitionsName, sniffLength } from '../core/topology/definitionsFile';
import { isManifestContent } from '../core/topology/manifestFile';
import { matchesGlob } from '../core/topology/glob';
import type { BrokerSession } from './brokers/brokerSession';
import { rulePagesFolder } from './rulePages';
import type * as languageClient from './languageClient/main';
import { liveNames, liveObjects } from './topology/liveFacts';
import type { TopologyBroker } from './topology/topologyBroker';

/** How long typing may pause before a changed file is looked at again, in milliseconds. */
const sniffPause = 500;
const requestFailed = -32_803;
const requestCancelled = -32_800;

/**
 * Looks at JSON and YAML documents as they are opened and changed until the first topology file is seen, then starts the
 * language client and stops looking: from there on the server sees every JSON and YAML document. Nothing runs before the
 * caller's turn of the event loop is over.
 */
export class TopologyFiles implements Disposable {
  private readonly listeners: vscode.Disposable[];
  private readonly subscriptions = new DisposableStore();
  private readonly pauses = new Map<string, NodeJS.Timeout>();
  private readonly notices = {
    target: new Emitter<ServerNotices['target']>(),
    checking: new Emitter<ServerNotices['checking']>(),
  };
  private client: Promise<languageClient.TopologyServer | undefined> | undefined;
  private disposed = false;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly broker: TopologyBroker,
    private readonly log: Log,
  ) {
    this.subscriptions.add(broker.onDidChange((chosen) => this.tell('broker', chosen)));
    this.listeners = [
      vscode.workspace.onDidOpenTextDocument((document) => this.look(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.lookSoon(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
    ];
    setImmediate(() => {
      for (const document of vscode.workspace.textDocuments) this.look(document);
    });
  }

  dispose(): void {
    this.disposed = true;
    this.stopLooking();
    this.subscriptions.dispose();
    for (const emitter of Object.values(this.notices)) emitter.dispose();
    void this.client?.then((client) => {
      client?.dispose();
    });
  }

  /** What the language server says by itself. */
  onNotice<K extends keyof ServerNotices>(name: K, listener: (notice: ServerNotices[K]) => void): Disposable {
    return (this.notices[name] as unknown as Emitter<ServerNotices[K]>).event(listener);
  }

  /** A server that does not run yet is told when it starts. */
  private tell<K extends keyof HostNotices>(name: K, params: HostNotices[K]): void {
    void this.client?.then((server) => server?.notify(name, params));
  }

  /** Asks the language server, which is started for it where no topology file was seen yet. */
  async request<K extends keyof TopologyRequests>(
    name: K,
    params: TopologyRequests[K]['params'],
    token?: vscode.CancellationToken,
  ): Promise<TopologyRequests[K]['result']> {
    this.stopLooking();
    this.client ??= this.start();
    const server = await this.client;
    if (server) {
      return await server.request(name, params, token).catch((thrown: unknown) => {
        throw inWords(thrown);
      });
    }
    throw new Failure('internal', vscode.l10n.t('The topology language server could not be started.'), {
      advice: vscode.l10n.t('The AMQP output channel has the details.'),
    });
  }

  private look(document: vscode.TextDocument): void {
    if (this.client || this.disposed || !isTopologyFile(document)) return;
    this.stopLooking();
    this.client = this.start();
  }

  private lookSoon(document: vscode.TextDocument): void {
    if (!isJson(document) && document.languageId !== 'yaml') return;
    const uri = document.uri.toString();
    clearTimeout(this.pauses.get(uri));
    this.pauses.set(
      uri,
      setTimeout(() => {
        this.pauses.delete(uri);
        this.look(document);
      }, sniffPause),
    );
  }

  private forget(document: vscode.TextDocument): void {
    const uri = document.uri.toString();
    clearTimeout(this.pauses.get(uri));
    this.pauses.delete(uri);
  }

  private stopLooking(): void {
    for (const listener of this.listeners.splice(0)) listener.dispose();
    for (const pause of this.pauses.values()) clearTimeout(pause);
    this.pauses.clear();
  }

  private async start(): Promise<languageClient.TopologyServer | undefined> {
    const dist = path.join(this.context.extensionPath, 'dist');
    try {
      // A name that esbuild cannot see through keeps the client out of the host's own bundle.
      const load = createRequire(path.join(dist, 'extension.js'));
      const { startLanguageClient } = load('./languageClient.js') as typeof languageClient;
      const settings = vscode.workspace.getConfiguration('amqp.topologyFiles');
      const client = await startLanguageClient({
        serverModule: path.join(dist, 'server.js'),
        settings: {
          target: settings.get('target'),
          patterns: settings.get('patterns'),
          severity: settings.get('severity'),
        },
        rulePages: rulePagesFolder(this.context.extensionUri).toString(),
        onNotice: (name, params) => (this.notices[name] as unknown as Emitter<typeof params>).fire(params),
        answers: {
          liveNames: (params, signal) => liveNames(this.connected(), params, signal),
          liveObjects: (params, signal) => liveObjects(this.connected(), params, signal),
        },
      });
      client.notify('broker', this.broker.chosen());
      this.log.debug('The topology language server has started.');
      if (this.disposed) client.dispose();
      return client;
    } catch (error) {
      const detail = error instanceof Error ? error.stack : String(error);
      this.log.error('The topology language server could not be started.', detail);
      return undefined;
    }
  }

  private connected(): BrokerSession {
    const session = this.broker.session();
    if (session) return session;
    throw new Failure('closed', 'No broker is connected for topology files.');
  }
}

function isJson(document: vscode.TextDocument): boolean {
  return document.languageId === 'json' || document.languageId === 'jsonc';
}

/** What the language server answers with in words (LSP 3.17, ErrorCodes) reaches the user as it is. */
function inWords(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || !('code' in thrown)) return thrown;
  if (thrown.code === requestFailed) return new Failure('refused', thrown.message);
  return thrown.code === requestCancelled ? new Failure('cancelled', thrown.message) : thrown;
}

function isTopologyFile(document: vscode.TextDocument): boolean {
  if (document.languageId === 'yaml') return isManifestContent(beginningOf(document));
  return isDefinitionsFile(document);
}

/** By its name or its beginning, as the language server decides. */
export function isDefinitionsFile(document: vscode.TextDocument): boolean {
  if (!isJson(document)) return false;
  const { path: file } = document.uri;
  const patterns = vscode.workspace.getConfiguration('amqp.topologyFiles').get<string[]>('patterns', []);
  if (isDefinitionsName(file) || patterns.some((glob) => matchesGlob(file, glob))) return true;
  return isDefinitionsContent(beginningOf(document));
}

function beginningOf(document: vscode.TextDocument): string {
  return document.getText(new vscode.Range(document.positionAt(0), document.positionAt(sniffLength)));
}
