import type { PathStep } from './filterNode';
import type { Comparison, TypedValue } from './operand';

/** A field as it was written, and where. */
export interface TypedField {
  readonly name: string;
  readonly path: readonly PathStep[];
  readonly from: number;
  readonly to: number;
}

/** A piece of text between two offsets, and whether what closes it is there. */
export interface Delimited {
  readonly text: string;
  readonly closed: boolean;
}

/** Ends a word wherever it stands. */
const ends = new Set([' ', '\t', '\n', '\r', '(', ')', '"']);
/** Ends a name in a path besides. */
const endsName = new Set([...ends, '.', ':', '[', ']', '=', '<', '>', '!']);

/** Cuts a filter into pieces. What a piece is depends on where it stands, so the parser asks for the one it expects. */
export class FilterScanner {
  at = 0;

  constructor(readonly text: string) {}

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  peek(): string {
    return this.text[this.at] ?? '';
  }

  skipSpace(): void {
    while (/^\s$/.test(this.peek())) this.at++;
  }

  /** AND, OR and NOT count in capitals and on their own only. */
  keyword(word: 'AND' | 'OR' | 'NOT'): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    const after = this.text[this.at + word.length];
    if (after !== undefined && !ends.has(after)) return false;
    this.at += word.length;
    return true;
  }

  /** `name.step[0]` where one stands here; the caller goes back where no operator follows. */
  field(): TypedField | undefined {
    const from = this.at;
    while (/^[A-Za-z0-9_-]$/.test(this.peek())) this.at++;
    const name = this.text.slice(from, this.at);
    if (!/^[A-Za-z]/.test(name)) return undefined;
    const path: PathStep[] = [];
    for (let step = this.step(); step; step = this.step()) path.push(step);
    return { name, path, from, to: this.at };
  }

  comparison(): Comparison | '!=' | undefined {
    const [operator] = /^(?::?(?:>=|<=|>|<|=)|:|!=)/.exec(this.text.slice(this.at, this.at + 3)) ?? [];
    if (operator === undefined) return undefined;
    this.at += operator.length;
    if (operator === '!=' || operator === ':') return operator;
    return operator.replace(':', '') as Comparison;
  }

  /** What stands between double quotes; a backslash takes the next character as it is. */
  quoted(): Delimited {
    let text = '';
    for (this.at++; !this.atEnd; this.at++) {
      const char = this.peek();
      if (char === '"') {
        this.at++;
        return { text, closed: true };
      }
      if (char === '\\' && this.at + 1 < this.text.length) this.at++;
      text += this.peek();
    }
    return { text, closed: false };
  }

  /** Up to white space, a bracket or a quote. A backslash takes the next character as it is; `*` is any text. */
  word(): TypedValue {
    const pieces: string[] = [];
    let piece = '';
    for (; !this.atEnd && !ends.has(this.peek()); this.at++) {
      const char = this.peek();
      if (char === '*') {
        pieces.push(piece);
        piece = '';
        continue;
      }
      const escaped = char === '\\' && this.at + 1 < this.text.length;
      if (escaped) this.at++;
      piece += this.peek();
    }
    pieces.push(piece);
    return { text: pieces.join('*'), quoted: false, ...(pieces.length > 1 && { glob: pieces }) };
  }

  /** What stands between slashes, with its escapes; a slash inside a character class ends nothing. */
  regex(): Delimited & { readonly flags: string } {
    const from = ++this.at;
    let inClass = false;
    for (; this.at < this.text.length; this.at++) {
      const char = this.peek();
      if (char === '\\') this.at++;
      else if (char === '[') inClass = true;
      else if (char === ']') inClass = false;
      else if (char === '/' && !inClass) {
        const text = this.text.slice(from, this.at++);
        const flagsFrom = this.at;
        while (!this.atEnd && !ends.has(this.peek())) this.at++;
        return { text, closed: true, flags: this.text.slice(flagsFrom, this.at) };
      }
    }
    this.at = this.text.length;
    return { text: this.text.slice(from), closed: false, flags: '' };
  }

  private step(): PathStep | undefined {
    const start = this.at;
    if (this.peek() === '[') {
      const [whole, inside] = /^\[(\d{1,9}|\*)\]/.exec(this.text.slice(start, start + 12)) ?? [];
      if (whole === undefined || inside === undefined) return undefined;
      this.at += whole.length;
      return inside === '*' ? { kind: 'any' } : { kind: 'index', index: Number(inside) };
    }
    if (this.peek() !== '.') return undefined;
    this.at++;
    const name = this.peek() === '"' ? this.quotedName() : this.plainName();
    if (name === undefined) this.at = start;
    return name === undefined ? undefined : { kind: 'name', name };
  }

  private quotedName(): string | undefined {
    const { text, closed } = this.quoted();
    return closed ? text : undefined;
  }

  private plainName(): string | undefined {
    const from = this.at;
    while (!this.atEnd && !endsName.has(this.peek())) this.at++;
    return this.at > from ? this.text.slice(from, this.at) : undefined;
  }
}
