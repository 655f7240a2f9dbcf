import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { parseArguments } from '../../../src/server/check/options';

const fixtures = 'test/fixtures/definitions';
const valid = `${fixtures}/shop-4.3.definitions.json`;
const broken = `${fixtures}/broken.definitions.json`;

function run(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['dist/cli.js', ...words], { encoding: 'utf8' });
}

describe('the command line', function () {
  // Each call starts a Node process.
  this.timeout(20_000);
  let folder = '';

  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'amqp-cli-'));
  });

  after(() => rmSync(folder, { recursive: true }));

  it('ends with 0 and says nothing on standard output for valid files', () => {
    const { status, stdout } = run('check', valid, `${fixtures}/shop-3.10.definitions.json`);
    assert.deepEqual([status, stdout], [0, '']);
  });

  it('ends with 1 for errors, and takes the target into account', () => {
    assert.equal(run('check', broken).status, 1);
    const later = run('check', '--target=4.3', `${fixtures}/shop-3.10.definitions.json`);
    assert.equal(later.status, 1);
    assert.match(later.stdout, /refused\/unknown-policy-key/);
  });

  it('ends with 0 for warnings', () => {
    const file = path.join(folder, 'warn.json');
    writeFileSync(file, '{"queues":[{"name":"q","vhost":"/","arguments":{"x-max-retries":3}}]}');
    const { status, stdout } = run('check', file);
    assert.equal(status, 0);
    assert.equal(stdout.startsWith(`${file}:1:49: warning likely/unknown-argument: `), true, stdout);
  });

  it('ends with 2 for what cannot be read, and checks the rest all the same', () => {
    const { status, stdout, stderr } = run('check', 'nowhere.json', fixtures, broken);
    assert.equal(status, 2);
    assert.match(stderr, /nowhere\.json cannot be read: there is no such file\./);
    assert.match(stderr, /definitions is a folder: name the files in it\./);
    assert.match(stdout, /refused\/undeclared-exchange/);
  });

  for (const words of [
    [],
    ['chek'],
    ['check'],
    ['check', '--format', 'xml', valid],
    ['check', '--target', '2', valid],
    ['check', '--colour', valid],
    ['check', valid, '--format'],
  ]) {
    it(`takes "${words.join(' ')}" for a mistake`, () => {
      assert.equal(parseArguments(words).kind, 'mistake');
    });
  }

  it('ends with 2 for a mistake and shows how to call it', () => {
    const { status, stderr, stdout } = run('check', '--format', 'xml', valid);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /There is no format "xml".*check FILE\.\.\./s);
  });

  it('reports invalid JSON as findings at its place, in any file that is named', () => {
    const file = path.join(folder, 'notes.txt');
    writeFileSync(file, '{\n  "queues": [],\n  "é😀": nope,\n}');
    const { status, stdout } = run('check', '--format', 'json', '--', file);
    assert.equal(status, 1);
    const found = JSON.parse(stdout) as Record<string, unknown>[];
    assert.deepEqual(
      found.map(({ message, ...rest }) => [rest, typeof message]),
      [
        [
          {
            file,
            line: 3,
            column: 10,
            endLine: 3,
            endColumn: 14,
            code: 'refused/json-syntax',
            severity: 'error',
          },
          'string',
        ],
        [
          {
            file,
            line: 3,
            column: 14,
            endLine: 3,
            endColumn: 15,
            code: 'refused/trailing-comma',
            severity: 'error',
          },
          'string',
        ],
      ],
    );
  });

  it('sees a byte order mark', () => {
    const file = path.join(folder, 'mark.json');
    writeFileSync(file, '\uFEFF{}');
    assert.match(run('check', '--target', '4.0', file).stdout, /:1:1: error refused\/byte-order-mark/);
  });

  it('prints an empty list as JSON when all is well', () => {
    assert.deepEqual(JSON.parse(run('check', '--format=json', valid).stdout), []);
  });

  it('writes SARIF', () => {
    const log = JSON.parse(run('check', '--format', 'sarif', broken).stdout) as {
      version: string;
      runs: {
        columnKind: string;
        tool: { driver: { semanticVersion: string; rules: { id: string }[] } };
        results: {
          ruleId: string;
          ruleIndex: number;
          level: string;
          locations: { physicalLocation: { artifactLocation: { uri: string }; region: object } }[];
        }[];
      }[];
    };
    const [first] = log.runs;
    assert.equal(log.version, '2.1.0');
    assert.equal(first?.columnKind, 'utf16CodeUnits');
    assert.match(first.tool.driver.semanticVersion, /^\d+\.\d+\.\d+/);
    assert.equal(first.results.length, 7);
    for (const result of first.results) {
      assert.equal(first.tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
      assert.equal(result.locations[0]?.physicalLocation.artifactLocation.uri, broken);
    }
    assert.deepEqual(new Set(first.results.map(({ level }) => level)), new Set(['error', 'warning']));
  });

  it('writes workflow commands that no name in the file can break', () => {
    const file = path.join(folder, 'a,b.json');
    writeFileSync(file, '{"queues":[{"name":"q","vhost":"a\\n::error::b"}]}');
    const { stdout } = run('check', '--format', 'github', file);
    const lines = stdout.trimEnd().split('\n');
    assert.equal(lines.length, 1);
    assert.match(
      stdout,
      /^::error file=[^,]*a%2Cb\.json,line=1,endLine=1,col=32,endColumn=47,title=refused\/undeclared-vhost::/,
    );
  });

  it('tells its version and how to call it', () => {
    assert.match(run('--version').stdout, /^\d+\.\d+\.\d+\n$/);
    assert.equal(run('check', '--help').status, 0);
  });
});
