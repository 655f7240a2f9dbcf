import assert from 'node:assert/strict';
import type { UndoEntry, UndoRecord } from '../../../src/core/topology/undoFile';
import { entryLabel, undoEntries } from '../../../src/host/topology/undoEntries';
import { undoDetails, undoNodes, undoResult, undoVerb } from '../../../src/host/topology/undoNodes';
import type { ItemOutcome } from '../../../src/protocol/definitionsTransfer';
import type { PlanStep } from '../../../src/protocol/topologyService';
import { plainWords } from '../../support/plainWords';

function step(id: number, more: Partial<PlanStep> = {}): PlanStep {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const usual = { section: 'queues', vhost: '/', label: `q${String(id)}`, action: 'create' } as const;
  return {
    ...usual,
    id,
    why: [],
    json: `{"name":"q${String(id)}"}`,
    range,
    after: '',
    differs: [],
    needs: [],
    reached: 'no',
    ...more,
  };
}

function record(more: Partial<UndoRecord>): UndoRecord {
  const about = { connection: 'shop-dev', broker: 'localhost:5672', time: '2026-11-27T12:00:00.000Z' };
  return { ...about, created: [], replaced: [], ...more };
}

const queue = (name: string): UndoEntry => ({
  section: 'queues',
  vhost: '/',
  json: JSON.stringify({ name }),
});
const user: UndoEntry = { section: 'users', vhost: '', json: '{"name":"eve"}' };

describe('what an undo takes back', () => {
  const names = (entries: readonly UndoEntry[]): string[] => entries.map(entryLabel);

  it('is what was made, and what perhaps was where the plan knew it was not there', () => {
    const steps = [step(0), step(1), step(2, { action: 'replace' }), step(3, { action: 'unknown' }), step(4)];
    const text = 'the connection was lost';
    const outcomes: ItemOutcome[] = [
      { id: 0, kind: 'created' },
      { id: 1, kind: 'unknown', text },
      { id: 2, kind: 'unknown', text },
      { id: 3, kind: 'unknown', text },
      { id: 4, kind: 'refused', text },
    ];
    const { created, replaced } = undoEntries(steps, outcomes);
    assert.deepEqual(names(created), ['q0', 'q1']);
    assert.deepEqual(replaced, []);
  });

  it('is what was written over, as it was, and nothing of what was there already as written', () => {
    const before = '{"name":"q0","priority":1.0}';
    const { created, replaced } = undoEntries(
      [step(0, { section: 'policies' }), step(1, { section: 'policies' })],
      [
        { id: 0, kind: 'updated', before },
        { id: 1, kind: 'updated' },
      ],
    );
    assert.deepEqual(created, []);
    assert.deepEqual(replaced, [{ section: 'policies', vhost: '/', json: before }]);
  });
});

describe('an entry of an undo file', () => {
  for (const [entry, label] of [
    [queue('orders'), 'orders'],
    [
      {
        section: 'bindings',
        vhost: '/',
        json: '{"source":"shop","destination":"orders","routing_key":"order.#"}',
      },
      'shop → orders  (order.#)',
    ],
    [
      { section: 'bindings', vhost: '/', json: '{"source":"shop","destination":"orders","routing_key":""}' },
      'shop → orders',
    ],
    [{ section: 'permissions', vhost: '/', json: '{"user":"eve"}' }, 'eve'],
    [{ section: 'topic_permissions', vhost: '/', json: '{"user":"eve","exchange":"shop"}' }, 'eve (shop)'],
    [{ section: 'queues', vhost: '/', json: '{"name":5}' }, ''],
    [{ section: 'queues', vhost: '/', json: '{' }, ''],
  ] satisfies [UndoEntry, string][]) {
    it(`${entry.json} is called "${label}"`, () => assert.equal(entryLabel(entry), label));
  }
});

describe('the words about an undo', () => {
  it('name what goes, what comes back, and what cannot', () => {
    const undo = record({ created: [queue('a'), queue('b')], replaced: [user] });
    const details = undoDetails(undo, plainWords);
    assert.match(details, /Removes 2 queues: a, b/);
    assert.match(details, /only if they are empty and unused/);
    assert.match(details, /Restores 1 user: eve/);
    assert.match(details, /Passwords of users are not restored/);
    assert.equal(undoVerb(undo, plainWords), 'Remove 2, Restore 1');
    assert.equal(undoVerb(record({ created: [queue('a')] }), plainWords), 'Remove 1 Object');
  });

  it('name ten and count the rest', () => {
    const created = Array.from({ length: 12 }, (_, index) => queue(`q${String(index)}`));
    assert.match(undoDetails(record({ created }), plainWords), /q9 and 2 more/);
  });

  it('count what was left as it is, and the rows say why', () => {
    const undone = {
      removed: [
        { ...queue('a'), outcome: { id: 0, kind: 'removed' } },
        { ...queue('b'), outcome: { id: 1, kind: 'refused', text: 'It holds 3 messages.' } },
        queue('c'),
      ],
      restored: [{ ...user, outcome: { id: 0, kind: 'updated', before: '{}' } }],
    } as const;
    assert.deepEqual(undoResult(undone, plainWords), {
      text: 'Done: 1 removed, 1 restored. 2 objects were left as they are; the view Import Plan says why.',
      wentWell: false,
    });
    const rows = undoNodes(undone, plainWords).flatMap((group) =>
      (group.children?.() ?? []).map((node) => {
        const { label, description } = node.row();
        return [label, description];
      }),
    );
    assert.deepEqual(rows, [
      ['a', 'removed'],
      ['b', 'not done: It holds 3 messages.'],
      ['c', 'not tried'],
      ['eve', 'replaced'],
    ]);
  });
});
