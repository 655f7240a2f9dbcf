import assert from 'node:assert/strict';
import type { Finding } from '../../src/core/topologyFile/finding';
import type { DiagnosticOptions } from '../../src/core/topologyFile/diagnostics';
import { LineIndex } from '../../src/core/topologyFile/lineIndex';
import { createTopologyFileService } from '../../src/core/topologyFile/service';

/** A text with the places where findings are expected between ⟦ and ⟧, in the order of the file. */
export interface Marked {
  readonly text: string;
  readonly spans: readonly (readonly [number, number])[];
}

export function marked(source: string): Marked {
  const spans: [number, number][] = [];
  let text = '';
  let start = -1;
  for (const char of source) {
    if (char === '⟦') start = text.length;
    else if (char === '⟧') spans.push([start, text.length]);
    else text += char;
  }
  return { text, spans };
}

const service = createTopologyFileService();

export function findingsOf(text: string, options: DiagnosticOptions = {}): Finding[] {
  return service.diagnostics(service.parse(text), options);
}

/** That the text has exactly the findings `codes`, each at its mark. */
export function assertFindings(
  source: string,
  codes: readonly string[],
  options: DiagnosticOptions = {},
): void {
  const { text, spans } = marked(source);
  const lines = new LineIndex(text);
  const expected = codes.map((code, index) => {
    const [start, end] = spans[index] ?? [NaN, NaN];
    return `${code} ${show(lines.position(start))}-${show(lines.position(end))}`;
  });
  const actual = findingsOf(text, options).map(
    ({ code, range }) => `${code} ${show(range.start)}-${show(range.end)}`,
  );
  assert.deepEqual(actual, expected, text);
}

export function assertClean(text: string, options: DiagnosticOptions = {}): void {
  assert.deepEqual(
    findingsOf(text, options).map(({ code, message }) => `${code}: ${message}`),
    [],
    text,
  );
}

function show({ line, character }: { line: number; character: number }): string {
  return `${line}:${character}`;
}
