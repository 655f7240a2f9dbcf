import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { graded, readGrading } from '../../../src/core/topologyFile/grading';
import { createTopologyFileService } from '../../../src/core/topologyFile/service';

const service = createTopologyFileService();
const document = service.parse(
  JSON.stringify({
    vhosts: [{ name: '/' }],
    queues: [
      { name: 'a', vhost: '/', durable: true, auto_delete: false, arguments: { 'x-retries': 1 } },
      { name: 'b', vhost: '/', durable: false, auto_delete: false, arguments: { 'x-retries': 1 } },
    ],
  }),
);
const findings = service.diagnostics(document, { target: '4.0' });

function after(...lists: unknown[]): string[] {
  const gradings = lists.map((list) => readGrading(list).grading);
  return graded(findings, document, gradings).map(
    ({ code, severity, range }) => `${severity} ${code} ${String(range.start.character)}`,
  );
}

describe('the grading of findings', () => {
  const [first, second, third] = after();

  it('leaves everything as it is where nothing is decided', () => {
    assert.equal(after().length, 3);
    assert.match(first ?? '', /^warning likely\/unknown-argument/);
    assert.deepEqual(after({}), after());
  });

  const cases: readonly [string, readonly unknown[], readonly (string | undefined)[]][] = [
    ['a code switched off', [{ severity: { 'likely/unknown-argument': 'off' } }], [second]],
    ['a family switched off', [{ severity: { 'advice/*': 'off' } }], [first, third]],
    [
      'a code before its family',
      [{ severity: { 'likely/*': 'off', 'likely/unknown-argument': 'error' } }],
      [first?.replace('warning', 'error'), second, third?.replace('warning', 'error')],
    ],
    [
      'the later list before the earlier one',
      [{ severity: { 'likely/*': 'off' } }, { severity: { 'likely/*': 'warning' } }],
      [first, second, third],
    ],
    ['one entry by its name', [{ ignore: [{ code: 'likely/*', name: 'b' }] }], [first, second]],
    ['a code everywhere', [{ ignore: [{ code: 'advice/transient-queue' }] }], [first, third]],
  ];
  for (const [what, lists, expected] of cases) {
    it(`takes ${what}`, () => assert.deepEqual(after(...lists), expected));
  }

  const mistakes: readonly [unknown, RegExp][] = [
    [undefined, /no JSON object/],
    [[], /no JSON object/],
    [{ severities: {} }, /There is no key "severities"/],
    [{ severity: [] }, /not an object of codes/],
    [{ severity: { 'likely/unknown-argumnt': 'off' } }, /did you mean "likely\/unknown-argument"\?/],
    [{ severity: { 'likely/unknown-argument': 'fatal' } }, /has no such severity/],
    [{ ignore: {} }, /"ignore" is not a list/],
    [{ ignore: [null] }, /has no "code"/],
    [{ ignore: [{ code: 'x' }] }, /There is no code "x"/],
    [{ ignore: [{ code: 'likely/*', name: 3 }] }, /is no text/],
  ];
  for (const [input, problem] of mistakes) {
    it(`says what is wrong with ${input === undefined ? 'what is no JSON' : JSON.stringify(input)}, and takes the rest`, () => {
      const { problems, grading } = readGrading(input);
      assert.match(problems.map(({ message }) => message).join(' '), problem);
      assert.deepEqual(graded(findings, document, [grading]), findings);
    });
  }
});
