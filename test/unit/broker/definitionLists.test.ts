import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Failure } from '../../../src/core/base/failure';
import { listedEntries } from '../../../src/core/broker/rabbitmq/definitionLists';
import type { SendRequest } from '../../../src/core/broker/rabbitmq/definitionLists';
import { entryText } from '../../../src/core/topology/definitionsEntry';

/** A management API with these queues, read anew at each request, in pages. */
function paged(names: (request: number) => readonly string[]): { send: SendRequest; requests: string[] } {
  const requests: string[] = [];
  const send: SendRequest = (_method, path) => {
    const all = names(requests.length);
    requests.push(path);
    const query = new URLSearchParams(path.split('?')[1]);
    const [page, size] = [Number(query.get('page')), Number(query.get('page_size'))];
    if (page > 1 && (page - 1) * size >= all.length) {
      const text = `{"error":"page_out_of_range","reason":"page: ${String(page)} len: ${String(all.length)}"}`;
      return Promise.resolve({ status: 400, text, json: JSON.parse(text) as unknown });
    }
    const items = all.slice((page - 1) * size, page * size).map((name) => ({ name, vhost: '/' }));
    const json = { filtered_count: all.length, items };
    return Promise.resolve({ status: 200, text: JSON.stringify(json), json });
  };
  return { send, requests };
}

const many = Array.from({ length: 10_000 }, (_, n) => `q${String(n).padStart(5, '0')}`);

describe('the queues of a large broker', () => {
  it('are read in pages of 500, each once', async () => {
    const { send, requests } = paged(() => many);
    const found = await listedEntries(send, 'queues', '/', undefined);
    assert.deepEqual(
      found.map((entry) => entryText(entry, 'name')),
      many,
    );
    assert.ok(requests.length <= 20, String(requests.length));
    assert.ok(requests.every((path) => path.startsWith('queues/%2F?disable_stats=true&columns=')));
  });

  it('are read again when one was deleted meanwhile, so that none is missed', async () => {
    const { send } = paged((request) => (request < 2 ? many.slice(0, 1_200) : many.slice(1, 1_200)));
    const found = await listedEntries(send, 'queues', '/', undefined);
    assert.deepEqual(
      found.map((entry) => entryText(entry, 'name')),
      many.slice(1, 1_200),
    );
  });

  it('are read to an end even where they never stop changing', async () => {
    const { send, requests } = paged((request) => many.slice(0, 1_001 + request));
    await listedEntries(send, 'queues', undefined, undefined);
    assert.ok(requests.length <= 12, String(requests.length));
  });

  it('are left alone once the reader changed their mind', async () => {
    const cancel = new AbortController();
    const { send, requests } = paged(() => many);
    const cancelling: SendRequest = (...request) => {
      if (requests.length === 2) cancel.abort();
      return send(...request);
    };
    await assert.rejects(
      listedEntries(cancelling, 'queues', '/', cancel.signal),
      (thrown) => thrown instanceof Failure && thrown.reason === 'cancelled',
    );
    assert.equal(requests.length, 3);
  });
});
