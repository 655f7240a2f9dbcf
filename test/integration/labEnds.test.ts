import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { describe, it } from 'mocha';
import { inRepository } from '../lab/paths';
import { waitUntil } from '../lab/ready';
import { temporaryFolder } from '../lab/temporaryFolder';
import type { Tenancy } from '../support/labTenant';

const tenant = inRepository('out', 'lab', 'labTenant.js');

const ends: readonly { how: string; signal?: NodeJS.Signals }[] = [
  { how: 'exit' },
  { how: 'throw' },
  { how: 'reject' },
  { how: 'wait', signal: 'SIGINT' },
  { how: 'wait', signal: 'SIGTERM' },
  { how: 'wait', signal: 'SIGKILL' },
  { how: 'hang', signal: 'SIGKILL' },
];

describe('the lab leaves nothing behind', () => {
  for (const { how, signal } of ends) {
    it(`when its process ends by ${signal ?? how}${how === 'hang' ? ' while it is busy' : ''}`, async () => {
      const child = spawn(process.execPath, [tenant, how], { stdio: ['ignore', 'pipe', 'ignore'] });
      const exited = once(child, 'exit');
      const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
      const { pid, folder, port } = JSON.parse(line) as Tenancy;
      if (signal) child.kill(signal);
      await exited;
      const gone = await waitUntil(() => Promise.resolve(!groupLives(pid) && !existsSync(folder)), 5000);
      assert.ok(gone, `group ${pid} lives: ${groupLives(pid)}, folder exists: ${existsSync(folder)}`);
      // A claim of a killed process stays as a file and is stale; every other end removes it.
      const claim = path.join(tmpdir(), `amqp-workbench-ports-${userInfo().username}`, String(port));
      if (signal !== 'SIGKILL') assert.ok(!existsSync(claim), 'the port is given back');
    });
  }

  it('and installs once when two runs want the same', async () => {
    const cache = temporaryFolder('cache');
    const env = { ...process.env, XDG_CACHE_HOME: cache.path };
    const runs = [1, 2, 3].map(async () => {
      const child = spawn(process.execPath, [tenant, 'install'], {
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
      const [code] = (await once(child, 'exit')) as [number];
      assert.equal(code, 0);
      return said;
    });
    assert.equal((await Promise.all(runs)).join(''), 'installed\n');
    assert.deepEqual(readdirSync(path.join(cache.path, 'amqp-workbench')), ['tenant']);
    await cache.remove();
  });
});

/** Whether a process of that group still runs; one that only waits to be reaped by its new parent does not. */
function groupLives(group: number): boolean {
  return readdirSync('/proc').some((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [state, , itsGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(itsGroup) === group && state !== 'Z';
    } catch {
      return false;
    }
  });
}
