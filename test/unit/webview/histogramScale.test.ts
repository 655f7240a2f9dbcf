import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { barHeights, bucketAt, rangeOf, spanOf } from '../../../webview/messages/histogramScale';
import { sparkPoints } from '../../../webview/messages/rateSparkline';

const histogram = fc
  .record({
    from: fc.nat(2_000_000_000),
    length: fc.integer({ min: 1, max: 10_000_000 }),
    buckets: fc.integer({ min: 1, max: 200 }),
  })
  .map(({ from, length, buckets }) => ({
    from,
    to: from + length,
    counts: Array.from({ length: buckets }, () => 1),
  }));

describe('the histogram', () => {
  it('gives neighbouring buckets times that meet and do not overlap', () => {
    fc.assert(
      fc.property(histogram, (h) => {
        const ranges = h.counts.map((_, index) => rangeOf(h, index, index));
        assert.equal(ranges[0]?.from, h.from);
        assert.equal(ranges.at(-1)?.to, h.to);
        for (let index = 1; index < ranges.length; index++) {
          const gap = (ranges[index]?.from ?? 0) - (ranges[index - 1]?.to ?? 0);
          // Buckets shorter than a millisecond share it.
          assert.ok(gap === 1 || h.to - h.from < 2 * h.counts.length);
        }
      }),
    );
  });

  it('selects the same time from either end', () => {
    fc.assert(
      fc.property(histogram, fc.nat(199), fc.nat(199), (h, a, b) => {
        const [one, other] = [a % h.counts.length, b % h.counts.length];
        assert.deepEqual(rangeOf(h, one, other), rangeOf(h, other, one));
      }),
    );
  });

  it('shows a selection where its buckets are, and none that lies outside', () => {
    const h = { from: 1_000, to: 2_000, counts: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] };
    const span = spanOf(h, rangeOf(h, 2, 4));
    assert.deepEqual([span?.start, span?.length], [2, 3]);
    assert.equal(spanOf(h, { from: 3_000, to: 4_000 }), undefined);
  });

  it('finds the bucket under the pointer, and the last one beyond the edge', () => {
    const h = { from: 0, to: 10, counts: [0, 0, 0, 0] };
    assert.deepEqual(
      [-1, 0, 0.3, 0.99, 2].map((share) => bucketAt(h, share)),
      [0, 0, 1, 3, 3],
    );
  });

  it('lets one message among a million be seen', () => {
    assert.deepEqual(barHeights([0, 1, 1_000_000], 1_000_000, 36), [0, 1, 36]);
  });
});

describe('the line of the rate', () => {
  it('has the newest second at the right edge and the highest at the top', () => {
    assert.equal(sparkPoints([0, 100, 50]), '57,15.0 58,1.0 59,8.0');
  });

  it('lies at the bottom while nothing comes', () => {
    assert.equal(sparkPoints([0, 0]), '58,15.0 59,15.0');
  });
});
