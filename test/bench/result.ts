import { median, spreadOf, verdict } from './statistics';

/** One figure of `npm run bench`, printed as one JSON object a line. */
export interface Result {
  readonly name: string;
  /** The median of what was measured. */
  readonly value: number;
  readonly unit: string;
  /** The same measured on what it is compared with, in the same run. */
  readonly baseline?: number;
  /** The median of the ratios of the pairs. */
  readonly ratio?: number;
  /** Smallest and largest of what the budget is about: ratio, difference or value. */
  readonly spread?: readonly [number, number];
  readonly budget?: string;
  /** `noisy`: the pairs lie on both sides of the limit. */
  readonly ok: 'yes' | 'no' | 'noisy';
}

export interface Budget {
  readonly words: string;
  readonly holds: (figure: number) => boolean;
  /** What must keep it: the measured value over that of its baseline, their difference, or the value alone. */
  readonly about: 'ratio' | 'difference' | 'value';
}

/** Passes of one figure and, pair by pair, of its baseline. */
export interface Passes {
  readonly name: string;
  readonly unit: string;
  readonly measured: readonly number[];
  readonly baseline?: readonly number[];
  /** A figure without one is told and judged by nobody. */
  readonly budget?: Budget;
}

export function resultOf({ name, unit, measured, baseline, budget }: Passes): Result {
  const against = (figure: (value: number, base: number) => number): number[] =>
    measured.map((value, pair) => figure(value, baseline?.[pair] ?? NaN));
  const ratios = against((value, base) => value / base);
  const about = budget?.about ?? 'value';
  const judged =
    about === 'ratio' ? ratios : about === 'difference' ? against((value, base) => value - base) : measured;
  return {
    name,
    value: rounded(median(measured)),
    unit,
    ...(baseline && { baseline: rounded(median(baseline)), ratio: rounded(median(ratios)) }),
    ...(judged.length > 1 && { spread: spreadOf(judged.map(rounded)) }),
    ...(budget && { budget: budget.words }),
    ok: budget ? verdict(judged, budget.holds) : 'yes',
  };
}

/** Three digits behind the point are more than any of these figures is good for. */
function rounded(value: number): number {
  return Math.abs(value) >= 1_000 ? Math.round(value) : Number(value.toFixed(3));
}
