import { counted } from './banner';
import type { MirrorPlan, NothingToWatch } from './tailPlan';

/** The plan after the broker refused some of its bindings: each refusal is said, and without any left there is no tap. */
export function withoutRefused(plan: MirrorPlan, refused: readonly string[]): MirrorPlan | NothingToWatch {
  if (refused.length === 0) return plan;
  const left = plan.bindings.length - refused.length;
  if (left <= 0) {
    return {
      kind: 'nothing',
      text: `The broker refused every binding of the tap: ${refused.join('; ')}.`,
      banner: { ...plan.banner, sees: 'Sees nothing.' },
    };
  }
  const misses = `${plan.banner.misses} The broker refused ${counted(refused.length, 'binding')}: ${refused.join('; ')}.`;
  const sees = `Mirror tap: sees new messages routed here by ${counted(left, 'binding')} of ${String(plan.bindings.length)}.`;
  return { ...plan, banner: { ...plan.banner, sees, misses } };
}
