import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseDocument } from '../../../src/core/topologyFile/document';
import { planImport } from '../../../src/core/topologyFile/plan/planImport';
import type { ImportPlan } from '../../../src/core/topologyFile/plan/importPlan';
import type { PlanOptions } from '../../../src/core/topologyFile/plan/planImport';
import { binding, exchange, file, queue } from '../../support/definitionsPieces';
import { anyDefinitions } from '../../support/randomDefinitions';

const vhosts = '{"name":"/","metadata":{"default_queue_type":"classic"}}';

function plan(text: string, broker: string, options: Partial<PlanOptions> = {}): ImportPlan {
  return planImport(parseDocument(text), parseDocument(broker), { missing: [], target: '4.3', ...options });
}

function actions(made: ImportPlan): string[] {
  return made.steps.map(({ action, label }) => `${action} ${label}`);
}

describe('an import plan', () => {
  it('knows what is there, what stays as it is and what is to come', () => {
    const text = file({
      exchanges: exchange(),
      queues: `${queue()},${queue('', '"r"')},${queue('', '"amq.s"')},${queue('"arguments":{"x-queue-type":"no such"}', '"t"')}`,
    });
    const has = file({ vhosts, exchanges: exchange(), queues: queue('"arguments":{"x-max-length":5}') });
    assert.deepEqual(actions(plan(text, has)), [
      'identical x',
      'ignored q',
      'create r',
      'skipped amq.s',
      'refused t',
    ]);
  });

  it('lets what the broker has stand for what the file lacks', () => {
    const text = file({ bindings: binding() });
    assert.deepEqual(actions(plan(text, file({ vhosts }))), ['refused x → q  (k)']);
    assert.deepEqual(actions(plan(text, file({ vhosts, queues: queue(), exchanges: exchange() }))), [
      'create x → q  (k)',
    ]);
  });

  it('knows what needs what, of what is not there yet', () => {
    const text = file({
      vhosts: '{"name":"/"}',
      exchanges: exchange(),
      queues: queue(),
      bindings: binding(),
    });
    const { steps } = plan(text, file({ vhosts: '', exchanges: '' }));
    assert.deepEqual(
      steps.map(({ needs }) => needs),
      [[], [0], [0], [0, 1, 2]],
    );
    assert.deepEqual(plan(text, file({ vhosts, exchanges: exchange() })).steps.at(-1)?.needs, [2]);
  });

  it('says what a refusal leaves behind', () => {
    const text = file({
      users: '{"name":"u","tags":[],"password_hash":""}',
      policies: '{"name":"p","vhost":"/","pattern":"(","definition":{"expires":1}}',
      queues: queue(),
    });
    const { steps, refusal } = plan(text, file({ vhosts }));
    assert.deepEqual(
      steps.map(({ reached }) => reached),
      ['yes', 'no', 'no'],
    );
    assert.match(refusal?.join(' ') ?? '', /users.*stay/);
  });

  it('says what this login cannot see', () => {
    const text = file({ users: '{"name":"u","tags":[],"password_hash":""}', queues: queue() });
    assert.deepEqual(actions(plan(text, file({ vhosts }), { missing: ['users'] })), [
      'unknown u',
      'create q',
    ]);
    const elsewhere = plan(text, file({ vhosts: '{"name":"other"}' }), { missing: ['users', 'vhosts'] });
    assert.deepEqual(actions(elsewhere), ['unknown u', 'unknown q']);
  });

  it('puts a file without virtual hosts where it is told, and nowhere where that is not', () => {
    const text = '{"queues":[{"name":"q","durable":true,"auto_delete":false}]}';
    const there = plan(text, file({ vhosts: '{"name":"shop"}' }), { vhost: 'shop' });
    assert.deepEqual(
      there.steps.map(({ action, vhost }) => [action, vhost]),
      [['create', 'shop']],
    );
    assert.match(
      plan(text, file({ vhosts }), { vhost: 'shop' }).refusal?.join(' ') ?? '',
      /no virtual host "shop"/,
    );
  });

  it('counts against the limit of a virtual host', () => {
    const limits = '{"component":"vhost-limits","name":"limits","vhost":"/","value":{"max-queues":1}}';
    const made = plan(
      file({ queues: queue() }),
      file({ vhosts, parameters: limits, queues: queue('', '"r"') }),
    );
    assert.deepEqual(actions(made), ['refused q']);
  });

  it('never throws, and never changes what is there already in the same way', () => {
    fc.assert(
      fc.property(
        anyDefinitions,
        anyDefinitions,
        fc.constantFrom('3.10', '3.13', '4.0', '4.3'),
        (text, broker, target) => {
          for (const step of plan(text, broker, { target }).steps)
            if (step.action === 'identical') assert.equal(step.differs.length, 0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
