import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { utf8Bytes } from '../../../src/core/base/bytes';
import { bodyText } from '../../../src/core/message/bodyText';
import { prettyJson } from '../../../src/core/message/jsonPretty';

function source(text: string | Uint8Array, contentType?: string) {
  const body = typeof text === 'string' ? utf8Bytes(text) : text;
  return { body, size: body.length, contentType };
}

describe('a body on the screen', () => {
  it('is indented JSON with every digit, key and duplicate where it was', () => {
    const shown = bodyText(
      source('{"b":9007199254740993,"a":[1.0,{}],"b":[]}', 'application/json'),
      'pretty',
    );
    assert.equal(shown.text, '{\n  "b": 9007199254740993,\n  "a": [\n    1.0,\n    {}\n  ],\n  "b": []\n}');
    assert.deepEqual([shown.view, shown.cut, shown.reason], ['pretty', false, undefined]);
  });

  it('agrees with JSON.stringify on any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const wanted = JSON.stringify(JSON.parse(text), undefined, 2);
        const shown = prettyJson(text, 1_000_000);
        const same = shown.kind === 'json' && JSON.stringify(JSON.parse(shown.text), undefined, 2) === wanted;
        assert.ok(same, text);
      }),
    );
  });

  it('says no to exactly what JSON.parse says no to', () => {
    const soup = fc.stringMatching(/^[[\]{}:,"a1\\ -.etrul]{0,12}$/);
    fc.assert(
      fc.property(
        fc.oneof(
          soup,
          fc.string(),
          fc.json().map((text) => text.slice(1)),
        ),
        (text) => {
          let parses = true;
          try {
            JSON.parse(text);
          } catch {
            parses = false;
          }
          assert.equal(prettyJson(text, 1_000).kind === 'json', parses, text);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('is raw with the reason when it claims JSON and is not', () => {
    const shown = bodyText(source('{"id": 1,\n "total": }', 'application/json; charset=utf-8'), 'pretty');
    assert.equal(shown.view, 'raw');
    assert.equal(
      shown.reason,
      'The content type says JSON, but it is not: line 2, column 11: expected a value, found }.',
    );
  });

  it('is tried as JSON without a content type, and not blamed', () => {
    assert.equal(bodyText(source('[1]'), 'pretty').text, '[\n  1\n]');
    assert.deepEqual(bodyText(source('{not json}'), 'pretty'), {
      view: 'raw',
      text: '{not json}',
      cut: false,
    });
  });

  it('is hex with the reason when it is not text', () => {
    const shown = bodyText(source(Uint8Array.of(0xff, 0x00, 0x41)), 'pretty');
    assert.equal(shown.text, `00000000  ff 00 41${' '.repeat(42)}..A`);
    assert.equal(shown.reason, 'The body is not UTF-8 text.');
  });

  it('is hex while it is compressed', () => {
    const shown = bodyText({ ...source(Uint8Array.of(0x1f, 0x8b)), contentEncoding: 'gzip' }, 'pretty');
    assert.equal(shown.view, 'hex');
  });

  it('is cut, checked whole, and quick at 5 MB', () => {
    const big = `[${'{"id":12345678901234567890,"text":"abc"},'.repeat(125_000)}null]`;
    const before = performance.now();
    const shown = bodyText(source(big, 'application/json'), 'pretty');
    assert.ok(performance.now() - before < 2_000);
    assert.deepEqual([shown.view, shown.cut], ['pretty', true]);
    assert.ok(shown.text.length < 300_000);
    assert.match(bodyText(source(`${big} x`, 'application/json'), 'pretty').reason ?? '', /it is not/);
  });

  it('survives a million brackets', () => {
    const shown = bodyText(source('['.repeat(1_000_000), 'application/json'), 'pretty');
    assert.equal(shown.view, 'raw');
  });

  it('is still JSON and still text when it was cut on the way', () => {
    const whole = utf8Bytes('{"name":"Zoë","n":12}');
    for (let length = 1; length < whole.length; length++) {
      const shown = bodyText(
        { body: whole.subarray(0, length), size: whole.length, contentType: 'application/json' },
        'pretty',
      );
      assert.deepEqual([shown.view, shown.cut], ['pretty', true], String(length));
    }
  });

  it('shows control characters and direction overrides for what they are', () => {
    const shown = bodyText(source('a\u202Eb\u0000c\td\r\ne\u007f'), 'raw');
    assert.equal(shown.text, 'a[U+202E]b␀c\td\r\ne␡');
  });
});
