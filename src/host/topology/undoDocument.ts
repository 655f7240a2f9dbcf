import { integer, listOf, object, oneOf, text } from '../../core/base/check';
import { definitionsSections } from '../../core/topology/definitionsFile';
import type { DefinitionsSection } from '../../core/topology/definitionsFile';
import type { ItemOutcome } from '../../protocol/definitionsTransfer';
import type { PlanStep } from '../../protocol/topologyService';

/** What undoes an import. No password and no hash of one is in it. */
export interface UndoDocument {
  /** When it was applied, as in ISO 8601. */
  readonly at: string;
  /** The name of the imported file. */
  readonly file: string;
  readonly connection: {
    readonly id: string;
    readonly name: string;
    readonly host: string;
    readonly port: number;
  };
  /** In the order in which they were made; they are removed from the last to the first. */
  readonly made: readonly UndoItem[];
  /** As they were before, in the order of import. */
  readonly replaced: readonly UndoItem[];
}

export interface UndoItem {
  readonly section: DefinitionsSection;
  readonly vhost: string;
  readonly label: string;
  readonly json: string;
}

const format = 'amqp-workbench-undo-1';
const mostText = 64 * 1024 * 1024;
const mostItems = 1_000_000;

const item = object({
  section: oneOf(...definitionsSections),
  vhost: text(1_000),
  label: text(100_000),
  json: text(10_000_000),
});
const check = object({
  format: oneOf(format),
  at: text(100),
  file: text(10_000),
  connection: object({ id: text(200), name: text(200), host: text(255), port: integer(0, 65_535) }),
  made: listOf(item, mostItems),
  replaced: listOf(item, mostItems),
});

/**
 * What has to be undone of an apply. What was perhaps made counts as made if the plan knew that it was not there;
 * of what was there already nothing is to be undone.
 */
export function undoItems(
  steps: readonly PlanStep[],
  outcomes: readonly ItemOutcome[],
): Pick<UndoDocument, 'made' | 'replaced'> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const made: UndoItem[] = [];
  const replaced: UndoItem[] = [];
  for (const outcome of outcomes) {
    const step = byId.get(outcome.id);
    if (step === undefined) continue;
    const { section, vhost, label } = step;
    const isMade = outcome.kind === 'created' || (outcome.kind === 'unknown' && step.action === 'create');
    if (isMade) made.push({ section, vhost, label, json: withoutPassword(step) });
    if (outcome.kind === 'updated' && outcome.before !== undefined) {
      replaced.push({ section, vhost, label, json: outcome.before });
    }
  }
  return { made, replaced };
}

/** Removing a user takes the name alone. */
function withoutPassword({ section, label, json }: PlanStep): string {
  if (section !== 'users') return json;
  try {
    const { name } = JSON.parse(json) as { name?: unknown };
    return JSON.stringify({ name });
  } catch {
    return JSON.stringify({ name: label });
  }
}

export function writeUndo(undo: UndoDocument): string {
  return `${JSON.stringify({ format, ...undo }, undefined, 2)}\n`;
}

/** `undefined` for what is no undo file. */
export function readUndo(content: string): UndoDocument | undefined {
  if (content.length > mostText) return undefined;
  try {
    const { format: _, ...undo } = check(JSON.parse(content), 'undo');
    return undo;
  } catch {
    return undefined;
  }
}
