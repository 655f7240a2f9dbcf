import assert from 'node:assert/strict';
import { describe, it } from 'mocha';

/** What the lint of the house must catch, planted into the text of a file that exists. */
const planted: readonly { what: string; file: string; code: string; rule: string }[] = [
  {
    what: 'a default export',
    file: 'src/core/base/bytes.ts',
    code: 'export default 1;',
    rule: 'no-restricted-syntax',
  },
  {
    what: 'a barrel',
    file: 'src/core/base/bytes.ts',
    code: `export * from './clock';`,
    rule: 'no-restricted-syntax',
  },
  {
    what: 'a barrel by name',
    file: 'src/core/base/bytes.ts',
    code: `export { delay } from './clock';`,
    rule: 'no-restricted-syntax',
  },
  {
    what: 'Node in the pure core',
    file: 'src/core/base/bytes.ts',
    code: 'export const b = Buffer.from([1]);',
    rule: 'no-restricted-globals',
  },
  {
    what: 'the DOM in the pure core',
    file: 'src/core/base/bytes.ts',
    code: 'export const d = document;',
    rule: 'no-restricted-globals',
  },
  {
    what: 'a hidden clock',
    file: 'src/core/base/bytes.ts',
    code: 'export const t = Date.now();',
    rule: 'no-restricted-properties',
  },
  {
    what: 'a timer beside the Clock port',
    file: 'src/core/base/bytes.ts',
    code: 'setTimeout(() => undefined, 1);',
    rule: 'no-restricted-globals',
  },
  {
    what: 'a file of more than 400 lines',
    file: 'src/core/base/bytes.ts',
    code: 'export const x = 1;\n//\n'.repeat(201),
    rule: 'max-lines',
  },
  {
    what: 'a value import of a type',
    file: 'src/core/base/clock.ts',
    code: `import { Disposable } from './disposable';\nexport type D = Disposable;`,
    rule: '@typescript-eslint/consistent-type-imports',
  },
  {
    what: 'a type imported in passing',
    file: 'src/core/base/clock.ts',
    code: `export type D = import('./disposable').Disposable;`,
    rule: 'no-restricted-syntax',
  },
  {
    what: 'a class named Manager',
    file: 'src/core/base/bytes.ts',
    code: 'export class QueueManager { x = 1; }',
    rule: '@typescript-eslint/naming-convention',
  },
  {
    what: 'an interface named with I',
    file: 'src/core/base/bytes.ts',
    code: 'export interface IQueue { x: 1 }',
    rule: '@typescript-eslint/naming-convention',
  },
  {
    what: 'a promise nobody waits for',
    file: 'src/core/base/bytes.ts',
    code: 'export const f = (): void => { Promise.resolve(); };',
    rule: '@typescript-eslint/no-floating-promises',
  },
  {
    what: 'printing to the console',
    file: 'src/core/base/bytes.ts',
    code: 'console.log(1);',
    rule: 'no-console',
  },
];

describe('the lint of the house', function () {
  this.timeout(120_000);
  for (const { what, file, code, rule } of planted) {
    it(`catches ${what}`, async () => {
      const { ESLint } = await import('eslint');
      const [result] = await new ESLint().lintText(`${code}\n`, { filePath: file });
      const caught = result?.messages.map((message) => message.ruleId) ?? [];
      assert.ok(caught.includes(rule), `caught: ${caught.join(', ') || 'nothing'}`);
    });
  }
});
