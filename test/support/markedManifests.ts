import assert from 'node:assert/strict';
import type { Finding } from '../../src/core/topologyFile/finding';
import type { ManifestDiagnosticOptions } from '../../src/core/topologyFile/manifests/judgeFolder';
import type { ManifestFolder } from '../../src/core/topologyFile/manifests/manifestFolder';
import { createManifestService } from '../../src/core/topologyFile/manifests/service';
import { marked } from './markedDefinitions';

const service = createManifestService();

/** A folder of these files, by name. */
export function folderOf(texts: Readonly<Record<string, string>>): ManifestFolder {
  const files = Object.entries(texts).map(([name, text]) => ({ name, id: name, file: service.parse(text) }));
  return { files, isComplete: true };
}

/** The findings of the first file. */
export function manifestFindings(
  texts: Readonly<Record<string, string>>,
  options: ManifestDiagnosticOptions = {},
): Finding[] {
  const folder = folderOf(texts);
  const [first] = folder.files;
  assert.ok(first);
  return service.diagnostics(folder, first.file, options);
}

/** That a manifest alone in its folder has exactly the findings `codes`, each at its mark. */
export function assertManifest(
  source: string,
  codes: readonly string[],
  options: ManifestDiagnosticOptions = {},
): void {
  const { text, spans } = marked(source);
  const { lines } = service.parse(text);
  const show = (at: { line: number; character: number }): string => `${at.line}:${at.character}`;
  // Two findings at one place share its mark.
  const found = manifestFindings({ 'a.yaml': text }, options);
  const expected = [...codes].sort();
  assert.deepEqual(
    found.map(({ code }) => code).sort(),
    expected,
    `${text}\n${found.map((one) => one.message).join('\n')}`,
  );
  const places = new Set(found.map(({ range }) => `${show(range.start)}-${show(range.end)}`));
  const marks = new Set(
    spans.map(([start, end]) => `${show(lines.position(start))}-${show(lines.position(end))}`),
  );
  for (const mark of marks)
    assert.ok(places.has(mark), `${text}\nnothing is found at ${mark}, but at ${[...places].join(' ')}`);
}
