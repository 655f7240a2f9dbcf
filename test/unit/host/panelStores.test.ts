import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Memento } from 'vscode';
import { ColumnStore } from '../../../src/host/panels/columnStore';
import { FilterStore } from '../../../src/host/panels/filterStore';

function memento(initial: Readonly<Record<string, unknown>> = {}): Memento {
  const values = new Map(Object.entries(initial));
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, fallback?: T) => (values.get(key) as T | undefined) ?? fallback,
    update: (key: string, value: unknown) => {
      values.set(key, value);
      return Promise.resolve();
    },
  };
}

describe('the filters that are kept', () => {
  it('stand newest first, each once, and an empty text is none', async () => {
    const store = new FilterStore(memento());
    for (const text of ['a', 'b', 'a', '  ']) await store.keep(text, 'recent');
    await store.keep('a', 'saved');
    assert.deepEqual(store.read(), { saved: ['a'], recent: ['a', 'b'] });
  });

  it('are twenty of those used last', async () => {
    const store = new FilterStore(memento());
    for (let each = 0; each < 30; each++) await store.keep(`size:>${String(each)}`, 'recent');
    const { recent } = store.read();
    assert.deepEqual([recent.length, recent[0]], [20, 'size:>29']);
  });

  it('can be forgotten', async () => {
    const store = new FilterStore(memento());
    await store.keep('a', 'saved');
    await store.keep('a', 'recent');
    assert.deepEqual(await store.forget('a'), { saved: [], recent: [] });
  });

  for (const stored of [null, 5, { saved: 'a', recent: [] }, { saved: [1], recent: [] }])
    it(`are none where the editor kept ${JSON.stringify(stored)}`, () => {
      assert.deepEqual(new FilterStore(memento({ 'amqp.filters': stored })).read(), {
        saved: [],
        recent: [],
      });
    });
});

describe('the columns that are kept', () => {
  it('are those of tails and those of peeks', async () => {
    const memory = memento();
    await new ColumnStore(memory).write('tail', [{ name: 'key', width: 200 }]);
    assert.deepEqual(new ColumnStore(memory).read('tail'), [{ name: 'key', width: 200 }]);
    assert.deepEqual(new ColumnStore(memory).read('peek'), []);
  });
});
