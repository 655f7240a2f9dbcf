export type PrettyXml =
  | { readonly kind: 'xml'; readonly text: string; readonly cut: boolean }
  /** Not well formed: where and why, a clause. */
  | { readonly kind: 'notXml'; readonly message: string };

interface OpenElement {
  readonly name: string;
  readonly line: number;
  /** Holds text: white space inside it means something. */
  mixed: boolean;
  hasChildren: boolean;
  /** White space that counts only if nothing else comes. */
  blank: string;
}

const deepestIndent = 40;
const whitespaceOnly = /^[ \t\r\n]*$/;

/**
 * Indents XML whose elements hold only elements; text, attributes, comments, CDATA and entities stay as written.
 * Nothing is expanded and nothing is fetched: a DOCTYPE is copied like a comment. At most about `most` characters
 * come out. With `partial`, text that merely stops early is still XML.
 */
export function prettyXml(text: string, most: number, { partial = false } = {}): PrettyXml {
  return new XmlPrinter(text, most, partial).print();
}

/** Stays inside this file. */
class NotWellFormed extends Error {}

class XmlPrinter {
  private at = 0;
  private line = 1;
  private counted = 0;
  private readonly open: OpenElement[] = [];
  private readonly pieces: string[] = [];
  private length = 0;
  private sawRoot = false;

  constructor(
    private readonly text: string,
    private readonly most: number,
    private readonly partial: boolean,
  ) {}

  print(): PrettyXml {
    try {
      while (this.at < this.text.length && this.length <= this.most) this.token();
      const isCut = this.length > this.most;
      const last = this.open.at(-1);
      if (!isCut && !this.partial) {
        if (last !== undefined) throw new NotWellFormed(`<${last.name}> of line ${last.line} is not closed`);
        if (!this.sawRoot) throw new NotWellFormed('there is no element');
      }
      const all = this.pieces.join('').replace(/^\n/, '');
      return { kind: 'xml', text: all.slice(0, this.most), cut: isCut || this.partial };
    } catch (thrown) {
      if (thrown instanceof NotWellFormed) return { kind: 'notXml', message: thrown.message };
      throw thrown;
    }
  }

  private token(): void {
    const { text, at } = this;
    if (text[at] !== '<') this.characters();
    // What the text was cut in the middle of.
    else if (this.partial && text.indexOf('>', at) < 0) this.push(this.take(text.length));
    else if (text.startsWith('<!--', at)) this.aside('-->');
    else if (text.startsWith('<![CDATA[', at)) this.cdata();
    else if (text.startsWith('<?', at)) this.aside('?>');
    else if (text.startsWith('<!', at)) this.doctype();
    else if (text.startsWith('</', at)) this.endTag();
    else this.startTag();
  }

  private characters(): void {
    const found = this.text.indexOf('<', this.at);
    const run = this.take(found < 0 ? this.text.length : found);
    const inside = this.open.at(-1);
    const isBlank = whitespaceOnly.test(run);
    if (inside === undefined) {
      if (!isBlank) throw this.problem('text stands outside of the root element');
    } else if (isBlank && !inside.mixed) inside.blank = run;
    else {
      if (!inside.hasChildren) this.push(inside.blank);
      inside.mixed = true;
      this.push(run);
    }
  }

  private cdata(): void {
    const inside = this.open.at(-1);
    if (inside === undefined) throw this.problem('CDATA stands outside of the root element');
    inside.mixed = true;
    this.push(this.take(this.endOf(']]>')));
  }

  /** Comments and processing instructions. */
  private aside(end: string): void {
    this.breakLine();
    this.push(this.take(this.endOf(end)));
  }

  /** With its internal subset in brackets, which is not looked at. */
  private doctype(): void {
    if (this.sawRoot) throw this.problem('a declaration stands behind the root element');
    this.breakLine();
    const subset = /\[[^]*?\]\s*>/y;
    const bracket = this.text.indexOf('[', this.at);
    const close = this.text.indexOf('>', this.at);
    if (bracket >= 0 && bracket < close) {
      subset.lastIndex = bracket;
      if (subset.test(this.text)) {
        this.push(this.take(subset.lastIndex));
        return;
      }
    }
    this.push(this.take(this.endOf('>')));
  }

  private startTag(): void {
    const end = this.tagEnd();
    const name = this.nameAt(this.at + 1);
    if (this.open.length === 0 && this.sawRoot) throw this.problem(`<${name}> is a second root element`);
    this.sawRoot = true;
    this.breakLine();
    const line = this.line;
    const tag = this.take(end);
    this.push(tag);
    const parent = this.open.at(-1);
    if (parent !== undefined) parent.hasChildren = true;
    if (!tag.endsWith('/>')) this.open.push({ name, line, mixed: false, hasChildren: false, blank: '' });
  }

  private endTag(): void {
    const name = this.nameAt(this.at + 2);
    const element = this.open.pop();
    if (element?.name !== name) {
      const instead =
        element === undefined ? 'nothing is open' : `<${element.name}> of line ${element.line} is open`;
      throw this.problem(`</${name}> closes what is not open: ${instead}`);
    }
    if (element.hasChildren && !element.mixed) this.newLine(this.open.length);
    if (!element.hasChildren && !element.mixed) this.push(element.blank);
    this.push(this.take(this.endOf('>')));
  }

  /** Past the ">" of a start tag; one inside quotes does not count. */
  private tagEnd(): number {
    const { text } = this;
    let quote = '';
    for (let index = this.at + 1; index < text.length; index++) {
      const char = text[index] ?? '';
      if (quote !== '') {
        if (char === quote) quote = '';
      } else if (char === '"' || char === "'") quote = char;
      else if (char === '>') return index + 1;
      else if (char === '<') throw this.problem('"<" stands inside a tag');
    }
    if (this.partial) return text.length;
    throw this.problem('a tag is not closed');
  }

  private nameAt(from: number): string {
    const pattern = /[\p{L}_:][\p{L}\p{N}\p{M}_:.·-]{0,999}/uy;
    pattern.lastIndex = from;
    const name = pattern.exec(this.text)?.[0];
    if (name === undefined && !(this.partial && from >= this.text.length))
      throw this.problem('"<" without a name');
    return name ?? '';
  }

  private endOf(mark: string): number {
    const found = this.text.indexOf(mark, this.at);
    if (found >= 0) return found + mark.length;
    if (this.partial) return this.text.length;
    throw this.problem(`"${mark}" is missing`);
  }

  private take(end: number): string {
    const run = this.text.slice(this.at, end);
    this.at = end;
    return run;
  }

  private breakLine(): void {
    if (this.open.at(-1)?.mixed !== true) this.newLine(this.open.length);
    const parent = this.open.at(-1);
    if (parent !== undefined) parent.hasChildren = true;
    this.countLines();
  }

  private newLine(depth: number): void {
    this.push(`\n${'  '.repeat(Math.min(depth, deepestIndent))}`);
  }

  private push(piece: string): void {
    this.pieces.push(piece);
    this.length += piece.length;
  }

  private countLines(): void {
    for (; this.counted < this.at; this.counted++)
      if (this.text.charCodeAt(this.counted) === 0x0a) this.line++;
  }

  private problem(what: string): NotWellFormed {
    this.countLines();
    return new NotWellFormed(`line ${this.line}: ${what}`);
  }
}
