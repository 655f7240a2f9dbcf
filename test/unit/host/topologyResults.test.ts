import assert from 'node:assert/strict';
import type { ItemOutcome } from '../../../src/protocol/definitionsTransfer';
import type {
  ComparedObject,
  Comparison,
  ImportPlan,
  PlanStep,
  RoutePreview,
} from '../../../src/protocol/topologyService';
import { applyDetails, applyResult, applyVerb } from '../../../src/host/topology/applyWords';
import { comparisonNodes, comparisonSummary } from '../../../src/host/topology/comparisonNodes';
import type { ShownComparison } from '../../../src/host/topology/comparisonNodes';
import { planNodes } from '../../../src/host/topology/planNodes';
import { PlanSelection } from '../../../src/host/topology/planSelection';
import type { ResultNode } from '../../../src/host/topology/resultNode';
import { routeItems } from '../../../src/host/topology/routeItems';
import { countedSections } from '../../../src/host/topology/sectionWords';
import { plainWords } from '../../support/plainWords';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };

/** Rows as indented text: what somebody sees who opens everything. */
function drawn(nodes: readonly ResultNode[], indent = ''): string[] {
  return nodes.flatMap((node) => {
    const { label, description, checked } = node.row();
    const tick = checked === undefined ? '' : checked ? '[x] ' : '[ ] ';
    const line = `${indent}${tick}${label}${description === undefined || description === '' ? '' : ` (${description})`}`;
    return [line, ...drawn(node.children?.() ?? [], `${indent}  `)];
  });
}

function compared(
  label: string,
  state: ComparedObject['state'],
  more: Partial<ComparedObject> = {},
): ComparedObject {
  return { section: 'queues', vhost: '/', label, state, differs: [], ...more };
}

function comparison(objects: ComparedObject[], more: Partial<ShownComparison> = {}): ShownComparison {
  const made: Comparison = { objects, notCompared: [], problems: [] };
  return {
    comparison: made,
    left: { name: 'shop.json', isFile: true },
    right: { name: 'shop-dev', isFile: false },
    notSeen: [],
    showSame: true,
    ...more,
  };
}

describe('a comparison as rows', () => {
  it('is grouped by what became of the objects, in the words of its sides, and by section', () => {
    const shown = comparison([
      compared('events', 'onlyLeft', { section: 'exchanges' }),
      compared('a', 'onlyLeft'),
      compared('b', 'changed', { differs: ['durable', 'arguments.x-max-length'] }),
      compared('c', 'onlyRight'),
      compared('d', 'same'),
    ]);
    assert.deepEqual(drawn(comparisonNodes(shown, plainWords)), [
      'Only in the File: Exchanges (1)',
      '  events',
      'Only in the File: Queues (1)',
      '  a',
      'Different: Queues (1)',
      '  b (durable, arguments.x-max-length)',
      'Only on shop-dev: Queues (1)',
      '  c',
      'The Same: Queues (1)',
      '  d',
    ]);
    assert.equal(
      comparisonSummary(shown, plainWords),
      'Only in the File: 2 · Different: 1 · Only on shop-dev: 1 · The Same: 1',
    );
  });

  it('leaves out what is identical when asked to, and says so where nothing else is there', () => {
    const shown = comparison([compared('d', 'same')], { showSame: false });
    assert.deepEqual(drawn(comparisonNodes(shown, plainWords)), ['Both are the same']);
  });

  it('says what was not compared, and then does not say that both are the same', () => {
    const shown = comparison([compared('d', 'same')], {
      showSame: false,
      notSeen: [{ section: 'users', side: 'shop-dev', why: 'Only an administrator sees them.' }],
    });
    assert.deepEqual(drawn(comparisonNodes(shown, plainWords)), [
      'No difference in what was compared',
      'Users: Not Compared (shop-dev: Only an administrator sees them.)',
    ]);
  });

  it('names the virtual host where there are several', () => {
    const shown = comparison([compared('q', 'onlyLeft'), compared('q', 'onlyLeft', { vhost: 'eu' })]);
    const rows = drawn(comparisonNodes(shown, plainWords));
    assert.deepEqual(rows.slice(1), ['  q (/)', '  q (eu)']);
  });

  it('makes the rows of ten thousand objects only when a group is opened', () => {
    let read = 0;
    const objects = Array.from({ length: 10_000 }, (_, index) => {
      const object = compared('', 'onlyLeft');
      return Object.defineProperty({ ...object }, 'label', {
        get: () => {
          read += 1;
          return `q${String(index)}`;
        },
      });
    });
    const [group] = comparisonNodes(comparison(objects), plainWords);
    assert.equal(group!.row().description, '10,000');
    assert.equal(read, 0);
    const below = group!.children!;
    assert.equal(below().length, 10_000);
    assert.equal(below(), below(), 'made once');
  });

  it('shows no name that hides characters', () => {
    const rows = drawn(comparisonNodes(comparison([compared('a\u202eb', 'onlyLeft')]), plainWords));
    assert.equal(rows[1], '  a\\u202eb');
  });
});

