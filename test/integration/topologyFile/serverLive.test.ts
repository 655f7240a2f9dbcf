import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CodeLens, CompletionList, Hover, MarkupContent } from 'vscode-languageserver/node';
import type { LiveObjects, LiveRequests } from '../../../src/protocol/topologyService';
import { LanguageClient } from '../../support/languageClient';

const uri = 'file:///repo/definitions.json';
const textDocument = { uri };
const text = `{"vhosts":[{"name":"/"}],
"exchanges":[{"name":"events","vhost":"/","type":"topic"}],
"queues":[{"name":"orders","vhost":"/"},
{"name":"parcels","vhost":"/"}],
"bindings":[{"source":"","vhost":"/","destination":"","destination_type":"queue"}]}`;
const atOrders = { textDocument, position: { line: 2, character: 20 } };
const atDestination = { textDocument, position: { line: 4, character: 52 } };

const hostile = '`](command:evil) **x** $(trash)';
const orders = { name: 'orders', type: 'quorum', ready: 1204, unacked: 0, consumers: 1, policy: hostile };
const answer: LiveObjects = {
  connection: 'shop-dev',
  queues: [orders],
  exchanges: [{ name: 'events', type: 'topic', rateIn: 2.5 }],
};

describe('the language server, while a broker is connected', function () {
  this.timeout(20_000);
  let client: LanguageClient;
  let objects: LiveRequests['liveObjects']['params'][];
  let names: LiveRequests['liveNames']['params'][];

  beforeEach(async () => {
    client = new LanguageClient();
    [objects, names] = [[], []];
    client.answer('amqp/liveObjects', (params: LiveRequests['liveObjects']['params']) => {
      objects.push(params);
      return answer;
    });
    client.answer('amqp/liveNames', (params: LiveRequests['liveNames']['params']) => {
      names.push(params);
      return ['orders', 'letters'];
    });
    await client.start({ commands: true });
  });
  afterEach(() => client.kill());

  const connect = (broker: unknown = { connection: 'shop-dev', vhost: 'shop' }): Promise<void> =>
    client.notify('amqp/broker', broker);
  const hover = async (at: unknown): Promise<string> =>
    ((await client.request<Hover>('textDocument/hover', at)).contents as MarkupContent).value;
  const lenses = async (): Promise<CodeLens[]> => {
    const found = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument });
    return await Promise.all(
      found.map(async (lens) =>
        lens.command ? lens : await client.request<CodeLens>('codeLens/resolve', lens),
      ),
    );
  };
  const titles = async (): Promise<unknown[]> => (await lenses()).map(({ command }) => command?.title);

  it('says in a hover what the broker has now, as text whatever it says', async () => {
    await connect();
    await client.open(uri, text);
    const said = (await hover(atOrders)).split('\n\n').at(-1);
    assert.equal(
      said,
      'On `shop-dev` now: a `quorum` queue, 1,204 ready, 0 unacknowledged, 1 consumer, policy ' +
        `\`\` ${hostile} \`\`.`,
    );
    assert.deepEqual(objects, [{ vhost: '/', queues: ['orders'], exchanges: [] }]);
  });

  it('says what the broker does not have', async () => {
    await connect();
    await client.open(uri, text);
    const said = await hover({ textDocument, position: { line: 3, character: 12 } });
    assert.match(said, /Not on `shop-dev`\.$/);
  });

  it('takes the virtual host of the connection for a file that names none', async () => {
    await connect();
    await client.open(uri, '{"queues":[{"name":"orders"}]}');
    const said = await hover({ textDocument, position: { line: 0, character: 22 } });
    assert.match(said, /1,204 ready/);
    assert.deepEqual(objects, [{ vhost: 'shop', queues: ['orders'], exchanges: [] }]);
  });

  it('completes names of the file first, then those of the broker', async () => {
    await connect();
    await client.open(uri, text);
    const list = await client.request<CompletionList>('textDocument/completion', atDestination);
    assert.deepEqual(
      list.items.map(({ label, detail }) => [label, detail]),
      [
        ['orders', undefined],
        ['parcels', undefined],
        ['letters', 'on shop-dev'],
      ],
    );
    assert.deepEqual(names, [{ kind: 'queue', vhost: '/', part: '' }]);
    await client.request('textDocument/completion', atDestination);
    assert.equal(names.length, 1);
  });

  it('adds the live state to lenses that come into view, all with one question', async () => {
    await connect();
    await client.open(uri, text);
    const atOnce = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument });
    assert.deepEqual(
      atOnce.map(({ command }) => command?.title),
      [
        'no bindings from here',
        'Preview Route',
        undefined,
        'no bindings',
        undefined,
        'no bindings',
        undefined,
      ],
    );
    const whole = [
      'no bindings from here',
      'Preview Route',
      'shop-dev: topic · 2.5 messages a second in',
      'no bindings',
      'shop-dev: quorum · 1,204 ready · 0 unacked · 1 consumer · policy `](command:evil) **x** $ (trash)',
      'no bindings',
      'not on shop-dev',
    ];
    assert.deepEqual(await titles(), whole);
    assert.deepEqual(objects, [{ vhost: '/', queues: ['orders', 'parcels'], exchanges: ['events'] }]);
    // The next time they are there at once.
    assert.deepEqual(
      (await client.request<CodeLens[]>('textDocument/codeLens', { textDocument })).map(
        ({ command }) => command?.title,
      ),
      whole,
    );
    assert.equal(objects.length, 1);
  });

  it('leads from an exchange to the preview of its routes', async () => {
    await client.open(uri, text);
    const preview = (await lenses()).find(({ command }) => command?.title === 'Preview Route');
    assert.deepEqual(preview?.command, {
      title: 'Preview Route',
      command: 'amqp.previewRoute',
      arguments: [{ uri, vhost: '/', exchange: 'events' }],
    });
  });

  it('asks nobody while none is connected, and forgets one that is gone', async () => {
    await client.open(uri, text);
    assert.doesNotMatch(await hover(atOrders), /shop-dev/);
    await connect();
    assert.match(await hover(atOrders), /shop-dev/);
    await connect(null);
    assert.doesNotMatch(await hover(atOrders), /shop-dev/);
    assert.deepEqual(await titles(), [
      'no bindings from here',
      'Preview Route',
      'no bindings',
      'no bindings',
    ]);
    await client.request('textDocument/completion', atDestination);
    assert.deepEqual([objects.length, names], [1, []]);
  });

  it('says what the file says where the broker fails or does not answer', async () => {
    client.answer('amqp/liveObjects', () => {
      throw new Error('gone');
    });
    client.answer('amqp/liveNames', () => new Promise(() => undefined));
    await connect();
    await client.open(uri, text);
    assert.doesNotMatch(await hover(atOrders), /shop-dev/);
    const list = await client.request<CompletionList>('textDocument/completion', atDestination);
    assert.deepEqual(
      list.items.map(({ label }) => label),
      ['orders', 'parcels'],
    );
    assert.equal((await titles()).at(-1), 'not known on shop-dev');
  });
});
