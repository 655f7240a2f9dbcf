import type { UndoEntry, UndoRecord } from '../../core/topology/undoFile';
import type { ItemOutcome } from '../../protocol/definitionsTransfer';
import type { PlanStep } from '../../protocol/topologyService';

/**
 * What has to be undone of an apply. What was perhaps made counts as made if the plan knew that it was not there;
 * of what was there already nothing is to be undone.
 */
export function undoEntries(
  steps: readonly PlanStep[],
  outcomes: readonly ItemOutcome[],
): Pick<UndoRecord, 'created' | 'replaced'> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const created: UndoEntry[] = [];
  const replaced: UndoEntry[] = [];
  for (const outcome of outcomes) {
    const step = byId.get(outcome.id);
    if (step === undefined) continue;
    const { section, vhost, json } = step;
    const isMade = outcome.kind === 'created' || (outcome.kind === 'unknown' && step.action === 'create');
    if (isMade) created.push({ section, vhost, json });
    if (outcome.kind === 'updated' && outcome.before !== undefined) {
      replaced.push({ section, vhost, json: outcome.before });
    }
  }
  return { created, replaced };
}

/** What a person calls an entry: its name, for a binding where it leads from and to. */
export function entryLabel({ section, json }: UndoEntry): string {
  let entry: Record<string, unknown>;
  try {
    entry = JSON.parse(json) as Record<string, unknown>;
  } catch {
    return '';
  }
  const word = (field: string): string => (typeof entry[field] === 'string' ? entry[field] : '');
  switch (section) {
    case 'bindings': {
      const key = word('routing_key');
      return `${word('source')} → ${word('destination')}${key === '' ? '' : `  (${key})`}`;
    }
    case 'permissions':
      return word('user');
    case 'topic_permissions':
      return `${word('user')} (${word('exchange')})`;
    default:
      return word('name');
  }
}
