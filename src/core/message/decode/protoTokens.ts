/** Words, numbers, quoted strings and single signs of a `.proto` file; comments and white space are passed over. */
export class ProtoTokens {
  private at = 0;
  private ahead: string | undefined;

  constructor(private readonly text: string) {}

  /** The next token, not taken; empty text at the end. */
  peek(): string {
    this.ahead ??= this.scan();
    return this.ahead;
  }

  next(): string {
    const token = this.peek();
    this.ahead = undefined;
    return token;
  }

  take(token: string): boolean {
    if (this.peek() !== token) return false;
    this.ahead = undefined;
    return true;
  }

  /** Passes over a statement whose content does not matter: to its semicolon, or over its braces. */
  skipStatement(): void {
    let depth = 0;
    for (let token = this.next(); token !== ''; token = this.next()) {
      if (token === '{') depth++;
      if (token === '}') depth--;
      if (depth <= 0 && (token === ';' || token === '}')) return;
    }
  }

  /** Passes over the rest of a field or an enum value: options in brackets, to the semicolon. */
  skipOptions(): void {
    for (let token = this.next(); token !== '' && token !== ';'; token = this.next());
  }

  /** The line of the last token, counted from 1. */
  line(): number {
    let line = 1;
    for (let index = 0; index < this.at; index++) if (this.text.charCodeAt(index) === 0x0a) line++;
    return line;
  }

  private scan(): string {
    const { text } = this;
    this.skipSpace();
    const start = this.at;
    const first = text[start] ?? '';
    if (first === '"' || first === "'") {
      this.at++;
      while (this.at < text.length && text[this.at] !== first) this.at += text[this.at] === '\\' ? 2 : 1;
      this.at = Math.min(this.at + 1, text.length);
    } else if (isWord(text.charCodeAt(start))) {
      while (isWord(text.charCodeAt(this.at))) this.at++;
    } else if (first !== '') this.at++;
    return text.slice(start, this.at);
  }

  private skipSpace(): void {
    const { text } = this;
    for (;;) {
      while (text.charCodeAt(this.at) <= 0x20 || text.charCodeAt(this.at) === 0xfeff) this.at++;
      if (text.startsWith('//', this.at)) this.skipTo('\n');
      else if (text.startsWith('/*', this.at)) this.skipTo('*/');
      else return;
    }
  }

  private skipTo(mark: string): void {
    const found = this.text.indexOf(mark, this.at + 2);
    this.at = found < 0 ? this.text.length : found + mark.length;
  }
}

/** Letters, digits, underscore and the dot that joins names. */
function isWord(code: number): boolean {
  const isDigit = code >= 0x30 && code <= 0x39;
  const isLetter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
  return isDigit || isLetter || code === 0x5f || code === 0x2e;
}
