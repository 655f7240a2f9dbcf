import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { longstr } from '../../../src/core/base/fieldValue';
import type { FieldValue } from '../../../src/core/base/fieldValue';
import { readHeaderMatch } from '../../../src/core/message/headerMatch';

describe('a header that a binding asks for, as it is typed', () => {
  const cases: readonly (readonly [string, string, FieldValue])[] = [
    ['format = pdf', 'format', longstr('pdf')],
    ['format=pdf', 'format', longstr('pdf')],
    ['pages = 12', 'pages', { type: 'long', value: '12' }],
    ['pages = "12"', 'pages', longstr('12')],
    ['id = 9007199254740993', 'id', { type: 'long', value: '9007199254740993' }],
    ['share = 0.5', 'share', { type: 'double', value: 0.5 }],
    ['draft = true', 'draft', { type: 'bool', value: true }],
    ['draft', 'draft', { type: 'void' }],
    ['draft = null', 'draft', { type: 'void' }],
    ['size = {"!": "double", "value": "2"}', 'size', { type: 'double', value: 2 }],
    ['query = a=b', 'query', longstr('a=b')],
    ['list = a, b', 'list', longstr('a, b')],
    ['list = 1, 2', 'list', longstr('1, 2')],
    ['empty =', 'empty', longstr('')],
    ['__proto__ = x', '__proto__', longstr('x')],
  ];
  for (const [text, name, value] of cases) {
    it(`"${text}" is ${name} as ${value.type}`, () => {
      assert.deepEqual(readHeaderMatch(text), { name, value });
    });
  }

  it('needs a name that fits, and is not the mode of matching', () => {
    for (const text of ['', '= 1', 'x-match = any', `${'n'.repeat(256)} = 1`]) {
      assert.ok('problem' in readHeaderMatch(text), text);
    }
  });
});