function step(id: number, action: PlanStep['action'], more: Partial<PlanStep> = {}): PlanStep {
  return {
    id,
    section: 'queues',
    vhost: '/',
    label: `q${String(id)}`,
    action,
    why: [],
    json: '{}',
    range,
    after: '{}',
    differs: [],
    needs: [],
    reached: 'no',
    ...more,
  };
}

function shownPlan(plan: Partial<ImportPlan> & Pick<ImportPlan, 'steps'>): {
  plan: ImportPlan;
  selection: PlanSelection;
} {
  const selection = new PlanSelection(plan.steps);
  selection.tickAll();
  return { plan: { problems: [], ...plan }, selection };
}

describe('an import plan as rows', () => {
  it('says the refusal first, then what is done, what needs a look, and what changes nothing', () => {
    const shown = shownPlan({
      refusal: ['The broker refuses this file.', 'Because of q3, what comes after is not done.'],
      steps: [
        step(0, 'identical'),
        step(1, 'create'),
        step(2, 'ignored', { differs: ['durable'] }),
        step(3, 'refused', { why: ['Quorum queues are durable.'] }),
        step(4, 'create', { section: 'bindings', label: 'events → q3', needs: [3] }),
      ],
    });
    assert.deepEqual(drawn(planNodes(shown, plainWords)), [
      'The whole file would be refused',
      '  Because of q3, what comes after is not done.',
      '[x] Create: Queues (1)',
      '  [x] q1',
      'Create: Bindings (1)',
      '  events → q3 (needs q3, which cannot be made)',
      'Refused: Queues (1)',
      '  q3 (Quorum queues are durable.)',
      'Different, Left as It Is: Queues (1)',
      '  q2 (durable)',
      'There Already: Queues (1)',
      '  q0',
    ]);
  });

  it('follows the ticks without being made anew', () => {
    const shown = shownPlan({ steps: [step(0, 'create'), step(1, 'create')] });
    const nodes = planNodes(shown, plainWords);
    assert.equal(drawn(nodes)[0], '[x] Create: Queues (2)');
    shown.selection.untick([1]);
    assert.deepEqual(drawn(nodes), ['[ ] Create: Queues (2)', '  [x] q0', '  [ ] q1']);
  });

  it('is a report after it was applied: nothing to tick, and what became of each', () => {
    const shown = shownPlan({ steps: [step(0, 'create'), step(1, 'create'), step(2, 'create')] });
    const outcomes = new Map<number, ItemOutcome>([
      [0, { id: 0, kind: 'created' }],
      [1, { id: 1, kind: 'refused', text: 'Access was refused.' }],
    ]);
    const nodes = planNodes({ ...shown, outcomes, tried: new Set([0, 1, 2]) }, plainWords);
    assert.deepEqual(drawn(nodes).slice(1), [
      '  q0 (created)',
      '  q1 (not done: Access was refused.)',
      '  q2 (not tried)',
    ]);
  });
});

