import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';

describe('amqplib', () => {
  it('is the version whose inner parts we read (amqplibParts.ts, fieldTableCodec.ts)', () => {
    const manifest = JSON.parse(readFileSync('node_modules/amqplib/package.json', 'utf8')) as {
      version: string;
    };
    assert.equal(manifest.version, '2.3.1', 'read those two files again before you change this');
    const codec = readFileSync('node_modules/amqplib/lib/codec.js', 'utf8');
    const exported = [...codec.matchAll(/module\.exports\.(\w+)/g)].map((match) => match[1]);
    assert.deepEqual(exported, ['encodeTable', 'decodeFields']);
  });
});
