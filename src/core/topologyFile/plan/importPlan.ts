import type { Range } from '../finding';
import type { SectionName } from '../sections';

export type PlanAction =
  | 'create'
  | 'identical'
  /** It is there and an import writes over it. */
  | 'replace'
  /** It is there with other properties and an import leaves it as it is without a word: queues and exchanges. */
  | 'ignored'
  /** An import passes over it. */
  | 'skipped'
  /** The broker refuses the file because of it. */
  | 'refused'
  /** What is there cannot be seen, or what will be is left to chance or to a plugin. */
  | 'unknown';

export interface PlanStep {
  /** Its place in the list of steps. */
  readonly id: number;
  readonly section: SectionName;
  /** Empty for users, virtual hosts and global parameters. */
  readonly vhost: string;
  readonly label: string;
  readonly action: PlanAction;
  /** Why, in sentences. */
  readonly why: readonly string[];
  /** The entry as it stands in the file. */
  readonly json: string;
  readonly range: Range;
  /** Pretty JSON: what the broker has, where it has it, and what the file asks for. */
  readonly before?: string;
  readonly after: string;
  readonly differs: readonly string[];
  /** Steps for what it needs and the broker does not have yet, and for what those need in turn. */
  readonly needs: readonly number[];
  /** What an import of the whole file has done to it when a refusal stops it. */
  readonly reached: 'yes' | 'perhaps' | 'no';
}

export interface ImportPlan {
  /** In the order of import. */
  readonly steps: readonly PlanStep[];
  /** A whole import is refused: what for, and what it leaves behind. */
  readonly refusal?: readonly string[];
  readonly problems: readonly string[];
}
