import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { addIgnored, newIgnoreList, readIgnoreListText } from '../../../src/core/topologyFile/ignoreList';
import { ignoreListSchemaText } from '../../../src/core/topologyFile/ignoreListSchema';
import { applyEdits } from '../../../src/core/topologyFile/textEdit';

const code = 'likely/unknown-argument';

describe('an ignore list', () => {
  const placed: readonly [string, string, RegExp][] = [
    ['{"severity": {"likely/unknown-argumnt": "off"}}', '"likely/unknown-argumnt": "off"', /did you mean/],
    ['{"ignore": [{"code": "advice/*"}, {"code": "x"}]}', '"code": "x"', /no code "x"/],
    ['{"ignore": [{"code": "advice/*"}, {}]}', '{', /has no "code"/],
    ['{"ignores": []}', '"ignores"', /no key "ignores"/],
    ['{"ignore": {', '{', /no JSON/],
    ['[]', '[', /no JSON object/],
  ];
  for (const [text, piece, sentence] of placed) {
    it(`says where it makes no sense: ${text}`, () => {
      const { problems } = readIgnoreListText(text);
      assert.equal(problems.length, 1);
      const { message, range } = problems[0]!;
      assert.match(message, sentence);
      assert.equal(text.slice(range.start.character, range.end.character), piece);
    });
  }

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readIgnoreListText(text);
        addIgnored(text, { code });
      }),
    );
  });

  const additions: readonly [string, string | undefined][] = [
    ['', newIgnoreList({ code, name: 'q' })],
    ['{}', `{"ignore": [{ "code": "${code}", "name": "q" }]}`],
    [
      `{\n  "ignore": [\n    {\n      "code": "advice/*"\n    }\n  ]\n}\n`,
      `{\n  "ignore": [\n    {\n      "code": "advice/*"\n    },\n    {\n      "code": "${code}",\n      "name": "q"\n    }\n  ]\n}\n`,
    ],
    [`{"ignore": [{"code": "${code}", "name": "q"}]}`, undefined],
    ['{"ignore": ', undefined],
    ['{"ignore": {}}', undefined],
    ['[]', undefined],
  ];
  for (const [before, after] of additions) {
    it(`takes one thing more: ${JSON.stringify(before)}`, () => {
      const edit = addIgnored(before, { code, name: 'q' });
      const text = edit && applyEdits(before, [edit]);
      assert.equal(text, after);
      if (text === undefined) return;
      const { grading, problems } = readIgnoreListText(text);
      assert.deepEqual(problems, []);
      assert.deepEqual(grading.ignored.at(-1), { code, name: 'q' });
    });
  }

  it('has a schema with every code; a build writes it anew', () => {
    const committed = path.join(process.cwd(), 'media/schemas/ignore-list.schema.json');
    assert.equal(readFileSync(committed, 'utf8'), ignoreListSchemaText());
  });
});
