import { Failure } from '../../core/base/failure';
import type { ResultNode } from '../topology/resultNode';
import { isTreeNode } from '../tree/treeNode';
import type { TreeNode } from '../tree/treeNode';

/** A row of the tree, a connection's id (from a notification or the API), or nothing (from the palette). */
export type Target = TreeNode | string | undefined;

/** The same, or a file: from an editor or the explorer. */
export type TopologyTarget = Target | { readonly kind: 'file'; readonly uri: string };

export type RouteTarget =
  | TopologyTarget
  | { readonly kind: 'route'; readonly uri: string; readonly vhost: string; readonly exchange: string };

/**
 * Every command, once, with what it takes. `title` is the English text of package.nls.json; a title ends in "..." when
 * a question or a form comes before anything is done. `palette: false` are commands that only make sense on a row.
 */
export const commandTable = {
  'amqp.addConnection': { title: 'Add Connection...', args: none, palette: true },
  'amqp.tryDemoBroker': { title: 'Try the Demo Broker', args: none, palette: true },
  'amqp.connect': { title: 'Connect', args: target, palette: true },
  'amqp.disconnect': { title: 'Disconnect', args: target, palette: true },
  'amqp.enterPassword': { title: 'Enter Password...', args: target, palette: true },
  'amqp.editConnection': { title: 'Edit...', args: target, palette: true },
  'amqp.removeConnection': { title: 'Remove...', args: target, palette: true },
  'amqp.refresh': { title: 'Refresh', args: none, palette: true },
  'amqp.showBuiltInExchanges': { title: 'Show Built-in Exchanges', args: none, palette: true },
  'amqp.hideBuiltInExchanges': { title: 'Hide Built-in Exchanges', args: none, palette: true },
  'amqp.openRow': { title: 'Open', args: none, palette: false },
  'amqp.showMore': { title: 'Show More', args: target, palette: false },
  'amqp.addQueueByName': { title: 'Add Queue by Name...', args: target, palette: true },
  'amqp.forgetQueue': { title: 'Remove from This List', args: target, palette: false },
  'amqp.copyName': { title: 'Copy Name', args: target, palette: false },
  'amqp.publish': { title: 'Publish Test Message...', args: target, palette: true },
  'amqp.peek': { title: 'Peek Messages', args: target, palette: true },
  'amqp.tail': { title: 'Live Tail', args: target, palette: true },
  'amqp.tailFrom': { title: 'Live Tail From...', args: target, palette: true },
  'amqp.newTail': { title: 'New Tail', args: target, palette: true },
  'amqp.replay': { title: 'Replay Recording...', args: file, palette: true },
  'amqp.compareWithBroker': { title: 'Compare with Broker...', args: topology, palette: true },
  'amqp.compareWithFile': { title: 'Compare with File...', args: target, palette: false },
  'amqp.compareBrokers': { title: 'Compare Two Brokers...', args: topology, palette: true },
  'amqp.planImport': { title: 'Plan Import...', args: topology, palette: true },
  'amqp.undoImport': { title: 'Undo Import...', args: topology, palette: true },
  'amqp.previewRoute': { title: 'Preview Route...', args: route, palette: true },
  'amqp.exportDefinitions': { title: 'Export Definitions...', args: target, palette: true },
  'amqp.refreshComparison': { title: 'Compare Again', args: none, palette: false },
  'amqp.swapComparison': { title: 'Swap Sides', args: none, palette: false },
  'amqp.showIdentical': { title: 'Show Identical Objects', args: none, palette: false },
  'amqp.hideIdentical': { title: 'Hide Identical Objects', args: none, palette: false },
  'amqp.closeComparison': { title: 'Close Comparison', args: none, palette: false },
  'amqp.openDifference': { title: 'Open Differences', args: none, palette: false },
  'amqp.revealCompared': { title: 'Reveal in File', args: result, palette: false },
  'amqp.copyCompared': { title: 'Copy as definitions JSON', args: result, palette: false },
  'amqp.checkAllTopologyFiles': { title: 'Check All Topology Files', args: none, palette: true },
  'amqp.selectTarget': { title: 'Select Topology File Target...', args: none, palette: true },
  'amqp.selectTopologyBroker': { title: 'Select Broker for Topology Files...', args: none, palette: true },
  'amqp.showRule': { title: 'Show Rule...', args: text, palette: true },
  'amqp.applyPlan': { title: 'Apply Selected...', args: none, palette: false },
  'amqp.selectAllSteps': { title: 'Select All', args: none, palette: false },
  'amqp.selectNoSteps': { title: 'Select None', args: none, palette: false },
  'amqp.openPlanFile': { title: 'Open the File', args: none, palette: false },
  'amqp.refreshPlan': { title: 'Plan Again', args: none, palette: false },
  'amqp.closePlan': { title: 'Close Import Plan', args: none, palette: false },
  'amqp.openStep': { title: 'Open Differences', args: none, palette: false },
  'amqp.revealStep': { title: 'Reveal in File', args: result, palette: false },
  'amqp.copyStep': { title: 'Copy as definitions JSON', args: result, palette: false },
  'amqp.showLog': { title: 'Show Log', args: none, palette: true },
} as const satisfies Record<string, { title: string; args: ArgumentKind; palette: boolean }>;

