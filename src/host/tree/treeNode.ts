import type { BindingInfo, ExchangeInfo, QueueInfo } from '../../core/topology/model';

/** How a row looks, as plain data: what is compared to find out whether a refresh changed anything. */
export interface TreeRow {
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** A codicon, and a theme colour for it. */
  readonly icon?: string;
  readonly color?: string;
  /** Kind and flags for `when` clauses: `queue;readOnly`. */
  readonly context: string;
  readonly expandable: boolean;
  /** Open when it is first drawn. */
  readonly expanded?: boolean;
  /** Missing: there is nothing to tick. */
  readonly checked?: boolean;
  /** What Enter or a click does, called with the row; most rows only expand. */
  readonly command?: string;
}

interface NodeOf<K extends string> {
  readonly kind: K;
  /** The same for the same object after every refresh: selection and expansion hang on it. */
  readonly id: string;
  readonly profileId: string;
  readonly parent?: TreeNode;
  /** Changes in place on a refresh: the view knows its rows by these very objects. */
  row: TreeRow;
}

export type ConnectionNode = NodeOf<'connection'>;
export interface VhostNode extends NodeOf<'vhost'> {
  readonly vhost: string;
}
/** Exchanges or Queues of a virtual host; loaded together with it. */
export interface FolderNode extends NodeOf<'folder'> {
  readonly vhost: string;
  readonly holds: 'exchanges' | 'queues';
  /** How many there are on the broker; unknown where it cannot list them. */
  count?: number;
  children: TreeNode[];
}
export interface ExchangeNode extends NodeOf<'exchange'> {
  readonly vhost: string;
  readonly name: string;
  readonly info: ExchangeInfo;
}
export interface QueueNode extends NodeOf<'queue'> {
  readonly vhost: string;
  readonly name: string;
  readonly info: QueueInfo;
}
export interface BindingNode extends NodeOf<'binding'> {
  readonly binding: BindingInfo;
}
/** Something to say: an error, what is missing, that there is nothing. */
export type NoteNode = NodeOf<'note'>;
/** "Show 500 more" of the folder above it. */
export interface MoreNode extends NodeOf<'more'> {
  readonly vhost: string;
  readonly holds: 'exchanges' | 'queues';
}
/** A row that runs a command, such as "Add Queue by Name...". */
export interface ActionNode extends NodeOf<'action'> {
  readonly vhost: string;
}

export type TreeNode =
  | ConnectionNode
  | VhostNode
  | FolderNode
  | ExchangeNode
  | QueueNode
  | BindingNode
  | NoteNode
  | MoreNode
  | ActionNode;

const kinds: readonly string[] = [
  'connection',
  'vhost',
  'folder',
  'exchange',
  'queue',
  'binding',
  'note',
  'more',
  'action',
] satisfies TreeNode['kind'][];

/** Commands can be called by anybody with anything: only our own nodes count as such. */
export function isTreeNode(value: unknown): value is TreeNode {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('profileId' in value))
    return false;
  return typeof value.kind === 'string' && kinds.includes(value.kind) && typeof value.profileId === 'string';
}
