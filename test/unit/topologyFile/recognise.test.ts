import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isDefinitionsContent, isDefinitionsName } from '../../../src/core/topology/definitionsFile';
import { matchesGlob } from '../../../src/core/topology/glob';
import { seriesOfVersion } from '../../../src/core/topology/seriesOfVersion';
import { patternProblem } from '../../../src/core/topologyFile/pattern/patternProblem';
import { targets } from '../../../src/core/topologyFile/target';
import { nearestName } from '../../../src/core/topologyFile/spelling';
import { createTopologyFileService } from '../../../src/core/topologyFile/service';
import { bound, binding } from '../../support/definitionsPieces';

describe('a topology file is recognised', () => {
  it('by name', () => {
    for (const name of [
      'definitions.json',
      '/a/b/definitions.json',
      'C:\\x\\shop.definitions.json',
      'my-rabbitmq-prod-definitions-2.json',
      'a%20b/Definitions.JSON',
    ]) {
      assert.equal(isDefinitionsName(name), true, name);
    }
    for (const name of [
      'package.json',
      'definitions.json.bak',
      'mydefinitions.json',
      'definitions/x.json',
      'rabbitmq.json',
    ]) {
      assert.equal(isDefinitionsName(name), false, name);
    }
  });

  it('by the names for which the JSON service of an editor is kept from guessing', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: { jsonValidation: readonly { fileMatch: readonly string[]; url: string }[] };
    };
    const silent = contributes.jsonValidation.filter(({ url }) => url.endsWith('/definitions.schema.json'));
    assert.equal(silent.length, 1);
    for (const { fileMatch, url } of silent) {
      for (const pattern of fileMatch)
        assert.equal(isDefinitionsName(pattern.replaceAll('*', 'x')), true, pattern);
      // A schema that says nothing complains about nothing.
      const schema = JSON.parse(readFileSync(url, 'utf8')) as Record<string, unknown>;
      assert.deepEqual(Object.keys(schema).sort(), ['$comment', '$schema', 'title']);
    }
  });

  it('by two known sections at the top level', () => {
    for (const text of [
      '{"queues":[],"exchanges":[]}',
      '{"rabbit_version":"3.6.1","users":[]}',
      '{"lavinmq_version":"2.4.1","users":[]}',
      '{ "users": [], "vhosts": {} }',
      '{"queues":[{"name":"a\\"}"}],"bindings":',
      '// by hand\n{"queues":[],"bindings":[]}',
    ]) {
      assert.equal(isDefinitionsContent(text), true, text);
    }
    for (const text of [
      '',
      '[]',
      '{"queues":[]}',
      '{"users":[],"permissions":[]}',
      '{"a":{"queues":[],"exchanges":[]}}',
      '{"a":"\\"queues\\":[],\\"exchanges\\":[]"}',
      '["queues","exchanges"]',
      `{"x":"${' '.repeat(70_000)}","queues":[],"exchanges":[]}`,
    ]) {
      assert.equal(isDefinitionsContent(text), false, text.slice(0, 80));
    }
  });

  it('by the globs of the settings', () => {
    for (const [path, glob] of [
      ['/repo/deploy/topology.json', '**/deploy/*.json'],
      ['/repo/topology.json', 'topology.json'],
      ['/repo/a/b.json', '/repo/**'],
      ['/repo/b.amqp', '*.{mq,amqp}'],
      ['C:\\repo\\x.json', '**/repo/?.json'],
    ] as const) {
      assert.equal(matchesGlob(path, glob), true, glob);
    }
    assert.equal(matchesGlob('/repo/deploy/sub/topology.json', '**/deploy/*.json'), false);
    assert.equal(matchesGlob('/repo/x.json', '{'), false);
  });
});

describe('the target of a version', () => {
  for (const [version, target] of [
    ['3.8.9', '3.10'],
    ['3.10.25', '3.10'],
    ['3.11.0', '3.13'],
    ['3.13.7', '3.13'],
    ['4.0.0-rc.1', '4.0'],
    ['4.2.1', '4.0'],
    ['4.3.6', '4.3'],
    ['5.0.0', '4.3'],
    ['%%VSN%%', undefined],
    ['', undefined],
  ] as const) {
    it(`${version} is ${target ?? 'not known'}`, () => assert.equal(seriesOfVersion(version), target));
  }
});

