import { InternedText } from './internedText';

/**
 * A JSON text as rows of typed arrays instead of objects: 400,000 nodes of a 5 MB file cost 5 MB and no garbage.
 * Rows are in document order. The rows of a container follow it directly; `nexts[node]` is the row after its last
 * one, so that skipping a value is one look-up. An object's rows alternate key, value; an array's are its elements.
 */
export type NodeId = number;

/** In place of a node that is not there. */
export const absent: NodeId = -1;

export const jsonKind = {
  /** A value that the text lacks, or that is no JSON: `{"a":}`, `{"a": nope}`. */
  missing: 0,
  object: 1,
  array: 2,
  string: 3,
  number: 4,
  true: 5,
  false: 6,
  null: 7,
} as const;

export type JsonKind = (typeof jsonKind)[keyof typeof jsonKind];

/** The string has backslashes: its value is not the text between its quotes. */
const escapedFlag = 0x10;
/** A key written without quotes. */
const bareFlag = 0x20;

export class JsonTable {
  count = 0;
  readonly names: InternedText;
  private kinds: Uint8Array;
  private starts: Int32Array;
  private ends: Int32Array;
  private nexts: Int32Array;
  /** One more than the number of a name, 0 where nobody asked for it yet. */
  private nameIds: Int32Array | undefined;

  constructor(readonly text: string) {
    this.names = new InternedText(text);
    const room = Math.max(64, text.length >> 4);
    this.kinds = new Uint8Array(room);
    this.starts = new Int32Array(room);
    this.ends = new Int32Array(room);
    this.nexts = new Int32Array(room);
  }

  /** A new last row. Offsets are UTF-16 units; a string's include its quotes. */
  add(kind: JsonKind, start: number, end: number): NodeId {
    const node = this.count;
    if (node === this.kinds.length) this.grow();
    this.kinds[node] = kind;
    this.starts[node] = start;
    this.ends[node] = end;
    this.nexts[node] = node + 1;
    this.count = node + 1;
    return node;
  }

  /** Says that a container ends at `end` and that the rows so far belong to it. */
  close(node: NodeId, end: number): void {
    this.ends[node] = end;
    this.nexts[node] = this.count;
  }

  markEscaped(node: NodeId): void {
    this.kinds[node] = (this.kinds[node] ?? 0) | escapedFlag;
  }

  markBare(node: NodeId): void {
    this.kinds[node] = (this.kinds[node] ?? 0) | bareFlag;
  }

  /** `missing` for `absent` and for any number that is no node. */
  kind(node: NodeId): JsonKind {
    return ((this.kinds[node] ?? 0) & 0x0f) as JsonKind;
  }

  isEscaped(node: NodeId): boolean {
    return ((this.kinds[node] ?? 0) & escapedFlag) !== 0;
  }

  isBare(node: NodeId): boolean {
    return ((this.kinds[node] ?? 0) & bareFlag) !== 0;
  }

  start(node: NodeId): number {
    return this.starts[node] ?? 0;
  }

  end(node: NodeId): number {
    return this.ends[node] ?? 0;
  }

  /** The number that `setNameId` gave this node, else -1: rules ask for the names of bindings often. */
  nameId(node: NodeId): number {
    return (this.nameIds?.[node] ?? 0) - 1;
  }

  setNameId(node: NodeId, id: number): void {
    this.nameIds ??= new Int32Array(this.count);
    this.nameIds[node] = id + 1;
  }

  /** The row after the last one of this value. */
  next(node: NodeId): NodeId {
    return this.nexts[node] ?? this.count;
  }

  private grow(): void {
    const room = this.kinds.length * 2;
    this.kinds = extended(new Uint8Array(room), this.kinds);
    this.starts = extended(new Int32Array(room), this.starts);
    this.ends = extended(new Int32Array(room), this.ends);
    this.nexts = extended(new Int32Array(room), this.nexts);
  }
}

function extended<A extends Uint8Array | Int32Array>(wider: A, old: A): A {
  wider.set(old);
  return wider;
}
