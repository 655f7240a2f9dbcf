import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';

const readme = readFileSync('README.md', 'utf8');
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const tool = `tools/amqp-workbench-cli-${version}.js`;

/** The block of the README in that language that calls the command line. */
function blockOf(language: string): string {
  const blocks = [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))];
  const block = blocks.find(([, text]) => text?.includes(tool))?.[1];
  assert.ok(block, `The README has a block of ${language} with ${tool}.`);
  return block;
}

const good = '{"vhosts":[{"name":"/"}],"queues":[{"name":"orders","vhost":"/","durable":true}]}';
const bad = good.replace('true', '"true"');

describe('the commit hooks of the README', function () {
  // Each commit starts git and a Node process.
  this.timeout(30_000);
  let folder = '';

  function git(...words: string[]): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync('git', words, {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: os.devNull,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'A',
        GIT_AUTHOR_EMAIL: 'a@localhost',
        GIT_COMMITTER_NAME: 'A',
        GIT_COMMITTER_EMAIL: 'a@localhost',
      },
    });
    return { status, output: stdout + stderr };
  }

  function commit(file: string, text: string): { status: number | null; output: string } {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
    assert.equal(git('add', '--', file).status, 0);
    return git('commit', '--message', file);
  }

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'amqp hook-'));
    assert.equal(git('init').status, 0);
    mkdirSync(path.join(folder, 'tools'));
    // What npm run package hands out is this file alone.
    copyFileSync('dist/cli.js', path.join(folder, tool));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('refuse a commit with a file that a broker would refuse, and no other', () => {
    writeFileSync(path.join(folder, '.git/hooks/pre-commit'), blockOf('sh'), { mode: 0o755 });
    assert.equal(commit('README.md', 'Nothing to check.').status, 0);
    assert.equal(commit('broker/shop.definitions.json', good).status, 0);
    const refused = commit("broker/it's my definitions.json", bad);
    assert.notEqual(refused.status, 0);
    assert.match(refused.output, /it's my definitions\.json:1:\d+: error refused\/wrong-type: /);
    assert.equal(commit("broker/it's my definitions.json", good).status, 0);
  });

  it('name a program that is there and the files it is for', () => {
    const config = blockOf('yaml');
    const pattern = new RegExp(/files: (.*)/.exec(config)?.[1] ?? '^');
    const taken = [
      'definitions.json',
      'a/shop.definitions.json',
      'rabbitmq-definitions-prod.json',
      'package.json',
    ];
    assert.deepEqual(
      taken.filter((name) => pattern.test(name)),
      taken.slice(0, 3),
    );
    const [program = '', ...words] = /entry: (.*)/.exec(config)?.[1]?.split(' ') ?? [];
    for (const [text, status] of [
      [good, 0],
      [bad, 1],
    ] as const) {
      writeFileSync(path.join(folder, 'definitions.json'), text);
      assert.equal(spawnSync(program, [...words, 'definitions.json'], { cwd: folder }).status, status);
    }
  });
});
