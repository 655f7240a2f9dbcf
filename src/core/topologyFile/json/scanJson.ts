import { scanString } from './scanString';
import { templateEnd } from './template';
import type { JsonKind, NodeId } from './jsonTable';
import { JsonTable, jsonKind } from './jsonTable';
import type { SyntaxProblem, SyntaxProblemKind } from './syntaxProblem';

export interface ScannedJson {
  /** Node 0 is the root; of kind `missing` when there is none. */
  readonly table: JsonTable;
  /** In document order; at most `maxProblems`. */
  readonly problems: readonly SyntaxProblem[];
}

/** No definitions file nests deeper than a dozen levels; a bound keeps hostile text from eating memory. */
const maxDepth = 512;
const maxProblems = 100;

/**
 * Reads any text as JSON as far as it can be so understood; never throws. One pass without recursion: every step
 * takes a character or closes a container, so it ends after at most two steps a character.
 */
export function scanJson(text: string): ScannedJson {
  return new Scanner(text).scan();
}

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

class Scanner {
  private position = 0;
  private readonly table: JsonTable;
  private readonly problems: SyntaxProblem[] = [];
  /** Open containers, innermost last. */
  private readonly open: NodeId[] = [];
  /** Where the last comma of the innermost container is, when nothing follows it yet. */
  private commaAt = -1;
  /** Nobody knows what a template puts in its place, so no comma is missing or too many beside one. */
  private afterTemplate = false;
  /** Whether the innermost container has a member before the current position. */
  private hasMember = false;

  constructor(private readonly text: string) {
    this.table = new JsonTable(text);
  }

  scan(): ScannedJson {
    if (this.text.charCodeAt(0) === 0xfeff) {
      this.problem('byteOrderMark', 0, 1);
      this.position = 1;
    }
    this.skipBlank();
    if (this.position >= this.text.length) this.problem('empty', 0, this.text.length);
    else this.value();
    if (this.table.count === 0) this.table.add(jsonKind.missing, this.position, this.position);
    while (this.open.length > 0) this.step(this.open[this.open.length - 1] ?? 0);
    this.skipBlank();
    if (this.position < this.text.length) this.problem('trailingText', this.position, this.text.length);
    return { table: this.table, problems: this.problems };
  }

  /** One member or element of the innermost container, or its end. */
  private step(container: NodeId): void {
    this.skipBlank();
    if (this.position >= this.text.length) {
      this.closeAll('truncated');
      return;
    }
    const isObject = this.table.kind(container) === jsonKind.object;
    const code = this.text.charCodeAt(this.position);
    if (code === closeBrace || code === closeBracket)
      this.closer(container, isObject === (code === closeBrace));
    else if (code === comma) this.comma();
    else {
      if (this.hasMember && this.commaAt < 0 && !this.afterTemplate)
        this.problem('missingComma', this.position, this.position + 1);
      this.commaAt = -1;
      this.hasMember = true;
      this.afterTemplate = false;
      if (isObject) this.member();
      else this.value();
    }
  }

  private comma(): void {
    if ((!this.hasMember || this.commaAt >= 0) && !this.afterTemplate)
      this.problem('unexpected', this.position, this.position + 1);
    this.commaAt = this.position;
    this.position += 1;
  }

  private closer(container: NodeId, fits: boolean): void {
    if (!fits) {
      this.problem('mismatchedBracket', this.position, this.position + 1);
      const outer = this.text.charCodeAt(this.position) === closeBrace ? jsonKind.object : jsonKind.array;
      // A closer that fits an outer container ends this one as well; one that fits nothing is passed over.
      if (this.open.some((node) => this.table.kind(node) === outer)) this.close(container, this.position);
      else this.position += 1;
      return;
    }
    if (this.commaAt >= 0 && this.hasMember) this.problem('trailingComma', this.commaAt, this.commaAt + 1);
    this.position += 1;
    this.close(container, this.position);
  }

  private close(container: NodeId, end: number): void {
    this.table.close(container, end);
    this.open.pop();
    this.commaAt = -1;
    this.hasMember = true;
  }

  private closeAll(why: SyntaxProblemKind): void {
    this.problem(why, this.position, this.position);
    while (this.open.length > 0) this.close(this.open[this.open.length - 1] ?? 0, this.position);
  }

  private member(): void {
    if (!this.key()) return;
    this.skipBlank();
    const code = this.text.charCodeAt(this.position);
    if (code === colon) {
      this.position += 1;
      this.skipBlank();
    } else this.problem('missingColon', this.position, this.position);
    const next = this.text.charCodeAt(this.position);
    const isMissing =
      this.position >= this.text.length || next === comma || next === closeBrace || next === closeBracket;
    if (isMissing || (next === quote && this.isKeyAhead())) {
      if (code === colon) this.problem('missingValue', this.position, this.position);
      this.table.add(jsonKind.missing, this.position, this.position);
    } else if (code !== colon && next !== quote && next !== openBrace && next !== openBracket) {
      this.table.add(jsonKind.missing, this.position, this.position);
    } else this.value();
  }

