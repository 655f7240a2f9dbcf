import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { emptyTable } from '../../../src/core/base/fieldValue';
import type { QueueInfo } from '../../../src/core/topology/model';
import { pageSize, QueuePages } from '../../../src/host/tree/queuePages';

/** A virtual host whose queues are listed by name, as RabbitMQ does, and what it was asked. */
function vhostOf(count: number) {
  const queues = new Map<string, number>();
  const asked: number[] = [];
  const add = (name: string, ready = 0): void => void queues.set(name, ready);
  for (let index = 0; index < count; index++) add(nameOf(index));
  return {
    queues,
    asked,
    add,
    ask: (page: number) => {
      asked.push(page);
      const items = [...queues]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .slice((page - 1) * pageSize, page * pageSize)
        .map(([name, ready]): QueueInfo => ({ vhost: '/', name, ready, arguments: emptyTable }));
      return Promise.resolve({ items, total: queues.size });
    },
  };
}

function nameOf(index: number): string {
  return `q${String(index).padStart(6, '0')}`;
}

function namesOf({ items }: { items: readonly QueueInfo[] }): string[] {
  return items.map(({ name }) => name);
}

describe('the pages of queues that the tree shows', () => {
  it('are read whole when they are shown, and in turns afterwards, two at a time', async () => {
    const { ask, asked } = vhostOf(10_000);
    const pages = new QueuePages();
    assert.deepEqual(
      await pages.read(1, ask).then(({ items, total }) => [items.length, total]),
      [500, 10_000],
    );
    assert.equal((await pages.read(20, ask)).items.length, 10_000);
    assert.deepEqual(asked.splice(0), range(1, 21));
    const seen = new Set<number>();
    for (let round = 0; round < 19; round++) {
      await pages.read(20, ask);
      const read = asked.splice(0);
      assert.equal(read.length, 2);
      assert.equal(read[0], 1, 'the first page is read every time');
      for (const page of read) seen.add(page);
    }
    assert.deepEqual(
      [...seen].sort((a, b) => a - b),
      range(1, 21),
      'every page has its turn',
    );
  });

  it('are all read every time where they are few', async () => {
    const { ask, asked } = vhostOf(700);
    const pages = new QueuePages();
    await pages.read(2, ask);
    await pages.read(2, ask);
    assert.deepEqual(asked, [1, 2, 1, 2]);
  });

  it('never show a queue twice, and lose none that a new one pushed to the next page', async () => {
    const vhost = vhostOf(3_000);
    const pages = new QueuePages();
    await pages.read(6, vhost.ask);
    vhost.add('q000000a');
    assert.deepEqual(
      namesOf(await pages.read(6, vhost.ask)).sort(),
      [...vhost.queues.keys()].sort(),
      'one was added to the first page',
    );
    vhost.queues.delete(nameOf(3));
    vhost.queues.delete(nameOf(7));
    const after = namesOf(await pages.read(6, vhost.ask));
    assert.equal(new Set(after).size, after.length);
  });

  it('show what the broker holds once every page had its turn, whatever changed meanwhile', async () => {
    const change = fc.oneof(
      fc.record({ add: fc.integer({ min: 0, max: 2_600 }) }),
      fc.record({ remove: fc.integer({ min: 0, max: 2_600 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(change, { maxLength: 20 }), { maxLength: 6 }), async (rounds) => {
        const vhost = vhostOf(2_600);
        const pages = new QueuePages();
        await pages.read(6, vhost.ask);
        for (const changes of rounds) {
          for (const each of changes) {
            if ('add' in each) vhost.add(`${nameOf(each.add)}+`);
            else vhost.queues.delete(nameOf(each.remove));
          }
          const names = namesOf(await pages.read(6, vhost.ask));
          assert.equal(new Set(names).size, names.length, 'no queue twice');
        }
        for (let turn = 0; turn < 12; turn++) await pages.read(6, vhost.ask);
        const { items, total } = await pages.read(6, vhost.ask);
        assert.deepEqual(namesOf({ items }).sort(), [...vhost.queues.keys()].sort().slice(0, 3_000));
        assert.equal(total, vhost.queues.size);
      }),
      { numRuns: 30 },
    );
  });
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
