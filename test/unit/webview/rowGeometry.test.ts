import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  contentHeight,
  lastTopRow,
  rowHeight,
  scrollTopFor,
  topRow,
} from '../../../webview/messages/rowGeometry';

const geometry = fc.record({
  rows: fc.nat(50_000_000),
  viewport: fc.integer({ min: rowHeight, max: 3_000 }),
});

describe('the geometry of the table', () => {
  it('never asks a browser for an element taller than it can draw', () => {
    fc.assert(fc.property(geometry, (table) => contentHeight(table) <= 8_000_000));
  });

  it('finds from the scrollbar the row that was scrolled to', () => {
    fc.assert(
      fc.property(geometry, fc.double({ min: 0, max: 1, noNaN: true }), (table, share) => {
        const row = share * lastTopRow(table);
        assert.ok(Math.abs(topRow(table, scrollTopFor(table, row)) - row) < 0.001 * Math.max(1, row / 1_000));
      }),
    );
  });

  it('shows the last row at the end of the scrollbar', () => {
    fc.assert(
      fc.property(geometry, (table) => {
        const end = Math.max(0, contentHeight(table) - table.viewport);
        assert.ok(Math.abs(topRow(table, end) - lastTopRow(table)) < 0.01);
      }),
    );
  });
});
