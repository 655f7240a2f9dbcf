import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readUndo, undoItems, writeUndo } from '../../../src/host/topology/undoDocument';
import type { UndoDocument } from '../../../src/host/topology/undoDocument';
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

function undo(more: Partial<UndoDocument>): UndoDocument {
  const connection = { id: 'p', name: 'shop-dev', host: 'localhost', port: 5672 };
  return { at: '2026-11-27T12:00:00.000Z', file: 'shop.json', connection, made: [], replaced: [], ...more };
}

const queue = (label: string) => ({ section: 'queues', vhost: '/', label, json: '{}' }) as const;

describe('an undo file', () => {
  it('removes what was made, and what perhaps was where the plan knew it was not there', () => {
    const steps = [
      step(0),
      step(1),
      step(2, { action: 'replace' }),
      step(3, { action: 'unknown' }),
      step(4),
      step(5),
    ];
    const outcomes: ItemOutcome[] = [
      { id: 0, kind: 'created' },
      { id: 1, kind: 'unknown', text: 'the connection was lost' },
      { id: 2, kind: 'unknown', text: 'the connection was lost' },
      { id: 3, kind: 'unknown', text: 'the connection was lost' },
      { id: 4, kind: 'refused', text: 'no' },
    ];
    const { made, replaced } = undoItems(steps, outcomes);
    assert.deepEqual(
      made.map(({ label }) => label),
      ['q0', 'q1'],
    );
    assert.deepEqual(replaced, []);
  });

  it('restores what was written over, and leaves alone what was there already as written', () => {
    const steps = [step(0, { section: 'policies' }), step(1, { section: 'policies' })];
    const outcomes: ItemOutcome[] = [
      { id: 0, kind: 'updated', before: '{"name":"q0","priority":1.0}' },
      { id: 1, kind: 'updated' },
    ];
    const { made, replaced } = undoItems(steps, outcomes);
    assert.deepEqual(made, []);
    assert.deepEqual(
      replaced.map(({ json }) => json),
      ['{"name":"q0","priority":1.0}'],
    );
  });

  it('holds no password of a user that was made, whatever the entry looks like', () => {
    const secret = '{"name":"eve","password":"geheim","password_hash":"aGFzaA==","tags":"x"}';
    for (const json of [secret, secret.slice(0, -1)]) {
      const { made } = undoItems(
        [step(0, { section: 'users', label: 'eve', json })],
        [{ id: 0, kind: 'created' }],
      );
      assert.deepEqual(
        made.map((item) => item.json),
        ['{"name":"eve"}'],
      );
    }
  });

  it('is read as it was written', () => {
    const written = undo({ made: [queue('a'), queue('b')], replaced: [queue('c')] });
    assert.deepEqual(readUndo(writeUndo(written)), written);
  });

  it('is not made of any other text, and reading never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (content) => assert.equal(readUndo(content), undefined)),
    );
    const whole = writeUndo(undo({ made: [queue('a')] }));
    for (let cut = 0; cut < whole.length - 2; cut += 7)
      assert.equal(readUndo(whole.slice(0, cut)), undefined);
    assert.equal(readUndo(whole.replace('queues', 'quacks')), undefined);
  });
});

describe('the words about an undo', () => {
  const user = { section: 'users', vhost: '', label: 'eve', json: '{}' } as const;

  it('name what goes, what comes back, and what cannot', () => {
    const details = undoDetails(undo({ made: [queue('a'), queue('b')], replaced: [user] }), plainWords);
    assert.match(details, /Removes 2 queues: a, b/);
    assert.match(details, /only if they are empty and unused/);
    assert.match(details, /Restores 1 user: eve/);
    assert.match(details, /Passwords of users are not restored/);
    assert.equal(undoVerb(undo({ made: [queue('a')], replaced: [user] }), plainWords), 'Remove 1, Restore 1');
  });

  it('name ten and count the rest', () => {
    const made = Array.from({ length: 12 }, (_, index) => queue(`q${String(index)}`));
    assert.match(undoDetails(undo({ made }), plainWords), /q9 and 2 more/);
  });

  it('count what was left as it is, and the rows say why', () => {
    const document = undo({ made: [queue('a'), queue('b')] });
    const removed = new Map<number, ItemOutcome>([
      [0, { id: 0, kind: 'removed' }],
      [1, { id: 1, kind: 'refused', text: 'It holds 3 messages.' }],
    ]);
    const outcomes = { removed, restored: new Map<number, ItemOutcome>() };
    assert.deepEqual(undoResult(document, outcomes, plainWords), {
      text: 'Done: 1 removed. 1 object was left as it is; the view Import Plan says why.',
      wentWell: false,
    });
    const [group] = undoNodes(document, outcomes, plainWords);
    const rows = (group?.children?.() ?? []).map((node) => node.row());
    assert.deepEqual(
      rows.map(({ label, description }) => [label, description]),
      [
        ['a', 'removed'],
        ['b', 'not done: It holds 3 messages.'],
      ],
    );
  });
});
