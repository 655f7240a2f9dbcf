/** A body made readable by a decoder, bounded, for the detail pane. */
export interface DecodedBody {
  /** Which decoder made it; one of `choices`. */
  readonly decoder: string;
  /** The steps in words: "gzip, then MessagePack". */
  readonly label: string;
  readonly text: string;
  /** Editor language of `text`; `hex` where nothing could read the body. */
  readonly language: string;
  /** Why it is not shown as its message claims, a sentence. */
  readonly problem?: string;
  /** There is more than is shown. */
  readonly cut: boolean;
  /** Decoders the user may choose instead. */
  readonly choices: readonly string[];
  /** What stands around the text: attributes of a CloudEvent, the class of a serialised object. */
  readonly facts?: readonly { readonly name: string; readonly value: string }[];
}
