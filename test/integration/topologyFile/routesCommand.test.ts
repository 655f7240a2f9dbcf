import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';

const shop = {
  vhosts: [{ name: '/' }],
  exchanges: [
    { name: 'orders', vhost: '/', type: 'topic', arguments: { 'alternate-exchange': 'strays' } },
    { name: 'strays', vhost: '/', type: 'fanout' },
  ],
  queues: ['invoicing', 'lost'].map((name) => ({ name, vhost: '/' })),
  bindings: [
    ['orders', 'invoicing', 'order.#'],
    ['strays', 'lost', ''],
  ].map(([source, destination, key]) => ({
    source,
    vhost: '/',
    destination,
    destination_type: 'queue',
    routing_key: key,
  })),
};

describe('the command line for routes', function () {
  this.timeout(20_000);
  let folder = '';
  const run = (...words: string[]) =>
    spawnSync(process.execPath, ['dist/cli.js', 'routes', ...words], { encoding: 'utf8' });
  const write = (name: string, content: unknown): string => {
    const file = path.join(folder, name);
    writeFileSync(file, JSON.stringify(content));
    return file;
  };

  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'amqp-routes-'));
    write('shop.definitions.json', shop);
  });

  after(() => rmSync(folder, { recursive: true }));

  it('ends with 0 when every assertion holds for the definitions beside it', () => {
    const file = write('shop.routes.json', {
      routes: [{ exchange: 'orders', routing_key: 'order.x', queues: ['invoicing'] }],
    });
    const { status, stdout, stderr } = run(file);
    assert.deepEqual([status, stdout], [0, '']);
    assert.match(stderr, /^1 assertion kept, 0 errors, 0 unknown\.$/m);
  });

  it('ends with 1 and says which assertion fails, where and why', () => {
    const file = write('other.routes.json', {
      topology: 'shop.definitions.json',
      routes: [{ name: 'stray', exchange: 'orders', routing_key: 'x', queues: [] }],
    });
    const { status, stdout } = run(file);
    assert.equal(status, 1);
    assert.match(
      stdout,
      /other\.routes\.json:1:47: error routes\/fails: stray: A message to "orders" with the key "x" also reaches "lost"\.\n$/,
    );
    const sarif = run('--format', 'sarif', file).stdout;
    assert.match(sarif, /"id": "routes\/fails"/);
  });

  it('ends with 2 where the topology is not there', () => {
    const file = write('lonely.routes.json', { routes: [{ exchange: '', queues: [] }] });
    const { status, stderr } = run(file, path.join(folder, 'none.routes.json'));
    assert.equal(status, 2);
    assert.match(
      stderr,
      /lonely\.definitions\.json, which .* is about, cannot be read: there is no such file\./,
    );
    assert.match(stderr, /none\.routes\.json cannot be read/);
  });
});
