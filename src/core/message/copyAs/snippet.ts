import type { FieldEntry, FieldTable, FieldValue } from '../../base/fieldValue';
import { withoutBrokerHeaders } from '../brokerHeaders';
import { exactText } from '../exactText';
import type { MessageProperties } from '../message';

/** What a snippet of code publishes. */
export interface CopiedMessage {
  readonly exchange: string;
  readonly routingKey: string;
  readonly properties: MessageProperties;
  /** Bytes of the whole body; `body` holds fewer when it was cut. */
  readonly size: number;
  readonly body: Uint8Array;
}

/** Longer bodies are read from a file: nobody wants to paste them. */
const longestLiteral = 64 * 1024;

/** How the body stands in a snippet. */
export type CopiedBody =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'file'; readonly name: string };

export function copiedBody({ body, size }: CopiedMessage): CopiedBody {
  if (size > longestLiteral || body.length < size) return { kind: 'file', name: 'body.bin' };
  const text = exactText(body);
  return text === undefined ? { kind: 'bytes', bytes: body } : { kind: 'text', text };
}

/** Collects, while a snippet is written, what its language cannot say; each becomes a comment above it. */
export class Notes {
  private readonly lines: string[] = [];

  add(line: string): void {
    if (!this.lines.includes(line)) this.lines.push(line);
  }

  comments(mark: string): string[] {
    return this.lines.map((line) => `${mark} ${line}`);
  }
}

/** The headers that are sent: without what a broker wrote, and each name once. */
export function copiedHeaders({ properties }: CopiedMessage, notes: Notes): FieldTable | undefined {
  if (properties.headers === undefined) return undefined;
  const headers = withoutBrokerHeaders(properties.headers);
  if (headers.length < properties.headers.length)
    notes.add('Headers that a broker wrote on the way (x-death and the like) are left out.');
  return headers;
}

/** The last entry of each name: what a table of a programming language can hold. */
export function lastOfEach(table: FieldTable, notes: Notes): readonly FieldEntry[] {
  const last = new Map<string, FieldValue>();
  for (const { name, value } of table) last.set(name, value);
  if (last.size < table.length)
    notes.add('A header stands twice in the message; here only the last one is left.');
  return [...last].map(([name, value]) => ({ name, value }));
}

/** A comment about a body that stands in a file. */
export function fileNote(name: string, { size }: CopiedMessage): string {
  return `The body has ${size.toLocaleString('en')} bytes: save it as ${name} first.`;
}

/**
 * A string literal in double quotes as JavaScript, Python and JSON read it. What could deceive whoever pastes it
 * (controls, bidirectional overrides, invisible characters) is escaped; `astral` writes those beyond U+FFFF.
 */
export function quoted(text: string, astral: (code: number) => string): string {
  return JSON.stringify(text).replace(deceptive, (found) => {
    const code = found.codePointAt(0) ?? 0;
    return code > 0xffff ? astral(code) : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

const deceptive =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;
