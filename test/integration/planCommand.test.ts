import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { RabbitNode } from '../lab/rabbitmq';
import { startRabbit } from '../lab/rabbitmq';
import type { TemporaryFolder } from '../lab/temporaryFolder';
import { temporaryFolder } from '../lab/temporaryFolder';
import { file, queue } from '../support/definitionsPieces';

interface Outcome {
  readonly code: unknown;
  readonly out: string;
  readonly error: string;
}

async function run(...words: string[]): Promise<Outcome> {
  return await new Promise((resolve) => {
    const env = { ...process.env, AMQP_PASSWORD: 'guest' };
    execFile(process.execPath, ['dist/cli.js', ...words], { env }, (failure, out, error) => {
      resolve({ code: failure?.code ?? 0, out, error });
    });
  });
}

describe('the command line and a real broker', function () {
  this.timeout(120_000);
  let node: RabbitNode;
  let folder: TemporaryFolder;
  before(async () => {
    node = await startRabbit({ series: '4.3' });
    folder = temporaryFolder('plan-command');
    await node.api('PUT', '/api/queues/%2F/q', { durable: true, arguments: { 'x-max-length': 5 } });
  });
  after(async () => {
    await node.stop();
    await folder.remove();
  });

  it('says what an import would do, and changes nothing', async () => {
    const name = path.join(folder.path, 'a.definitions.json');
    await writeFile(name, file({ queues: `${queue()},${queue('', '"r"')}` }));
    const { code, out, error } = await run('plan', name, '--broker', node.managementUrl ?? '');
    assert.equal(code, 1, error);
    assert.match(out, /ignored queue q .*x-max-length[^]*create queue r/);
    const queues = await node.api<{ name: string }[]>('GET', '/api/queues/%2F');
    assert.deepEqual(
      queues.map(({ name: one }) => one),
      ['q'],
    );
  });

  it('exports what a broker has, and plans nothing to do for its own export', async () => {
    const exported = await run('export', '--broker', node.managementUrl ?? '');
    assert.equal(exported.code, 0, exported.error);
    const name = path.join(folder.path, 'own.definitions.json');
    await writeFile(name, exported.out);
    const { code, out, error } = await run(
      'plan',
      name,
      '--broker',
      node.managementUrl ?? '',
      '--format',
      'json',
    );
    assert.equal(code, 0, error);
    const { steps } = JSON.parse(out) as { steps: { action: string; section: string }[] };
    assert.deepEqual(
      steps.filter(({ action, section }) => action !== 'identical' && section !== 'users'),
      [],
    );
    assert.ok((await readFile(name, 'utf8')).includes('"x-max-length": 5'));
  });

  it('ends with 2 and says why where it cannot log in or connect, without the password', async () => {
    const url = node.managementUrl ?? '';
    const name = path.join(folder.path, 'a.definitions.json');
    const wrong = await run('plan', name, '--broker', url.replace('://', '://guest:hunter2@'));
    const nobody = await run('export', '--broker', 'http://guest:hunter2@127.0.0.1:1');
    for (const { code, out, error } of [wrong, nobody]) {
      assert.deepEqual([code, out], [2, '']);
      assert.match(error, /cannot be read/);
      assert.doesNotMatch(error, /hunter2/);
    }
  });
});
