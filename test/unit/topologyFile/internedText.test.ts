import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { hashOf, InternedText } from '../../../src/core/topologyFile/json/internedText';

describe('names as numbers', () => {
  it('are the same for equal texts, and others for others', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 })), (names) => {
        const interned = new InternedText(names.join(''));
        const numbers = new Map<string, number>();
        let start = 0;
        for (const name of names) {
          const id = interned.idAt(start, start + name.length);
          start += name.length;
          assert.equal(interned.string(id), name);
          assert.equal(interned.idOf(name), id);
          assert.equal(numbers.get(name) ?? id, id);
          numbers.set(name, id);
        }
        assert.equal(new Set(numbers.values()).size, numbers.size);
      }),
    );
  });

  it('stay right where many texts have one hash', () => {
    const alike = new Map<number, string[]>();
    for (let number = 0; number < 200_000; number++) {
      const name = `${number.toString(36)}.${(number * 7_919).toString(36)}`;
      const hash = hashOf(name, 0, name.length);
      const others = alike.get(hash);
      if (others) others.push(name);
      else alike.set(hash, [name]);
    }
    const colliding = [...alike.values()].filter(({ length }) => length > 1).flat();
    assert.ok(colliding.length > 0, 'there are some');
    const interned = new InternedText('');
    for (const name of colliding) assert.equal(interned.string(interned.idOf(name)), name);
    assert.equal(new Set(colliding.map((name) => interned.idOf(name))).size, colliding.length);
  });
});
