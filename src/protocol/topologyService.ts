import type { DefinitionsSection } from '../core/topology/definitionsFile';
import type { BrokerSeries } from '../core/topology/queueArguments';

/**
 * What the host asks of the topology language server beyond the Language Server Protocol, and what that asks back:
 * the method is `amqp/` and the name.
 */
export interface TopologyRequests {
  compare: { params: CompareParams; result: Comparison };
  plan: { params: PlanParams; result: ImportPlan };
  route: { params: RouteParams; result: RoutePreview };
  /** The virtual hosts and exchanges of a topology, for pickers. */
  exchanges: { params: { topology: TopologyText }; result: readonly TopologyVhost[] };
  /**
   * Checks files, open or not, and puts what it finds into the Problems panel; answers with the counts. Of the files
   * of an earlier call nothing is kept. Those whose name says nothing are looked into first and left out if they are no
   * topology files. Cancelled, it answers with what was done until then.
   */
  checkFiles: { params: { uris: readonly string[] }; result: CheckedFiles };
}

/** A definitions file: one that is open or on disk, or a text such as a broker's export. */
export type TopologyText = { readonly uri: string } | { readonly text: string };

/** Zero-based, UTF-16, end exclusive, as in the Language Server Protocol. */
export interface TextRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

export interface CompareParams {
  readonly left: TopologyText;
  readonly right: TopologyText;
  /** Compare this virtual host only. A file without `vhost` fields is about it. */
  readonly vhost?: string;
}

export type ComparedState = 'onlyLeft' | 'onlyRight' | 'changed' | 'same';

export interface ComparedObject {
  readonly section: DefinitionsSection;
  /** Empty for users, virtual hosts and global parameters. */
  readonly vhost: string;
  /** What a person calls it: the name, for a binding `orders → orders.audit  (order.#)`. */
  readonly label: string;
  readonly state: ComparedState;
  /** The fields that differ, such as `arguments.x-max-length`. */
  readonly differs: readonly string[];
  /** Pretty JSON with defaults filled in and keys in one order, for a diff editor; missing where it is not there. */
  readonly left?: string;
  readonly right?: string;
  readonly leftRange?: TextRange;
  readonly rightRange?: TextRange;
}

export interface Comparison {
  /** In the order of import, then by virtual host and label. */
  readonly objects: readonly ComparedObject[];
  /** Sections that stand on one side only because the other cannot or does not say them: not compared. */
  readonly notCompared: readonly DefinitionsSection[];
  /** Sentences about parts of a file that could not be read. */
  readonly problems: readonly string[];
}

export interface PlanParams {
  readonly file: TopologyText;
  /** What the broker has, as it exported it, and what of it this login may not see. */
  readonly broker: TopologyText;
  readonly missing: readonly DefinitionsSection[];
  /** Where a file without `vhost` fields goes. */
  readonly vhost?: string;
  /** The broker's own series. */
  readonly target: BrokerSeries;
}

export type PlanAction =
  | 'create'
  | 'identical'
  /** It is there and an import writes over it: users, permissions, policies, parameters. */
  | 'replace'
  /** It is there with other properties, and an import leaves it as it is without a word: queues, exchanges. */
  | 'ignored'
  /** An import passes over it: names that begin with amq., what the broker makes itself, a queue it cannot make. */
  | 'skipped'
  /** The broker refuses the file because of it. */
  | 'refused'
  /** This login may not see whether it is there, or what becomes of it is left to chance or to a plugin. */
  | 'unknown';

export interface PlanStep {
  readonly id: number;
  readonly section: DefinitionsSection;
  readonly vhost: string;
  readonly label: string;
  readonly action: PlanAction;
  /** Why, in sentences: the findings about this object, or what stays as it is. */
  readonly why: readonly string[];
  /** The entry as it stands in the file. */
  readonly json: string;
  readonly range: TextRange;
  /** Pretty JSON for a diff editor: what the broker has and what the file says. */
  readonly before?: string;
  readonly after: string;
  readonly differs: readonly string[];
  /** Steps that have to come before it, so that it can be made: those not there yet, with what they need in turn. */
  readonly needs: readonly number[];
  /** What an import of the whole file has done to it when a refusal stops it: `perhaps` in the section of the refusal. */
  readonly reached: 'yes' | 'perhaps' | 'no';
}

