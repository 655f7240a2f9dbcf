import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  chosenColumns,
  columns,
  fittingColumns,
  gridTracks,
  keptColumns,
  withColumn,
  withWidth,
} from '../../../webview/messages/columns';

const names = (some: readonly { name: string }[]): string[] => some.map(({ name }) => name);
const anyKept = fc.array(
  fc.record(
    { name: fc.oneof(fc.constantFrom(...names(columns)), fc.string()), width: fc.integer() },
    { requiredKeys: ['name'] },
  ),
);

describe('the columns of the table', () => {
  it('are the usual eight until the user chooses', () => {
    assert.deepEqual(names(chosenColumns([])), [
      'seq',
      'received',
      'exchange',
      'key',
      'flags',
      'size',
      'type',
      'preview',
    ]);
  });

  it('stand in the order of the table, whatever was kept, and strangers are left out', () => {
    const chosen = chosenColumns([{ name: 'preview' }, { name: 'nonsense' }, { name: 'seq', width: 60 }]);
    assert.deepEqual(keptColumns(chosen), [{ name: 'seq', width: 60 }, { name: 'preview' }]);
  });

  it('survive being kept', () => {
    fc.assert(
      fc.property(anyKept, (kept) => {
        const chosen = chosenColumns(kept);
        assert.ok(chosen.length > 0);
        assert.deepEqual(chosenColumns(keptColumns(chosen)), chosen);
      }),
    );
  });

  const narrow: readonly (readonly [number, readonly string[]])[] = [
    [900, ['seq', 'received', 'exchange', 'key', 'flags', 'size', 'type', 'preview']],
    [600, ['seq', 'received', 'key', 'flags', 'size', 'type', 'preview']],
    [400, ['seq', 'received', 'key', 'flags', 'preview']],
    [50, ['preview']],
  ];
  for (const [width, shown] of narrow)
    it(`in ${String(width)} pixels are ${shown.join(', ')}`, () => {
      assert.deepEqual(names(fittingColumns(chosenColumns([]), width)), shown);
    });

  it('find room in any width, and at least one is left', () => {
    fc.assert(
      fc.property(anyKept, fc.integer({ min: 0, max: 3_000 }), (kept, width) => {
        const fitting = fittingColumns(chosenColumns(kept), width);
        const need = fitting.reduce((sum, column) => sum + (column.width ?? column.least) + 8, 16);
        assert.ok(fitting.length === 1 || need <= width);
      }),
    );
  });

  it('come and go one by one, and the last one stays', () => {
    const three = withColumn(chosenColumns([{ name: 'seq' }, { name: 'preview' }]), 'headers', true);
    assert.deepEqual(names(three), ['seq', 'headers', 'preview']);
    const [one] = [withColumn(chosenColumns([{ name: 'seq' }]), 'seq', false)];
    assert.deepEqual(names(one), ['seq']);
  });

  it('take a width within reason, and their usual one again', () => {
    const wide = withWidth(chosenColumns([]), 'key', 333);
    assert.match(gridTracks(wide), / 333px /);
    assert.match(gridTracks(withWidth(wide, 'key', -5)), / 28px /);
    assert.deepEqual(withWidth(wide, 'key', undefined), chosenColumns([]));
  });

  it('fill the table though the last one has a width', () => {
    assert.match(gridTracks(withWidth(chosenColumns([]), 'preview', 300)), /minmax\(80px, 1fr\)$/);
  });
});
