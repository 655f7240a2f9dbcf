import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { placeForKey } from '../../../webview/messages/tableKeys';
import { roving } from '../../../webview/shared/roving';

describe('the keys of a list', () => {
  const cases: readonly (readonly [string, number, number | undefined])[] = [
    ['ArrowDown', -1, 0],
    ['ArrowDown', 2, 0],
    ['ArrowUp', -1, 2],
    ['ArrowUp', 0, 2],
    ['Home', 2, 0],
    ['End', 0, 2],
    ['x', 1, undefined],
  ];
  for (const [key, here, goal] of cases)
    it(`${key} leads from ${String(here)} to ${String(goal)} of three`, () => {
      assert.equal(roving(key, here, 3), goal);
    });

  it('lead nowhere in an empty one', () => {
    assert.equal(roving('ArrowDown', -1, 0), undefined);
  });
});

describe('the keys of the table', () => {
  const position = { first: -20, last: 4, active: 0, top: -5, page: 10 };
  const cases: readonly (readonly [string, number | undefined, number | undefined])[] = [
    ['ArrowDown', 0, 1],
    ['ArrowDown', 4, 4],
    ['ArrowDown', undefined, -5],
    ['ArrowUp', undefined, 4],
    ['PageUp', 0, -10],
    ['PageUp', -15, -20],
    ['PageDown', 0, 4],
    ['Home', 0, -20],
    ['End', 0, 4],
    ['a', 0, undefined],
  ];
  for (const [key, active, goal] of cases)
    it(`${key} leads from ${String(active)} to ${String(goal)}, also among older matches`, () => {
      assert.equal(placeForKey(key, { ...position, active }), goal);
    });

  it('lead nowhere in an empty table', () => {
    assert.equal(placeForKey('End', { ...position, first: 1, last: 0 }), undefined);
  });
});
