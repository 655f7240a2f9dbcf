import { JsonScanner } from './jsonScanner';
import type { JsonToken } from './jsonScanner';

/** JSON as written: numbers as text, keys in order and as often as they stand there. */
export type JsonNode =
  | { readonly kind: 'object'; readonly entries: readonly { name: string; value: JsonNode }[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'null' };

/** Deeper than anybody types. */
const deepestTyped = 64;

/** For header values and the lines of a recording; bodies are never made into trees. */
export function readJson(text: string, deepest = deepestTyped): { node: JsonNode } | { problem: string } {
  const reader = new TreeReader(new JsonScanner(text), deepest);
  try {
    return { node: reader.readAll() };
  } catch (thrown) {
    if (thrown instanceof Unreadable) return { problem: thrown.message };
    throw thrown;
  }
}

/** Stays inside this file: readers here never throw on bad input. */
class Unreadable extends Error {}

class TreeReader {
  private token: JsonToken = 'end';

  constructor(
    private readonly scanner: JsonScanner,
    private readonly deepest: number,
  ) {}

  readAll(): JsonNode {
    this.advance();
    const node = this.readValue(0);
    if (this.token !== 'end') this.complain('nothing after the value');
    return node;
  }

  private advance(): void {
    this.token = this.scanner.next();
  }

  private tokenText(): string {
    return this.scanner.text.slice(this.scanner.start, this.scanner.end);
  }

  private complain(expected: string): never {
    const found = this.token === 'end' ? 'the end' : this.tokenText().slice(0, 20);
    throw new Unreadable(
      `at character ${String(this.scanner.start + 1)}: expected ${expected}, found ${found}`,
    );
  }

  private readValue(depth: number): JsonNode {
    if (depth > this.deepest) throw new Unreadable(`nested deeper than ${String(this.deepest)} levels`);
    const text = this.tokenText();
    switch (this.token) {
      case '{':
        return this.readObject(depth);
      case '[':
        return this.readArray(depth);
      case 'string':
        this.advance();
        return { kind: 'string', value: JSON.parse(text) as string };
      case 'number':
        this.advance();
        return { kind: 'number', text };
      case 'word':
        this.advance();
        return text === 'null' ? { kind: 'null' } : { kind: 'bool', value: text === 'true' };
      default:
        return this.complain('a value');
    }
  }

  private readObject(depth: number): JsonNode {
    const entries: { name: string; value: JsonNode }[] = [];
    this.advance();
    while (this.token !== '}') {
      if (entries.length > 0) this.expect(',', '"," or "}"');
      if (this.token !== 'string') this.complain('a name in double quotes');
      const name = JSON.parse(this.tokenText()) as string;
      this.advance();
      this.expect(':', '":"');
      entries.push({ name, value: this.readValue(depth + 1) });
    }
    this.advance();
    return { kind: 'object', entries };
  }

  private readArray(depth: number): JsonNode {
    const items: JsonNode[] = [];
    this.advance();
    while (this.token !== ']') {
      if (items.length > 0) this.expect(',', '"," or "]"');
      items.push(this.readValue(depth + 1));
    }
    this.advance();
    return { kind: 'array', items };
  }

  private expect(token: JsonToken, words: string): void {
    if (this.token !== token) this.complain(words);
    this.advance();
  }
}
