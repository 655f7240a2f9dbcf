import type { Range } from '../finding';
import type { SectionName } from '../sections';

export type ComparedState = 'onlyLeft' | 'onlyRight' | 'changed' | 'same';

export interface ComparedObject {
  readonly section: SectionName;
  /** Empty for users, virtual hosts and global parameters. */
  readonly vhost: string;
  readonly label: string;
  readonly state: ComparedState;
  /** The fields that differ, such as `arguments.x-max-length`. */
  readonly differs: readonly string[];
  /** Pretty JSON with defaults filled in and keys in one order; missing where it is not there. */
  readonly left?: string;
  readonly right?: string;
  readonly leftRange?: Range;
  readonly rightRange?: Range;
}

export interface Comparison {
  /** In the order of import, then by virtual host and label. */
  readonly objects: readonly ComparedObject[];
  /** Sections that one side does not have at all, or could not read. */
  readonly notCompared: readonly SectionName[];
  readonly problems: readonly string[];
}
