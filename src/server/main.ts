import {
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  ProposedFeatures,
} from 'vscode-languageserver/node';
import { ignoreListName } from '../core/topologyFile/ignoreList';
import { createManifestService } from '../core/topologyFile/manifests/service';
import { createTopologyFileService } from '../core/topologyFile/service';
import { capabilities } from './capabilities';
import { registerActions } from './features/actions';
import { registerChecking } from './features/checking';
import { registerDiagnostics } from './features/diagnostics';
import { registerIgnoring } from './features/ignoring';
import { registerLenses } from './features/lenses';
import { registerLive } from './features/live';
import { registerNavigation } from './features/navigation';
import { registerStructure } from './features/structure';
import { TargetNotices } from './features/targets';
import { registerTopologies } from './features/topologies';
import { registerWriting } from './features/writing';
import { FileFindings } from './fileFindings';
import { Judge } from './judge';
import type { LiveFacts } from './liveFacts';
import { registerManifestDiagnostics } from './manifests/manifestDiagnostics';
import { ManifestFeatures } from './manifests/manifestFeatures';
import { ManifestDocuments } from './manifests/manifestDocuments';
import { ManifestJudge } from './manifests/manifestJudge';
import { OpenDocuments } from './openDocuments';
import { ResourceSettings } from './resourceSettings';
import { readRulePages, readSettings } from './settings';

const section = 'amqp.topologyFiles';
const connection = createConnection(ProposedFeatures.all);
const service = createTopologyFileService();
let canAskForSettings = false;
let canWatch = false;
let canRefresh = false;
const settings: ResourceSettings = new ResourceSettings(
  () => open.settings,
  (uri) =>
    canAskForSettings ? connection.workspace.getConfiguration({ scopeUri: uri, section }) : undefined,
);
const open: OpenDocuments = new OpenDocuments(service, (uri) => settings.get(uri));

connection.onInitialize(({ initializationOptions, capabilities: client }) => {
  open.settings = readSettings(initializationOptions);
  open.linksSupported = client.textDocument?.definition?.linkSupport === true;
  open.snippetsSupported = client.textDocument?.completion?.completionItem?.snippetSupport === true;
  const takesPages = client.textDocument?.publishDiagnostics?.codeDescriptionSupport === true;
  open.rulePages = takesPages ? readRulePages(initializationOptions) : undefined;
  open.commandsSupported = (initializationOptions as { commands?: unknown } | undefined)?.commands === true;
  canAskForSettings = client.workspace?.configuration === true;
  canRefresh = client.workspace?.codeLens?.refreshSupport === true;
  canWatch = client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
  return { capabilities, serverInfo: { name: 'AMQP Workbench' } };
});

connection.onInitialized(() => {
  if (canAskForSettings) void connection.client.register(DidChangeConfigurationNotification.type, undefined);
  watch(`**/${ignoreListName}`);
});

function watch(globPattern: string): void {
  const registered = { watchers: [{ globPattern }] };
  if (canWatch) void connection.client.register(DidChangeWatchedFilesNotification.type, registered);
}

const lists = registerIgnoring(connection, open, () => checkAll());
const judge = new Judge(service, settings, (file) => lists.of(file));
const manifestService = createManifestService();
const manifests = new ManifestDocuments(open, manifestService, () => watch('**/*.{yaml,yml}'));
const manifestJudge = new ManifestJudge(manifestService, settings, judge);
const fileFindings = new FileFindings(open, service, judge, manifests, manifestJudge);
const onDisk = registerChecking(connection, open, fileFindings, () => watch('**/*.json'));
const targets = new TargetNotices(connection);
const checkOpen = registerDiagnostics(connection, open, judge, targets, (uri) => onDisk.isKept(uri));
const manifestChecking = registerManifestDiagnostics(connection, open, manifests, manifestJudge, (uri) =>
  onDisk.isKept(uri),
);
const manifestFeatures = new ManifestFeatures(open, manifests, manifestService);
registerStructure(connection, open, service, manifestFeatures);
registerNavigation(connection, open, service, manifestFeatures);
const live: LiveFacts = registerLive(connection, () => lenses.brokerChanged());
const lenses = registerLenses(connection, open, service, live, () => canRefresh);
registerWriting(connection, open, service, live, manifestFeatures);
registerActions(connection, open, service, judge, lists, manifestFeatures);
registerTopologies(connection, open, service);

function checkAll(): void {
  checkOpen();
  manifestChecking.checkAll();
  onDisk.checkAgain();
}

open.texts.onDidClose(({ document }) => settings.forget(document.uri));

connection.onDidChangeWatchedFiles(({ changes }) => {
  for (const { uri, type } of changes) {
    lists.changedOnDisk(uri);
    manifestChecking.changedOnDisk(uri);
    onDisk.changedOnDisk(uri, type === FileChangeType.Deleted);
  }
});

connection.onDidChangeConfiguration(async ({ settings: sent }) => {
  // Editors that can be asked send nothing along; simple clients push their settings.
  open.settings = readSettings(
    canAskForSettings ? await connection.workspace.getConfiguration(section) : sent,
  );
  settings.forget();
  checkAll();
});

open.texts.listen(connection);
connection.listen();