describe('a regular expression', () => {
  // Seen on 3.10.8, 4.0.5 and 4.3.6.
  for (const bad of [
    '*',
    'a**',
    '(a',
    'a)',
    '[a',
    'a\\',
    'a{2,1}',
    'x{70000}',
    '\\',
    '^*',
    '$*',
    'a|*',
    'a?*',
    '\\b*',
  ]) {
    it(`${bad} is refused`, () => assert.notEqual(patternProblem(bad, '4.3'), undefined));
  }
  for (const good of [
    '',
    '.*',
    '^(a|b)\\.',
    'a{1',
    '(?i)a',
    'a++',
    'a*?',
    '(?<n>a)',
    '\\Qa(\\E',
    '[[:alpha:]]',
    'a{,3}',
    '[]a]',
    '(?#x)',
    '(*UTF8)a',
    '(?=a)*',
    '[^]]',
    'a{2,3}+',
  ]) {
    it(`${good} is taken`, () => assert.equal(patternProblem(good, '4.3'), undefined));
  }
  // Each tried as the pattern of a policy on 3.10.8, 4.0.5 and 4.3.6.
  for (const bad of [
    '(?<=a+)b',
    '(?<!.*)b',
    '(?<=\\d+)x',
    '(?<1a>b)',
    '(?<n>a)(?<n>b)',
    '(?<a-b>c)',
    '(?<>a)',
    '(?P=b)',
    '(?P>b)',
    '(?&n)',
    '\\p',
    '\\P{L',
    '\\1',
    '\\2(a)',
    '\\g1',
    '\\g{1}',
    '\\g{-1}',
    '(a)\\k<b>',
    '\\k',
    '(?1)',
    '(?2)(a)',
    '(?-1)',
    '[z-a]',
    '[a-\\d]',
    '[[:foo:]]',
    '[:alpha:]',
    '[[.a.]]',
    '[\\N]',
    '\\Q\\E*',
    '\\x{',
    '\\x{zz}',
    '\\o',
    '\\o{9}',
    '\\c',
    '\\u0041',
    '\\L',
    '\\N{U+41}',
    '\\400',
    '(?#c',
  ])
    for (const target of targets)
      it(`${bad} is refused by ${target}`, () => assert.notEqual(patternProblem(bad, target), undefined));
  for (const bad of ['[\\d-z]', '\\x', '\\xg', '\\8', '\\y', '\\i', '[\\B]', '[\\R]', 'a'.repeat(1025)])
    it(`${bad.slice(0, 40)} is refused by 4.3 and by no other`, () => {
      assert.notEqual(patternProblem(bad, '4.3'), undefined);
      assert.equal(patternProblem(bad, '4.0'), undefined);
    });
  for (const good of [
    '(?+1)(a)',
    '(?x)a # (',
    '(?<name>a)\\k<name>',
    '(a)\\1',
    '(a)\\g{-1}',
    '\\p{L}+',
    '\\pL',
    '[[:^alpha:]]',
    '[]-a]',
    '[a-]',
    '(?<=a|bc)d',
    '(?<!ab)c',
    '(?>a)',
    '(?i-s:a)',
    '\\10',
    '\\377',
    '(a)?(?(1)b|c)',
    '^(?!amq\\.).*',
    '[^.]+',
    '\\Qa\\E+',
    'é'.repeat(512),
  ])
    for (const target of targets)
      it(`${good.slice(0, 40)} is taken by ${target}`, () =>
        assert.equal(patternProblem(good, target), undefined));
});

describe('a name one or two letters off', () => {
  it('is found', () => {
    assert.equal(nearestName('x-mesage-ttl', ['x-max-age', 'x-message-ttl'], 2), 'x-message-ttl');
    assert.equal(nearestName('ab', ['ba', 'abcd'], 2), 'ba');
    assert.equal(nearestName('x-max-retries', ['x-max-priority'], 2), undefined);
  });
});

describe('the outline', () => {
  it('has sections in the order of the file and a name for every entry', () => {
    const service = createTopologyFileService();
    const items = service.outline(service.parse(bound(`${binding()},{}`)));
    assert.deepEqual(
      items.map(({ name, detail, children }) => [name, detail, children.map((child) => child.name)]),
      [
        ['queues', '1', ['q']],
        ['exchanges', '1', ['x']],
        ['bindings', '2', ['x → q', '(default) → ?']],
      ],
    );
  });
});
