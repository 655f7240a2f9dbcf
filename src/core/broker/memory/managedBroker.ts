import type { TaskLoop } from './taskLoop';
import type { VhostState } from './vhostState';

/** What the management half sees of the in-memory broker; questions are asked on its loop. */
export interface ManagedBroker {
  readonly version: string;
  readonly vhosts: ReadonlyMap<string, VhostState>;
  readonly loop: TaskLoop;
}
