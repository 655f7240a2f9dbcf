import { compareTexts as compare, orderedBy } from '../topology/definitionsOrder';
import type { TopologyDocument } from './document';
import { children, member, stringValue } from './json/jsonRead';
import type { JsonTable, NodeId } from './json/jsonTable';
import { jsonKind } from './json/jsonTable';
import type { SectionName } from './sections';
import { sectionFields, sectionNames } from './sections';
import type { TextEdit } from './textEdit';
import { difference } from './textEdit';

/**
 * The same file in an order that does not change from one export to the next: sections as they are imported, entries
 * by virtual host and name, fields in one order, two spaces a level. Numbers and strings stay as they are written.
 * `undefined` for a file in that order already, and for one that is not JSON: there something would be lost.
 */
export function formatForReview({ text, table, problems }: TopologyDocument): TextEdit | undefined {
  if (problems.length > 0 || table.kind(0) !== jsonKind.object) return undefined;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const written = new Writer(table).file().replaceAll('\n', end) + (text.endsWith('\n') ? end : '');
  return written === text ? undefined : difference(text, written);
}

class Writer {
  constructor(private readonly table: JsonTable) {}

  file(): string {
    const sections: readonly string[] = sectionNames;
    // What is no section, such as the version, stays in front in the order it has.
    const place = (key: NodeId): number => sections.indexOf(stringValue(this.table, key) ?? '');
    const keys = [...children(this.table, 0)].sort((a, b) => place(a) - place(b));
    return this.object(keys, '', (key, indent) => {
      const section = sectionNames.find((name) => name === stringValue(this.table, key));
      const isList = this.table.kind(key + 1) === jsonKind.array;
      return section && isList ? this.section(section, key + 1, indent) : this.value(key + 1, indent);
    });
  }

  private section(section: SectionName, list: NodeId, indent: string): string {
    const entries = [...children(this.table, list)].map((node) => ({
      node,
      order: this.order(section, node),
    }));
    // Of equal ones, such as policies declared twice, the order counts and stays.
    entries.sort((a, b) => compare(a.order, b.order));
    const inner = `${indent}  `;
    return this.list(
      entries.map(({ node }) =>
        this.table.kind(node) === jsonKind.object
          ? this.entry(section, node, inner)
          : this.value(node, inner),
      ),
      indent,
    );
  }

  private order(section: SectionName, entry: NodeId): string[] {
    return orderedBy[section].map((field) => {
      const node = member(this.table, entry, field);
      return (
        stringValue(this.table, node) ?? this.table.text.slice(this.table.start(node), this.table.end(node))
      );
    });
  }

  private entry(section: SectionName, entry: NodeId, indent: string): string {
    const fields: readonly string[] = sectionFields[section];
    const place = (key: NodeId): number => {
      const index = fields.indexOf(stringValue(this.table, key) ?? '');
      return index < 0 ? fields.length : index;
    };
    const keys = [...children(this.table, entry)].sort((a, b) => place(a) - place(b));
    return this.object(keys, indent, (key, inner) => {
      const name = stringValue(this.table, key);
      const isTable = name === 'arguments' || name === 'definition';
      return isTable ? this.sorted(key + 1, inner) : this.value(key + 1, inner);
    });
  }

  /** Arguments and policy keys by name. */
  private sorted(node: NodeId, indent: string): string {
    if (this.table.kind(node) !== jsonKind.object) return this.value(node, indent);
    const keys = [...children(this.table, node)];
    const name = (key: NodeId): string => stringValue(this.table, key) ?? '';
    keys.sort((a, b) => compare([name(a)], [name(b)]));
    return this.object(keys, indent, (key, inner) => this.value(key + 1, inner));
  }

  private value(node: NodeId, indent: string): string {
    const { table } = this;
    switch (table.kind(node)) {
      case jsonKind.object:
        return this.object([...children(table, node)], indent, (key, inner) => this.value(key + 1, inner));
      case jsonKind.array:
        return this.list(
          [...children(table, node)].map((element) => this.value(element, `${indent}  `)),
          indent,
        );
      default:
        return table.text.slice(table.start(node), table.end(node));
    }
  }

  private object(
    keys: readonly NodeId[],
    indent: string,
    value: (key: NodeId, indent: string) => string,
  ): string {
    if (keys.length === 0) return '{}';
    const { table } = this;
    const inner = `${indent}  `;
    const lines = keys.map(
      (key) => `${inner}${table.text.slice(table.start(key), table.end(key))}: ${value(key, inner)}`,
    );
    return `{\n${lines.join(',\n')}\n${indent}}`;
  }

  private list(elements: readonly string[], indent: string): string {
    if (elements.length === 0) return '[]';
    return `[\n${elements.map((element) => `${indent}  ${element}`).join(',\n')}\n${indent}]`;
  }
}
