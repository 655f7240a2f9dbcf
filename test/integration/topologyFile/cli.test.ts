import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
    const { status, stdout } = run('check', valid, `${fixtures}/shop-4.0.definitions.json`);
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
    const { status, stdout, stderr } = run('check', 'nowhere.json', 'media', 'src/**/*.json', broken);
    assert.equal(status, 2);
    assert.match(stderr, /nowhere\.json cannot be read: there is no such file\./);
    assert.match(stderr, /^media holds no topology file\.$/m);
    assert.match(stderr, /^src\/\*\*\/\*\.json matches no topology file\.$/m);
    assert.match(stdout, /refused\/undeclared-exchange/);
  });

  describe('with folders and globs', () => {
    const checked = (...words: string[]): unknown => {
      const { stdout } = run('check', '--format', 'json', ...words);
      const found = JSON.parse(stdout) as { file: string }[];
      return [...new Set(found.map(({ file }) => path.relative(folder, file)))];
    };
    const bad = '{"queues":[{"name":"q","vhost":"nowhere"}],"vhosts":[]}';

    before(() => {
      for (const [name, text] of [
        ['tree/definitions.json', bad],
        ['tree/b/by-content.json', bad],
        ['tree/b/package.json', '{"name":"q","version":1.}'],
        ['tree/b/node_modules/x/definitions.json', bad],
        ['tree/b/c/load.definitions.json', bad],
        ['tree/b/c/definitions.txt', bad],
      ] as const) {
        mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        writeFileSync(path.join(folder, name), text);
      }
    });

    it('checks what is a topology file by name or content, and passes over what is not ours', () => {
      const all = ['tree/b/by-content.json', 'tree/b/c/load.definitions.json', 'tree/definitions.json'];
      assert.deepEqual(checked(path.join(folder, 'tree')), all);
      assert.deepEqual(checked(path.join(folder, '**/*.json')), all);
      assert.deepEqual(checked(path.join(folder, 'tree', '*.json')), ['tree/definitions.json']);
      assert.deepEqual(checked(path.join(folder, 'tree/**/{load,x}.*.json')), [
        'tree/b/c/load.definitions.json',
      ]);
    });

    it('checks a file once that several words mean', () => {
      const file = path.join(folder, 'tree/definitions.json');
      const { stdout } = run('check', file, path.join(folder, 'tree/*.json'));
      assert.equal(stdout.trimEnd().split('\n').length, 1);
    });

    it('takes the nearest ignore list, or the one that is named', () => {
      const codes = (...words: string[]): unknown => {
        const { stdout, status } = run('check', '--format', 'json', ...words);
        return [
          status,
          ...(JSON.parse(stdout) as { code: string; severity: string }[]).map(
            ({ code, severity }) => `${severity} ${code}`,
          ),
        ];
      };
      const file = path.join(folder, 'tree/b/c/load.definitions.json');
      const list = path.join(folder, 'tree/.amqp-workbench.json');
      writeFileSync(list, '{"severity":{"refused/undeclared-vhost":"warning"}}');
      assert.deepEqual(codes(file), [0, 'warning refused/undeclared-vhost']);
      assert.deepEqual(codes('--severity', 'error', file), [0]);
      const own = path.join(folder, 'own.json');
      writeFileSync(own, '{"ignore":[{"code":"refused/undeclared-vhost","name":"q"}]}');
      assert.deepEqual(codes('--ignore-list', own, file), [0]);
      writeFileSync(own, '{"ignore":[{"code":"refused/undeclared-vhost","name":"other"}]}');
      assert.deepEqual(codes('--ignore-list', own, file), [1, 'error refused/undeclared-vhost']);
      rmSync(list);
    });

    it('ends with 2 for an ignore list that makes no sense, and says why', () => {
      const own = path.join(folder, 'wrong.json');
      writeFileSync(own, '{"severity":{"refused/undeclared-vhots":"off"}}');
      const { status, stderr } = run('check', '--ignore-list', own, valid);
      assert.equal(status, 2);
      assert.match(stderr, /wrong\.json: There is no code "refused\/undeclared-vhots": did you mean/);
      assert.match(run('check', '--ignore-list', 'no.json', valid).stderr, /no\.json cannot be read/);
    });
  });

  for (const words of [
    [],
    ['chek'],
    ['check'],
    ['check', '--format', 'xml', valid],
    ['check', '--target', '2', valid],
    ['check', '--colour', valid],
    ['check', valid, '--format'],
    ['check', '--severity', 'fatal', valid],
  ]) {
    it(`takes "${words.join(' ')}" for a mistake`, () => {
      assert.equal(parseArguments(words).kind, 'mistake');
    });
  }

  it('ends with 2 for a mistake and shows how to call it', () => {
    const { status, stderr, stdout } = run('check', '--format', 'xml', valid);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /There is no format "xml".*check FILE\|FOLDER\|GLOB\.\.\./s);
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
        tool: {
          driver: {
            semanticVersion: string;
            rules: {
              id: string;
              helpUri?: string;
              shortDescription: { text: string };
              fullDescription: { text: string };
              help: { text: string; markdown: string };
            }[];
          };
        };
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
    for (const { id, shortDescription, fullDescription, help, helpUri } of first.tool.driver.rules) {
      assert.ok(help.markdown.startsWith(`# ${id}\n`) && help.markdown.includes('\n## Fix\n'), id);
      for (const text of [shortDescription.text, fullDescription.text]) assert.match(text, /^[^\n]+\.$/);
      // Nothing of it stands on the web, and a log has no folder in which a relative link could lead anywhere.
      assert.deepEqual([help.text, helpUri], [help.markdown, undefined]);
      assert.doesNotMatch(help.markdown, /\]\(/);
    }
  });

  it('explains a code with its page, or says which codes there are', () => {
    const page = run('explain', 'refused/comment');
    assert.equal(page.status, 0);
    assert.match(page.stdout, /^# refused\/comment\n[^]*## Fix\n[^]*\blikely\/lax-json\.\n$/);
    assert.equal(run('explain', 'routes/fails').status, 0);
    assert.match(run('explain').stdout, /^refused\/comment {2}A comment/m);
    for (const [written, meant] of [
      ['comment', 'refused/comment'],
      ['Comment', 'refused/comment'],
      ['refused/coment', 'refused/comment'],
      ['likely/comment', 'refused/comment'],
      ['mispelt-argument', 'likely/misspelt-argument'],
      ['toString', 'explain without a code lists them.'],
      ['\u001b[2J', 'explain without a code lists them.'],
    ] as const) {
      const { status, stdout, stderr } = run('explain', written);
      assert.deepEqual([status, stdout], [2, '']);
      assert.ok(stderr.includes(meant), stderr);
      assert.doesNotMatch(stderr, /\u001b/);
    }
    assert.equal(run('explain', 'refused/comment', 'refused/truncated').status, 2);
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
