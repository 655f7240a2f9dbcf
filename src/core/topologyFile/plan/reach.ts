import { hasField } from '../compare/topologyObjects';
import type { FileForm } from '../declarations';
import type { Target } from '../target';
import type { PlannedEntry } from './plannedEntry';
import type { Stage } from './refusalStage';
import { isOneByOne, stageOf } from './refusalStage';

type Reached = 'yes' | 'perhaps' | 'no';

/**
 * How far an import comes with each entry when a refusal at `stop` ends it: sections are imported one after the other,
 * and the entries of most of them side by side, so that some of those beside a refused one may be there (DOMAIN 5.1).
 */
export function reachOf(
  planned: readonly PlannedEntry[],
  stop: Stage | undefined,
  target: Target,
  form: FileForm,
): (id: number) => Reached {
  const end = stop ?? Infinity;
  const doubts = planned.flatMap(({ object, decision }) =>
    decision.mayBeRefused === true ? [stageOf(object.entry.section, target, form)] : [],
  );
  const doubt = Math.min(Infinity, ...doubts.slice(0, 1));
  const firstRefused = planned.findIndex(
    ({ decision, stage }) => decision.action === 'refused' && stage === end,
  );
  return (id) => {
    const item = planned[id];
    if (!item) return 'no';
    const { section } = item.object.entry;
    const own = stageOf(section, target, form);
    if (own > end) return 'no';
    if (item.decision.action === 'refused') return isKeptAllTheSame(item) ? 'perhaps' : 'no';
    const isDoubtful = own >= doubt;
    if (own < end) return isDoubtful ? 'perhaps' : 'yes';
    if (!isOneByOne(section) || firstRefused < 0) return 'perhaps';
    if (id > firstRefused) return 'no';
    return isDoubtful ? 'perhaps' : 'yes';
  };
}

/**
 * Brokers fail over some things after they have stored them: users over their own permissions, limits under another name than "limits", and on 4.0 what
 * has a number for a name (seen on 3.10.8, 4.0.5 and 4.3.6).
 */
function isKeptAllTheSame({ object, form }: PlannedEntry): boolean {
  if (object.isNameless) return true;
  // The user is made before its own permissions are looked at.
  if (object.entry.section === 'users' && hasField(object.entry, 'permissions')) return true;
  return form.get('component') === 'vhost-limits' && form.get('name') !== 'limits';
}
