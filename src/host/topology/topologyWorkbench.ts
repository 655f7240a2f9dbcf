import * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import type { Log } from '../../core/base/log';
import type { Wording } from '../../core/topology/treeModel';
import type { BrokerSessions } from '../brokers/brokerSessions';
import type { Login } from '../brokers/login';
import type { CommandHandlers } from '../commands/commandTable';
import type { Pickers } from '../commands/pickers';
import type { PublishPanels } from '../panels/publishPanels';
import type { ReadOnlyDocuments } from '../panels/readOnlyDocuments';
import type { ProfileStore } from '../profiles/profileStore';
import type { TreeRow } from '../tree/treeNode';
import type { TopologyFiles } from '../topologyFiles';
import { comparisonCommands } from './comparisonCommands';
import { ComparisonView } from './comparisonView';
import type { AskTopology } from './comparisonView';
import { exportDefinitions } from './exportDefinitions';
import { followDefinitionsEditors } from './definitionsEditors';
import { KeptUndos } from './keptUndos';
import { planCommands } from './planCommands';
import { PlanView } from './planView';
import { previewRoute } from './routeCommand';
import { RoutePreviews } from './routePreview';
import { TopologyQuestions } from './questions';
import { TopologySides } from './topologySide';
import { undoImport } from './undoImport';

export interface TopologyWorkbenchDeps {
  readonly profiles: ProfileStore;
  readonly sessions: BrokerSessions;
  readonly login: Login;
  readonly pickers: Pickers;
  readonly documents: ReadOnlyDocuments;
  readonly files: TopologyFiles;
  readonly publish: PublishPanels;
  readonly words: Wording;
  readonly log: Log;
}

export interface TopologyWorkbench extends Disposable {
  readonly commands: ReturnType<typeof comparisonCommands> &
    ReturnType<typeof planCommands> &
    Pick<CommandHandlers, 'amqp.exportDefinitions' | 'amqp.previewRoute' | 'amqp.undoImport'>;
  /** Rows of the comparison below the labels of `path`. */
  comparison(path: readonly string[]): readonly TreeRow[];
  /** The same of the import plan. */
  plan(path: readonly string[]): readonly TreeRow[];
}

/** Builds what stands between definitions files and brokers: comparing, planning, exporting, previewing routes. */
export function topologyWorkbench(
  context: vscode.ExtensionContext,
  deps: TopologyWorkbenchDeps,
): TopologyWorkbench {
  const { profiles, sessions, login, pickers, documents, files, publish, words, log } = deps;
  const store = new DisposableStore();
  const sides = new TopologySides(sessions, login, words);
  const questions = new TopologyQuestions(pickers, sides, words);
  const ask: AskTopology = (name, params, token) => files.request(name, params, token);
  const comparison = store.add(new ComparisonView(sides, ask, documents, words));
  const plan = store.add(new PlanView(sides, ask, documents, words));
  const undos = new KeptUndos(vscode.Uri.joinPath(context.globalStorageUri, 'undo'), log);
  const previews = new RoutePreviews(
    sides,
    ask,
    (profileId, vhost, exchange, key) => publish.show(profileId, vhost, 'exchange', exchange, key),
    words,
  );
  store.add(followDefinitionsEditors());
  return {
    commands: {
      ...comparisonCommands(comparison, questions),
      ...planCommands({ view: plan, sides, undos, words }, questions),
      'amqp.undoImport': (target) =>
        undoImport(target, { view: plan, sides, undos, questions, profiles, words }),
      'amqp.previewRoute': (target) => previewRoute(target, previews, questions),
      'amqp.exportDefinitions': async (target) => {
        const side = await questions.broker(target, vscode.l10n.t('Export Definitions'), 'any');
        if (side !== undefined) await exportDefinitions(side, sides, words);
      },
    },
    comparison: (path) => comparison.rows(path),
    plan: (path) => plan.rows(path),
    dispose: () => store.dispose(),
  };
}