describe('the words about an import', () => {
  const steps = [step(0, 'create', { section: 'exchanges' }), step(1, 'create'), step(2, 'replace')];

  it('count by kind what is created and replaced, and name it on the button', () => {
    const details = applyDetails(steps, plainWords);
    assert.match(details, /Creates 1 exchange and 1 queue\./);
    assert.match(details, /Replaces 1 queue: what the broker has is written over\./);
    assert.equal(applyVerb(steps, plainWords), 'Create 2, Replace 1');
    assert.equal(applyVerb(steps.slice(0, 1), plainWords), 'Create 1 Object');
  });

  it('say after a refusal what was done, why it stopped, and what was not tried', () => {
    const outcomes: ItemOutcome[] = [
      { id: 0, kind: 'created' },
      { id: 1, kind: 'refused', text: 'Access was refused.' },
    ];
    assert.deepEqual(applyResult(steps, { outcomes }, plainWords), {
      text: '"q1" was not done: Access was refused. Done: 1 created. 1 object was not tried.',
      wentWell: false,
    });
  });

  it('are short when all went well', () => {
    const outcomes: ItemOutcome[] = [
      { id: 0, kind: 'created' },
      { id: 1, kind: 'created' },
      { id: 2, kind: 'updated', before: '{}' },
    ];
    assert.deepEqual(applyResult(steps, { outcomes }, plainWords), {
      text: 'Done: 2 created, 1 replaced.',
      wentWell: true,
    });
  });

  it('list kinds in the order of import', () => {
    const some = [step(0, 'create', { section: 'bindings' }), ...steps];
    assert.equal(countedSections(some, plainWords), '1 exchange, 2 queues and 1 binding');
  });
});

describe('a route preview as lines', () => {
  const lines = (preview: Partial<RoutePreview>): string[] =>
    routeItems({ queues: [], notes: [], ...preview }, plainWords).map(
      ({ depth, label, description }) =>
        `${'  '.repeat(depth)}${label}${description === '' ? '' : ` (${description})`}`,
    );

  it('lists each queue with the bindings on the way and its dead letters below it', () => {
    const dead = { queue: 'orders.dead', way: ['orders.dlx → orders.dead'] };
    const deadLetters = { exchange: 'orders.dlx', routingKey: 'order.eu', to: [dead] };
    const shown = lines({
      queues: [
        { queue: 'orders', way: ['shop → audit  (#)', 'audit → orders  (order.*)'], deadLetters },
        { queue: 'lost', way: [], deadLetters: { exchange: 'nowhere', routingKey: '', to: [] } },
      ],
      notes: ['The type x-random of "dice" cannot be foretold.'],
    });
    assert.deepEqual(shown, [
      'orders (shop → audit  (#), then audit → orders  (order.*))',
      '  orders.dead (dead letters of orders via orders.dlx (order.eu) · orders.dlx → orders.dead)',
      'lost',
      '  Dead letters are lost (dead letters of lost via nowhere (empty key))',
      'The type x-random of "dice" cannot be foretold.',
    ]);
  });

  it('says when no queue is reached, and shows a problem alone', () => {
    assert.deepEqual(lines({}), ['No queue gets a message with this routing key.']);
    assert.deepEqual(lines({ problem: 'There is no exchange "x".' }), ['There is no exchange "x".']);
  });

  it('ends, however many queues there are and however deep dead letters go', () => {
    let chain: RoutePreview['queues'][number] = { queue: 'end', way: [] };
    for (let hop = 0; hop < 100; hop++) {
      chain = {
        queue: `q${String(hop)}`,
        way: [],
        deadLetters: { exchange: 'x', routingKey: '', to: [chain] },
      };
    }
    assert.ok(lines({ queues: [chain] }).length < 50);
    const many = Array.from({ length: 5_000 }, (_, index) => ({ queue: `q${String(index)}`, way: [] }));
    assert.ok(lines({ queues: many }).length < 400);
  });
});