export interface ImportPlan {
  /** In the order of import. */
  readonly steps: readonly PlanStep[];
  /** A whole import is refused. The sentences say what for and what it leaves behind. */
  readonly refusal?: readonly string[];
  readonly problems: readonly string[];
}

export interface RouteParams {
  readonly topology: TopologyText;
  readonly vhost: string;
  /** Empty for the default exchange. */
  readonly exchange: string;
  readonly routingKey: string;
  /** A JSON object of headers; empty for none. */
  readonly headers: string;
}

/** Where a message goes. */
export interface RoutePreview {
  readonly queues: readonly RoutedQueue[];
  /** Sentences: exchanges on the way whose type cannot be foretold, alternate exchanges used, why nothing is reached. */
  readonly notes: readonly string[];
  readonly problem?: string;
}

export interface RoutedQueue {
  readonly queue: string;
  /** The bindings on the way, each as words such as `orders → audit  (order.#)`; empty for the default exchange. */
  readonly way: readonly string[];
  /** Where its dead letters go in turn, each hop with its reason; a queue that was passed already ends the list. */
  readonly deadLetters?: {
    readonly exchange: string;
    readonly routingKey: string;
    /** What says so: `x-dead-letter-exchange`, or `the policy "dlx"`. */
    readonly by?: string;
    readonly to: readonly RoutedQueue[];
  };
  readonly note?: string;
}

export interface TopologyVhost {
  readonly vhost: string;
  readonly exchanges: readonly { readonly name: string; readonly type: string }[];
}

export interface CheckedFiles {
  /** Those that were topology files and could be read. */
  readonly files: number;
  readonly errors: number;
  readonly others: number;
  /** One sentence for each file that could not be read. */
  readonly problems: readonly string[];
}

/** What the language server tells the host by itself: the same method prefix. */
export interface ServerNotices {
  /** For which RabbitMQ an open file is checked; `null` when it was closed or is no topology file any more. */
  target: { uri: string; target: FileTarget | null };
  /** How far a `checkFiles` has come. */
  checking: { done: number; total: number };
}

export interface FileTarget {
  readonly target: BrokerSeries;
  readonly because: 'setting' | 'file' | 'newest';
  /** The version that the file names, where it decides. */
  readonly version?: string;
}

/** What the host tells the language server by itself. */
export interface HostNotices {
  /** The connection that live facts come from; `null` when there is none, and then nobody is asked. */
  broker: ChosenBroker | null;
}

export interface ChosenBroker {
  /** The connection's name, for words. */
  readonly connection: string;
  /** Where the objects of a file without `vhost` fields are. */
  readonly vhost: string;
}

/** What the language server asks the host while a broker is connected and chosen for it: the same method prefix. */
export interface LiveRequests {
  /** At most a few hundred names that contain `part`. */
  liveNames: {
    params: { kind: 'queue' | 'exchange' | 'vhost'; vhost: string; part: string };
    result: readonly string[];
  };
  /** What the broker says of queues and exchanges now; those that it does not have are missing. */
  liveObjects: {
    params: { vhost: string; queues: readonly string[]; exchanges: readonly string[] };
    result: LiveObjects;
  };
}

export interface LiveObjects {
  /** The connection's name, for words. */
  readonly connection: string;
  readonly queues: readonly LiveQueue[];
  readonly exchanges: readonly LiveExchange[];
  /** The broker has too many queues to look for all that were asked for: of a missing one nothing is known. */
  readonly isPartial?: true;
  /** This login sees no such virtual host. */
  readonly vhostMissing?: true;
}

/** A missing number is not known, never zero. */
export interface LiveQueue {
  readonly name: string;
  readonly type?: string;
  readonly ready?: number;
  readonly unacked?: number;
  readonly consumers?: number;
  readonly policy?: string;
}

export interface LiveExchange {
  readonly name: string;
  readonly type: string;
  readonly rateIn?: number;
}
