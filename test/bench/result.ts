/** One figure of `npm run bench`, printed as one JSON object a line. */
export interface Result {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The same measured on what it is compared with, in the same run. */
  readonly baseline?: number;
  readonly ratio?: number;
  /** Smallest and largest ratio (or value) of the pairs. */
  readonly spread?: readonly [number, number];
  readonly budget?: string;
  /** `noisy`: the spread is too wide to say. */
  readonly ok: 'yes' | 'no' | 'noisy';
}
