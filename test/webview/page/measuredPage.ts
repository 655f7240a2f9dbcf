/** What the page of `npm run bench` measures about itself: `window.measured`. No DOM types here: Node reads this too. */
export interface MeasuredPage {
  /** Hands the panel a message of its host. */
  hear(message: unknown): void;
  /** Milliseconds between one animation frame and the next. */
  frames(ms: number): Promise<number[]>;
  /** What stands in the table while that time goes by. */
  rows(ms: number): Promise<RowsSeen>;
  /**
   * For each millisecond at which a message may have been published: how long until a frame had been drawn that showed
   * a message of that time or a later one. A message that scrolled by between two snapshots counts as well.
   */
  lags(ms: number): Promise<number[]>;
}

export interface RowsSeen {
  /** Most rows in the document at once, the header included. */
  readonly most: number;
  /** Rows that fit on the screen. */
  readonly onScreen: number;
  readonly stampsSeen: number;
}

/** What a measured page is given before its panel starts. */
export interface MeasuredPageTheme {
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}
