import type { ManifestFile } from './readManifests';
import type { YamlEntry, YamlNode } from './yamlTree';

/** Where in the manifests a piece of the generated text comes from. */
export interface Source {
  readonly file: ManifestFile;
  readonly start: number;
  readonly end: number;
}

type Span = { readonly start: number; readonly end: number };

/** Writes JSON and remembers for every value, key and opening brace where in the manifests it comes from. */
export class DefinitionsText {
  private readonly parts: string[] = [];
  private readonly starts: number[] = [];
  private readonly sources: Source[] = [];
  private length = 0;

  get text(): string {
    return this.parts.join('');
  }

  raw(json: string): void {
    this.parts.push(json);
    this.length += json.length;
  }

  /** A value, key or brace that stands for a part of a file. */
  value(json: string, file: ManifestFile, { start, end }: Span): void {
    this.starts.push(this.length);
    this.sources.push({ file, start, end });
    this.raw(json);
  }

  /** A value as Go's `encoding/json` would send it: whole numbers without a fraction, and no number as text. */
  node(node: YamlNode, file: ManifestFile, budget: { left: number }): void {
    budget.left -= 1;
    if (budget.left < 0 || node.kind === 'other') this.value('"?"', file, node);
    else if (node.kind === 'scalar') {
      const { value } = node;
      this.value(typeof value === 'number' ? numberText(value) : JSON.stringify(value), file, node);
    } else if (node.kind === 'list') {
      this.value('[', file, node);
      node.items.forEach((item, index) => {
        if (index > 0) this.raw(',');
        this.node(item, file, budget);
      });
      this.raw(']');
    } else this.map(node.entries, file, node, budget);
  }

  map(entries: readonly YamlEntry[], file: ManifestFile, at: Span, budget: { left: number }): void {
    this.value('{', file, at);
    entries.forEach((entry, index) => {
      if (index > 0) this.raw(',');
      this.value(JSON.stringify(entry.key), file, { start: entry.keyStart, end: entry.keyEnd });
      this.raw(':');
      this.node(entry.value, file, budget);
    });
    this.raw('}');
  }

  /** The source of what begins at an offset or around it. */
  sourceAt(offset: number): Source | undefined {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return this.sources[low - 1];
  }
}

function numberText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value);
}
