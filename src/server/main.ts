import {
  createConnection,
  DidChangeConfigurationNotification,
  ProposedFeatures,
} from 'vscode-languageserver/node';
import { createTopologyFileService } from '../core/topologyFile/service';
import { capabilities } from './capabilities';
import { registerActions } from './features/actions';
import { registerDiagnostics } from './features/diagnostics';
import { registerNavigation } from './features/navigation';
import { registerStructure } from './features/structure';
import { registerWriting } from './features/writing';
import { OpenDocuments } from './openDocuments';
import { readRulePages, readSettings } from './settings';

const connection = createConnection(ProposedFeatures.all);
const service = createTopologyFileService();
const open = new OpenDocuments(service);
let canAskForSettings = false;

connection.onInitialize(({ initializationOptions, capabilities: client }) => {
  open.settings = readSettings(initializationOptions);
  open.linksSupported = client.textDocument?.definition?.linkSupport === true;
  open.snippetsSupported = client.textDocument?.completion?.completionItem?.snippetSupport === true;
  const takesPages = client.textDocument?.publishDiagnostics?.codeDescriptionSupport === true;
  open.rulePages = takesPages ? readRulePages(initializationOptions) : undefined;
  canAskForSettings = client.workspace?.configuration === true;
  return { capabilities, serverInfo: { name: 'AMQP Workbench' } };
});

connection.onInitialized(() => {
  if (canAskForSettings) void connection.client.register(DidChangeConfigurationNotification.type, undefined);
});

const checkAll = registerDiagnostics(connection, open, service);
registerStructure(connection, open, service);
registerNavigation(connection, open, service);
registerWriting(connection, open, service);
registerActions(connection, open, service);

connection.onDidChangeConfiguration(async ({ settings: sent }) => {
  const section = 'amqp.topologyFiles';
  // Editors that can be asked send nothing along; simple clients push their settings.
  open.settings = readSettings(
    canAskForSettings ? await connection.workspace.getConfiguration(section) : sent,
  );
  checkAll();
});

open.texts.listen(connection);
connection.listen();
