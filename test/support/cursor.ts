import assert from 'node:assert/strict';
import type { TopologyDocument } from '../../src/core/topologyFile/document';
import type { Position, Range } from '../../src/core/topologyFile/finding';
import { createTopologyFileService } from '../../src/core/topologyFile/service';

export interface AtCursor {
  readonly text: string;
  readonly offset: number;
  readonly document: TopologyDocument;
  readonly position: Position;
}

const service = createTopologyFileService();

/** A text whose one `|` is the cursor. */
export function atCursor(source: string): AtCursor {
  const offset = source.indexOf('|');
  assert.ok(offset >= 0 && !source.includes('|', offset + 1), `one cursor: ${source}`);
  const text = source.slice(0, offset) + source.slice(offset + 1);
  const document = service.parse(text);
  return { text, offset, document, position: document.lines.position(offset) };
}

export function textIn(document: TopologyDocument, { start, end }: Range): string {
  return document.text.slice(document.lines.offset(start), document.lines.offset(end));
}

/** The text with what lies in the ranges between ⟦ and ⟧. */
export function withMarks(document: TopologyDocument, ranges: readonly Range[]): string {
  const marks = ranges
    .flatMap(({ start, end }) => [
      { at: document.lines.offset(start), mark: '⟦' },
      { at: document.lines.offset(end), mark: '⟧' },
    ])
    .sort((a, b) => b.at - a.at);
  let { text } = document;
  for (const { at, mark } of marks) text = text.slice(0, at) + mark + text.slice(at);
  return text;
}
