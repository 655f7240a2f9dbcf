import * as vscode from 'vscode';
import { workbenchApi } from './host/api';
import type { WorkbenchApi } from './host/api';
import { BrokerSessions } from './host/brokers/brokerSessions';
import { brokerWorkers } from './host/brokers/brokerWorker';
import { Login } from './host/brokers/login';
import { networkSettings } from './host/brokers/networkSettings';
import { TracingMemory } from './host/brokers/tracingMemory';
import { RememberedQueues } from './host/brokers/rememberedQueues';
import { connectionCommands } from './host/commands/connectionCommands';
import { objectCommands } from './host/commands/objectCommands';
import { Pickers } from './host/commands/pickers';
import { registerCommands } from './host/commands/registerCommands';
import { ConnectionStatus } from './host/connectionStatus';
import { DecoderSettings } from './host/decoding/decoderSettings';
import { tellDecoders } from './host/decoding/tellDecoders';
import { outputLog } from './host/outputLog';
import { ColumnStore } from './host/panels/columnStore';
import { FilterStore } from './host/panels/filterStore';
import { MessagesPanels } from './host/panels/messagesPanels';
import { ReadOnlyDocuments } from './host/panels/readOnlyDocuments';
import { PublishPanels } from './host/panels/publishPanels';
import { ConnectionEditor } from './host/profiles/connectionEditor';
import { DemoMemory } from './host/profiles/demoMemory';
import { Passwords } from './host/profiles/passwords';
import { ProfileStore } from './host/profiles/profileStore';
import { VscodeConfiguration } from './host/profiles/vscodeConfiguration';
import { registerConfLinks } from './host/topology/confLinks';
import { fileCommands } from './host/topology/fileCommands';
import { TargetItem } from './host/topology/targetItem';
import { TopologyBroker } from './host/topology/topologyBroker';
import { topologyWorkbench } from './host/topology/topologyWorkbench';
import { TopologyFiles } from './host/topologyFiles';
import { showRule } from './host/rulePages';
import { replayRecording } from './host/replay/replayRecording';
import { BrokersTree } from './host/tree/brokersTree';
import { BrokersView } from './host/tree/brokersView';
import { TreeLoader } from './host/tree/treeLoader';
import { editorWords } from './host/words';

/** What `deactivate` waits for: VS Code calls it without anything to find the running objects by. */
let end: (() => Promise<void>) | undefined;

/** VS Code waits a few seconds for this, and only for this: what `dispose` starts it does not wait for. */
export async function deactivate(): Promise<void> {
  await end?.();
}

/** Builds the objects in order and hands each its dependencies. Nothing is awaited and nothing connects. */
export function activate(context: vscode.ExtensionContext): WorkbenchApi {
  const keep = <T extends vscode.Disposable>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const channel = keep(vscode.window.createOutputChannel('AMQP', { log: true }));
  const log = outputLog(channel);
  const words = editorWords();

  const configuration = keep(new VscodeConfiguration());
  const profiles = keep(new ProfileStore(configuration, new DemoMemory(context.globalState), log));
  const passwords = new Passwords(context.secrets);
  const start = brokerWorkers(vscode.Uri.joinPath(context.extensionUri, 'dist', 'worker.js').fsPath);
  const tracing = new TracingMemory(context.globalState);
  const sessions = keep(new BrokerSessions(profiles, start, networkSettings, tracing, log));
  end = () => sessions.closeAll();
  keep(tellDecoders(sessions, keep(new DecoderSettings(log)), log));
  const login = new Login(sessions, passwords);
  const remembered = new RememberedQueues(context.globalState);

  const tree = keep(new BrokersTree(profiles, sessions, new TreeLoader(remembered, words), words, log));
  const view = keep(new BrokersView(tree, context.globalState));
  keep(new ConnectionStatus(sessions));

  const documents = keep(new ReadOnlyDocuments());
  const broker = keep(new TopologyBroker(sessions, context.workspaceState));
  const files = keep(new TopologyFiles(context, broker, log));
  const target = keep(new TargetItem(files));
  keep(registerConfLinks());
  // The two kinds of panels open each other; each gets the other as a function.
  const publish: PublishPanels = keep(
    new PublishPanels(context.extensionUri, sessions, (revival) => messages.show(revival), log),
  );
  const messages = keep(
    new MessagesPanels(
      context.extensionUri,
      sessions,
      (profileId) => login.connect(profileId),
      documents,
      (profileId, vhost, form) => publish.fill(profileId, vhost, form),
      { filters: new FilterStore(context.globalState), columns: new ColumnStore(context.globalState) },
      log,
    ),
  );

  const pickers = new Pickers(profiles, sessions, login, remembered, words);
  const editor = new ConnectionEditor(profiles, passwords);
  const brokers = { profiles, sessions, login, pickers };
  const topology = keep(topologyWorkbench(context, { ...brokers, documents, files, publish, words, log }));
  keep(
    registerCommands(
      {
        ...connectionCommands({ profiles, sessions, login, editor, view, pickers }),
        ...objectCommands({ sessions, login, remembered, tree, view, messages, publish, pickers }),
        ...topology.commands,
        ...fileCommands(files, broker, sessions),
        'amqp.replay': (file) =>
          replayRecording({ sessions, login, pickers, showLog: () => channel.show() }, file),
        'amqp.showRule': (code) => showRule(context.extensionUri, code),
        'amqp.showLog': () => channel.show(),
      },
      log,
    ),
  );
  return workbenchApi(profiles, sessions, tree, messages, topology, target);
}
