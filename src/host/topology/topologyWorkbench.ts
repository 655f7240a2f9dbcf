import * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import type { Wording } from '../../core/topology/treeModel';
import type { BrokerSessions } from '../brokers/brokerSessions';
import type { Login } from '../brokers/login';
import type { CommandHandlers } from '../commands/commandTable';
import type { Pickers } from '../commands/pickers';
import type { ReadOnlyDocuments } from '../panels/readOnlyDocuments';
import type { TreeRow } from '../tree/treeNode';
import type { TopologyFiles } from '../topologyFiles';
import { comparisonCommands } from './comparisonCommands';
import { ComparisonView } from './comparisonView';
import { exportDefinitions } from './exportDefinitions';
import { followTopologyEditors } from './topologyEditors';
import { TopologyQuestions } from './questions';
import { TopologySides } from './topologySide';

export interface TopologyWorkbenchDeps {
  readonly sessions: BrokerSessions;
  readonly login: Login;
  readonly pickers: Pickers;
  readonly documents: ReadOnlyDocuments;
  readonly files: TopologyFiles;
  readonly words: Wording;
}

export interface TopologyWorkbench extends Disposable {
  readonly commands: ReturnType<typeof comparisonCommands> & Pick<CommandHandlers, 'amqp.exportDefinitions'>;
  /** Rows of the comparison below the labels of `path`. */
  comparison(path: readonly string[]): readonly TreeRow[];
}

/** Builds what stands between definitions files and brokers: comparing, exporting. */
export function topologyWorkbench(deps: TopologyWorkbenchDeps): TopologyWorkbench {
  const { sessions, login, pickers, documents, files, words } = deps;
  const store = new DisposableStore();
  const sides = new TopologySides(sessions, login, words);
  const questions = new TopologyQuestions(pickers, sides, words);
  const comparison = store.add(
    new ComparisonView(sides, (name, params, token) => files.request(name, params, token), documents, words),
  );
  store.add(followTopologyEditors());
  return {
    commands: {
      ...comparisonCommands(comparison, questions),
      'amqp.exportDefinitions': async (target) => {
        const side = await questions.broker(target, vscode.l10n.t('Export Definitions'), 'any');
        if (side !== undefined) await exportDefinitions(side, sides, words);
      },
    },
    comparison: (path) => comparison.rows(path),
    dispose: () => store.dispose(),
  };
}
