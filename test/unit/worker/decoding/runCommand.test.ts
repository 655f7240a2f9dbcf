import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'mocha';
import { systemClock } from '../../../../src/core/broker/systemClock';
import { runCommand } from '../../../../src/worker/decoding/runCommand';
import { eventually } from '../../../support/eventually';
import { ManualClock } from '../../../support/manualClock';

/** Runs a script in Node as the user's command. */
function run(
  script: string,
  { body = 'body', clock = systemClock, signal = new AbortController().signal, args = [] as string[] } = {},
) {
  const command = [process.execPath, '-e', script, ...args];
  return runCommand({ command, body: Buffer.from(body), environment: { GREETING: 'hello' } }, clock, signal);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a command that decodes', () => {
  it('gets the body, its arguments as they are and no more environment than is given', async () => {
    const script = `let all = ''; process.stdin.on('data', (piece) => (all += piece)).on('end', () =>
      console.log(JSON.stringify([all, process.argv.slice(1), process.env.GREETING, process.env.HOME ?? null])));`;
    const result = await run(script, { args: ['$HOME; `id`', '* "quoted"'] });
    assert.ok('output' in result);
    assert.deepEqual(JSON.parse(Buffer.from(result.output).toString()), [
      'body',
      ['$HOME; `id`', '* "quoted"'],
      'hello',
      null,
    ]);
  }).timeout(20_000);

  it('need not read its input', async () => {
    const result = await run('console.log(1)', { body: 'x'.repeat(5_000_000) });
    assert.ok('output' in result && Buffer.from(result.output).toString() === '1\n');
  }).timeout(20_000);

  const failing: readonly (readonly [string, string, RegExp])[] = [
    [
      'fails with words',
      'console.error("\\nno such field\\nat line 1"); process.exit(3)',
      / ended with code 3: no such field$/,
    ],
    ['fails without words', 'process.exit(4)', / ended with code 4\.$/],
    [
      'is killed',
      'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 1e5)',
      / was ended by SIGTERM\.$/,
    ],
    [
      'writes without end',
      'for (;;) require("fs").writeSync(1, "x".repeat(65536))',
      / wrote more than 4 MiB and was ended\.$/,
    ],
    [
      'complains without end',
      'for (let i = 0; i < 500; i++) require("fs").writeSync(2, "y".repeat(65536)); process.exit(1)',
      / ended with code 1: y{300}$/,
    ],
  ];
  for (const [what, script, problem] of failing) {
    it(`has its reason shown when it ${what}`, async () => {
      const result = await run(script);
      assert.ok('problem' in result);
      assert.match(result.problem, problem);
    }).timeout(20_000);
  }

  it('that does not exist says so', async () => {
    const { signal } = new AbortController();
    for (const command of [['no-such-program-here'], ['bad\0name'], []]) {
      const result = await runCommand(
        { command, body: Buffer.from(''), environment: {} },
        systemClock,
        signal,
      );
      assert.ok('problem' in result);
      assert.match(result.problem, /could not be started/);
    }
  }).timeout(20_000);

  it('is ended after five seconds, with what it started', async () => {
    const clock = new ManualClock();
    const folder = await mkdtemp(path.join(tmpdir(), 'amqp-command-'));
    const note = path.join(folder, 'pids');
    const script = `const { pid } = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e5)'], { stdio: 'inherit' });
      require('fs').writeFileSync(${JSON.stringify(note)} + '.part', process.pid + ' ' + pid);
      require('fs').renameSync(${JSON.stringify(note)} + '.part', ${JSON.stringify(note)}); setInterval(() => {}, 1e5);`;
    const ending = new AbortController();
    try {
      const running = run(script, { clock, signal: ending.signal });
      await eventually(() => assert.ok(existsSync(note)));
      const pids = (await readFile(note, 'utf8')).split(' ').map(Number);
      assert.equal(pids.filter(isAlive).length, 2);
      await clock.pass(5_000);
      const result = await running;
      assert.ok('problem' in result);
      assert.match(result.problem, /took longer than 5 seconds and was ended/);
      await eventually(() => assert.ok(!pids.some(isAlive)));
    } finally {
      ending.abort();
      await rm(folder, { recursive: true });
    }
  }).timeout(20_000);

  it('is ended when nobody waits for it any more', async () => {
    const controller = new AbortController();
    const running = run('setInterval(() => {}, 1e5)', { signal: controller.signal });
    controller.abort();
    const result = await running;
    assert.ok('problem' in result);
    assert.match(result.problem, /was cancelled/);
  }).timeout(20_000);
});