  /**
   * Whether the string here has a colon after it: then it is the next key, and the value before it is still to be
   * written. Looks a bounded way ahead; exports have a comma or a bracket after the quote, which ends it at once.
   */
  private isKeyAhead(): boolean {
    const close = this.text.indexOf('"', this.position + 1);
    if (close < 0 || close - this.position > 300) return false;
    // The quote may be a part of the string; such a value is taken for one.
    if (this.text.charCodeAt(close - 1) === 0x5c) return false;
    let at = close + 1;
    for (
      let code = this.text.charCodeAt(at);
      code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
    )
      code = this.text.charCodeAt((at += 1));
    return this.text.charCodeAt(at) === colon;
  }

  /** False when what is there is no key, and has been passed over. */
  private key(): boolean {
    const start = this.position;
    const code = this.text.charCodeAt(start);
    if (code === quote || code === 0x27) {
      this.string(code);
      return true;
    }
    if (this.template()) return false;
    const end = this.wordEnd();
    if (end === start) {
      this.junk();
      return false;
    }
    this.problem('bareKey', start, end);
    this.table.markBare(this.table.add(jsonKind.string, start, end));
    this.position = end;
    return true;
  }

  private value(): void {
    const start = this.position;
    const code = this.text.charCodeAt(start);
    if (code === quote || code === 0x27) this.string(code);
    else if (this.template()) this.table.add(jsonKind.missing, start, this.position);
    else if (code === openBrace) this.container(jsonKind.object);
    else if (code === openBracket) this.container(jsonKind.array);
    else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) this.number();
    else this.word();
  }

  private container(kind: JsonKind): void {
    const node = this.table.add(kind, this.position, this.position);
    this.open.push(node);
    this.position += 1;
    this.commaAt = -1;
    this.hasMember = false;
    if (this.open.length > maxDepth) {
      this.problem('tooDeep', this.position - 1, this.position);
      this.position = this.text.length;
      while (this.open.length > 0) this.close(this.open[this.open.length - 1] ?? 0, this.position);
    }
  }

  private string(delimiter: number): void {
    const start = this.position;
    // Nearly every string is plain: found without a result object for each.
    let end = start + 1;
    let code = this.text.charCodeAt(end);
    while (code !== quote && code !== 0x5c && code >= 0x20) code = this.text.charCodeAt((end += 1));
    if (code === quote && delimiter === quote) {
      this.table.add(jsonKind.string, start, end + 1);
      this.position = end + 1;
      return;
    }
    if (delimiter !== quote) this.problem('singleQuotes', start, start + 1);
    const scanned = scanString(this.text, start, delimiter);
    const node = this.table.add(jsonKind.string, start, scanned.end);
    if (scanned.escaped) this.table.markEscaped(node);
    if (scanned.problem) this.problem(scanned.problem.kind, scanned.problem.start, scanned.problem.end);
    this.position = scanned.end;
  }

  private number(): void {
    const start = this.position;
    let end = start;
    for (let code = this.text.charCodeAt(end); isNumberPart(code); code = this.text.charCodeAt(end)) end += 1;
    if (end - start > 9 || !isPlainInteger(this.text, start, end)) {
      const written = this.text.slice(start, end);
      if (!/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/.test(written))
        this.problem('badNumber', start, end);
    }
    this.table.add(jsonKind.number, start, end);
    this.position = end;
  }

  private word(): void {
    const start = this.position;
    const end = this.wordEnd();
    if (end === start) {
      this.junk();
      this.table.add(jsonKind.missing, start, this.position);
      return;
    }
    const kind = wordKinds.get(this.text.slice(start, end)) ?? jsonKind.missing;
    if (kind === jsonKind.missing) this.problem('badWord', start, end);
    this.table.add(kind, start, end);
    this.position = end;
  }

  private wordEnd(): number {
    let end = this.position;
    for (let code = this.text.charCodeAt(end); isWordPart(code); code = this.text.charCodeAt(end)) end += 1;
    return end;
  }

  private template(): boolean {
    const end = templateEnd(this.text, this.position);
    if (end < 0) return false;
    this.problem('template', this.position, end);
    this.position = end;
    this.afterTemplate = true;
    return true;
  }

  private junk(): void {
    this.problem('unexpected', this.position, this.position + 1);
    this.position += 1;
  }

  /** Passes white space and comments. */
  private skipBlank(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.position);
      if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) this.position += 1;
      else if (code !== 0x2f || !this.comment()) return;
    }
  }

  private comment(): boolean {
    const start = this.position;
    const second = this.text.charCodeAt(start + 1);
    if (second !== 0x2f && second !== 0x2a) return false;
    const close = this.text.indexOf(second === 0x2f ? '\n' : '*/', start + 2);
    this.position = close < 0 ? this.text.length : second === 0x2f ? close : close + 2;
    this.problem('comment', start, this.position);
    return true;
  }

  private problem(kind: SyntaxProblemKind, start: number, end: number): void {
    if (this.problems.length < maxProblems) this.problems.push({ kind, start, end });
  }
}

const wordKinds: ReadonlyMap<string, JsonKind> = new Map<string, JsonKind>([
  ['true', jsonKind.true],
  ['false', jsonKind.false],
  ['null', jsonKind.null],
]);

function isNumberPart(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    code === 0x2e ||
    code === 0x2d ||
    code === 0x2b ||
    (code | 0x20) === 0x65
  );
}

/** The shape of nearly every number in a definitions file, told without a regular expression. */
function isPlainInteger(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  if (first === 0x30) return end === start + 1;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}

function isWordPart(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x2d ||
    code === 0x2e ||
    code === 0x24
  );
}
