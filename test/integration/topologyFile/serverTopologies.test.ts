import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, it } from 'mocha';
import type {
  Comparison,
  ImportPlan,
  RoutePreview,
  TopologyVhost,
} from '../../../src/protocol/topologyService';
import { binding, bound, exchange, file, queue } from '../../support/definitionsPieces';
import { LanguageClient } from '../../support/languageClient';

describe('the topology language server asked about whole topologies', function () {
  this.timeout(20_000);
  const text = bound(binding());
  let client: LanguageClient;
  let folder: string;
  let uri: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'amqp-topologies-'));
    uri = pathToFileURL(path.join(folder, 'a.definitions.json')).href;
    await writeFile(path.join(folder, 'a.definitions.json'), text);
    client = new LanguageClient();
    await client.start();
  });
  after(async () => {
    await client.stop();
    await rm(folder, { recursive: true });
  });

  it('compares a file on disk with a text, and an open one as it stands in the editor', async () => {
    const right = { text: file({ queues: queue('', '"r"') }) };
    const states = async (): Promise<string[]> => {
      const { objects } = await client.request<Comparison>('amqp/compare', { left: { uri }, right });
      return objects.map(({ state, label }) => `${state} ${label}`);
    };
    assert.deepEqual(await states(), ['onlyLeft q', 'onlyRight r']);
    await client.open(uri, file({ queues: queue('', '"r"') }));
    assert.deepEqual(await states(), ['same r']);
    await client.notify('textDocument/didClose', { textDocument: { uri } });
  });

  it('plans an import', async () => {
    const params = {
      file: { uri },
      broker: { text: file({ vhosts: '{"name":"/"}', exchanges: exchange('"type":"direct"') }) },
      missing: [],
      target: '4.3',
    };
    const { steps } = await client.request<ImportPlan>('amqp/plan', params);
    assert.deepEqual(
      steps.map(({ action, section }) => `${action} ${section}`),
      ['identical exchanges', 'create queues', 'create bindings'],
    );
  });

  it('routes a message, and says what is wrong with its headers', async () => {
    const params = { topology: { text }, vhost: '/', exchange: 'x', routingKey: 'k', headers: '' };
    const { queues } = await client.request<RoutePreview>('amqp/route', params);
    assert.deepEqual(queues, [{ queue: 'q', way: ['x → q  (k)'] }]);
    const wrong = await client.request<RoutePreview>('amqp/route', { ...params, headers: '[' });
    assert.match(wrong.problem ?? '', /not JSON/);
  });

  it('lists virtual hosts and exchanges', async () => {
    const found = await client.request<TopologyVhost[]>('amqp/exchanges', { topology: { uri } });
    assert.deepEqual(
      found.map(({ vhost, exchanges }) => [vhost, exchanges[0]]),
      [['/', { name: 'x', type: 'direct' }]],
    );
  });

  for (const [name, method, params, words] of [
    ['params of another shape', 'amqp/plan', { file: { uri: 5 } }, /./],
    [
      'a file that is not there',
      'amqp/exchanges',
      { topology: { uri: 'file:///nowhere/a.json' } },
      /cannot be read/,
    ],
    ['another file system', 'amqp/exchanges', { topology: { uri: 'git:/a.json' } }, /file system/],
  ] as const) {
    it(`rejects ${name}, in words`, async () => {
      await assert.rejects(client.request(method, params), words);
    });
  }
});
