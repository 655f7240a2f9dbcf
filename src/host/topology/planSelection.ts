import type { PlanAction } from '../../protocol/topologyService';

/** What of a step counts for choosing it. */
export interface SelectableStep {
  readonly id: number;
  readonly action: PlanAction;
  readonly needs: readonly number[];
}

/** Actions that change something on the broker. `unknown`: it is made, or written over if it is there. */
const doing: ReadonlySet<PlanAction> = new Set<PlanAction>(['create', 'replace', 'unknown']);
/** What a step with such an action stands for is on the broker already, so that others can count on it. */
const there: ReadonlySet<PlanAction> = new Set<PlanAction>(['identical', 'ignored']);

/**
 * Which steps of a plan are ticked. Held at every moment: nothing is ticked that does nothing or that cannot be made,
 * and whatever a ticked step needs is ticked too.
 */
export class PlanSelection {
  private readonly steps: ReadonlyMap<number, SelectableStep>;
  private readonly neededBy = new Map<number, number[]>();
  /** Steps that can never be made, with what stands in their way. */
  private readonly blocked = new Map<number, number>();
  private readonly ticked = new Set<number>();

  constructor(steps: readonly SelectableStep[]) {
    this.steps = new Map(steps.map((step) => [step.id, step]));
    for (const { id, needs } of steps) {
      for (const need of needs) {
        const users = this.neededBy.get(need);
        if (users === undefined) this.neededBy.set(need, [id]);
        else users.push(id);
      }
    }
    for (const { id, action } of steps) {
      if (!doing.has(action) && !there.has(action)) this.block(id);
    }
  }

  canTick(id: number): boolean {
    const step = this.steps.get(id);
    return step !== undefined && doing.has(step.action) && !this.blocked.has(id);
  }

  has(id: number): boolean {
    return this.ticked.has(id);
  }

  /** The step that cannot be made and that this one needs, directly or through others. */
  blockedBy(id: number): number | undefined {
    return this.blocked.get(id);
  }

  /** Ticks those that can be, and all that they need. */
  tick(ids: readonly number[]): void {
    this.spread(
      ids.filter((id) => this.canTick(id)),
      (id) => this.steps.get(id)?.needs ?? [],
      (id) => {
        if (this.canTick(id)) this.ticked.add(id);
      },
    );
  }

  /** Unticks them, and all that needs them. */
  untick(ids: readonly number[]): void {
    this.spread(
      ids,
      (id) => this.neededBy.get(id) ?? [],
      (id) => this.ticked.delete(id),
    );
  }

  tickAll(): void {
    for (const id of this.steps.keys()) if (this.canTick(id)) this.ticked.add(id);
  }

  untickAll(): void {
    this.ticked.clear();
  }

  /** Whether all are ticked that can be; `undefined` where none can be: then there is nothing to tick. */
  all(ids: readonly number[]): boolean | undefined {
    const possible = ids.filter((id) => this.canTick(id));
    return possible.length === 0 ? undefined : possible.every((id) => this.ticked.has(id));
  }

  /** In the order of the plan, which is that of import. */
  selected(): number[] {
    return [...this.steps.keys()].filter((id) => this.ticked.has(id));
  }

  private block(cause: number): void {
    this.spread(
      this.neededBy.get(cause) ?? [],
      (id) => this.neededBy.get(id) ?? [],
      (id) => {
        // What is there already needs nothing any more.
        if (!this.blocked.has(id) && doing.has(this.steps.get(id)?.action ?? 'skipped')) {
          this.blocked.set(id, cause);
        }
      },
    );
  }

  /** Visits everything that can be reached, once: needs of a hostile file may go in circles. */
  private spread(
    from: readonly number[],
    next: (id: number) => readonly number[],
    visit: (id: number) => void,
  ): void {
    const seen = new Set<number>();
    const left = [...from];
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      visit(id);
      left.push(...next(id));
    }
  }
}
