import type { MessagesPanelState } from '../protocol/messagesPanel';
import type { BrokerSessions } from './brokers/brokerSessions';
import type { SessionState } from './brokers/sessionState';
import type { MessagesPanels } from './panels/messagesPanels';
import type { ProfileStore } from './profiles/profileStore';
import type { TargetItem } from './topology/targetItem';
import type { TopologyWorkbench } from './topology/topologyWorkbench';
import type { BrokersTree } from './tree/brokersTree';
import type { TreeNode, TreeRow } from './tree/treeNode';

/** What `activate` returns, for other extensions and for our own tests: to look, not to change. No secrets. */
export interface WorkbenchApi {
  connections(): readonly ConnectionSummary[];
  /** Rows of the Brokers view below the labels of `path`; the connections themselves for an empty path. */
  rows(...path: readonly string[]): Promise<readonly TreeRow[]>;
  /** The states of the open messages panels. */
  messagePanels(): readonly MessagesPanelState[];
  /** Rows of the view Topology Comparison below the labels of `path`. */
  comparison(...path: readonly string[]): readonly TreeRow[];
  /** What the status bar says of the topology file in front. */
  topologyTarget(): { readonly text: string; readonly tooltip: string } | undefined;
  /** Rows of the view Import Plan below the labels of `path`. */
  importPlan(...path: readonly string[]): readonly TreeRow[];
}

export interface ConnectionSummary {
  readonly id: string;
  readonly name: string;
  readonly origin: 'user' | 'workspace' | 'demo';
  readonly state: SessionState;
}

export function workbenchApi(
  profiles: ProfileStore,
  sessions: BrokerSessions,
  tree: BrokersTree,
  panels: MessagesPanels,
  topology: TopologyWorkbench,
  target: TargetItem,
): WorkbenchApi {
  return {
    connections: () =>
      profiles.all().map(({ profile, origin }) => ({
        id: profile.id,
        name: profile.name,
        origin,
        state: sessions.of(profile).state,
      })),
    rows: async (...path) => {
      let nodes: readonly TreeNode[] = await tree.read();
      for (const label of path) {
        const node = nodes.find(({ row }) => row.label === label);
        nodes = node === undefined ? [] : await tree.read(node);
      }
      return nodes.map(({ row }) => row);
    },
    messagePanels: () => panels.states(),
    topologyTarget: () => target.shown,
    comparison: (...path) => topology.comparison(path),
    importPlan: (...path) => topology.plan(path),
  };
}
