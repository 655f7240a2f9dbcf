import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PlanSelection } from '../../../src/host/topology/planSelection';
import type { SelectableStep } from '../../../src/host/topology/planSelection';
import type { PlanAction } from '../../../src/protocol/topologyService';

const doing = new Set<PlanAction>(['create', 'replace', 'unknown']);

function step(id: number, action: PlanAction, ...needs: number[]): SelectableStep {
  return { id, action, needs };
}

/** An exchange, a queue, a binding between them, and a queue alone. */
const shop = [step(0, 'create'), step(1, 'create'), step(2, 'create', 0, 1), step(3, 'replace')];

const anySteps: fc.Arbitrary<SelectableStep[]> = fc
  .array(
    fc.record({
      action: fc.constantFrom<PlanAction>(
        'create',
        'replace',
        'unknown',
        'identical',
        'ignored',
        'skipped',
        'refused',
      ),
      needs: fc.array(fc.nat(12), { maxLength: 3 }),
    }),
    { maxLength: 12 },
  )
  .map((list) => list.map(({ action, needs }, id) => ({ id, action, needs })));

const anyMoves = fc.array(fc.record({ tick: fc.boolean(), ids: fc.array(fc.nat(12), { maxLength: 4 }) }));

describe('the selection of a plan', () => {
  it('ticks what a step needs along with it, and unticks what needs a step', () => {
    const selection = new PlanSelection(shop);
    selection.tick([2]);
    assert.deepEqual(selection.selected(), [0, 1, 2]);
    selection.untick([1]);
    assert.deepEqual(selection.selected(), [0]);
  });

  it('ticks nothing that does nothing', () => {
    const idle: PlanAction[] = ['identical', 'ignored', 'skipped', 'refused'];
    const selection = new PlanSelection(idle.map((action, id) => step(id, action)));
    selection.tickAll();
    selection.tick([0, 1, 2, 3]);
    assert.deepEqual(selection.selected(), []);
    assert.equal(selection.all([0, 1, 2, 3]), undefined);
  });

  it('ticks nothing that needs what cannot be made, and says what that is', () => {
    const selection = new PlanSelection([
      step(0, 'refused'),
      step(1, 'create', 0),
      step(2, 'create', 1),
      step(3, 'create', 4),
      step(4, 'ignored'),
    ]);
    selection.tickAll();
    assert.deepEqual(selection.selected(), [3], 'what is there already can be counted on');
    assert.equal(selection.blockedBy(2), 0);
    assert.equal(selection.blockedBy(3), undefined);
  });

  it('says of a group whether all of it that can be ticked is', () => {
    const selection = new PlanSelection([...shop, step(4, 'refused')]);
    assert.equal(selection.all([0, 4]), false);
    selection.tick([0]);
    assert.equal(selection.all([0, 4]), true);
    selection.untickAll();
    assert.deepEqual(selection.selected(), []);
  });

  it('holds its rules after any moves over any needs, circles included', () => {
    fc.assert(
      fc.property(anySteps, anyMoves, (steps, moves) => {
        const selection = new PlanSelection(steps);
        const byId = new Map(steps.map((one) => [one.id, one]));
        const check = (): void => {
          const chosen = selection.selected();
          assert.deepEqual(
            chosen,
            [...chosen].sort((a, b) => a - b),
            'in the order of the plan',
          );
          for (const id of chosen) {
            const one = byId.get(id);
            assert.ok(one !== undefined && doing.has(one.action), 'only what does something');
            for (const need of one.needs) {
              const needed = byId.get(need);
              if (needed === undefined) continue;
              const met = selection.has(need) || needed.action === 'identical' || needed.action === 'ignored';
              assert.ok(met, `${String(id)} needs ${String(need)}`);
            }
          }
        };
        for (const { tick, ids } of moves) {
          if (tick) selection.tick(ids);
          else {
            selection.untick(ids);
            for (const id of ids) assert.equal(selection.has(id), false);
          }
          check();
        }
        selection.tickAll();
        check();
        for (const { id } of steps) assert.equal(selection.has(id), selection.canTick(id));
      }),
    );
  });
});
