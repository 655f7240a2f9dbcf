import type { ExactObject } from '../compare/exactJson';
import type { TopologyObject } from '../compare/topologyObjects';
import type { Decision } from './decide';
import type { Stage } from './refusalStage';

/** One entry of the file with everything that is known of it. */
export interface PlannedEntry {
  readonly object: TopologyObject;
  readonly form: ExactObject;
  decision: Decision;
  /** Where its refusal stops an import. */
  stage?: Stage;
}