/** Reads what a command was called with: anybody can call it with anything. */
type ArgumentKind = (given: readonly unknown[]) => unknown[];

function none(): [] {
  return [];
}

function target(given: readonly unknown[]): [target: Target] {
  const [first] = given;
  if (isTreeNode(first) || typeof first === 'string') return [first];
  if (given.length === 0) return [undefined];
  // A menu of the tree hands over nothing while the view replaces that row. Asking "which queue?" would be odd.
  throw new Failure('notFound', 'The list was just being refreshed.', { advice: 'Try again.' });
}

/** A code such as `refused/comment`, or nothing: then the user is asked. */
function text([first]: readonly unknown[]): [text: string | undefined] {
  return [typeof first === 'string' ? first : undefined];
}

/** A path, or nothing: then the user is asked. */
function file([first]: readonly unknown[]): [path: string | undefined] {
  return [typeof first === 'string' ? first : undefined];
}

/** What editors and the explorer hand over is a URI of theirs, known here by its shape: this file runs without an editor too. */
function topology(given: readonly unknown[]): [target: TopologyTarget] {
  const [first] = given;
  if (typeof first === 'object' && first !== null && 'scheme' in first && 'fsPath' in first) {
    return [{ kind: 'file', uri: (first as { toString(): string }).toString() }];
  }
  return target(given);
}

/** An exchange of a file, from a code lens; or what `topology` takes. */
function route(given: readonly unknown[]): [start: RouteTarget] {
  const [first] = given;
  if (typeof first === 'object' && first !== null && 'uri' in first && 'exchange' in first) {
    const { uri, exchange } = first;
    const vhost = 'vhost' in first ? first.vhost : '';
    if (typeof uri === 'string' && typeof exchange === 'string' && typeof vhost === 'string') {
      return [{ kind: 'route', uri, vhost, exchange }];
    }
  }
  return topology(given);
}

/** A row of a comparison or a plan; nothing from the keyboard: then the selected one is meant. */
function result([first]: readonly unknown[]): [row: ResultNode | undefined] {
  const isRow = typeof first === 'object' && first !== null && 'objects' in first && 'row' in first;
  return [isRow ? (first as ResultNode) : undefined];
}

export type CommandId = keyof typeof commandTable;
export type CommandArguments<K extends CommandId> = ReturnType<(typeof commandTable)[K]['args']>;
export type CommandHandlers = {
  readonly [K in CommandId]: (...args: CommandArguments<K>) => void | Promise<void>;
};
