import type { JsonNode } from './jsonTree';

export type JsonObject = Extract<JsonNode, { readonly kind: 'object' }>;

export const emptyObject: JsonObject = { kind: 'object', entries: [] };

/** The value under that name; of several the first. `undefined` for anything that is no object. */
export function jsonMember(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.entries.find((entry) => entry.name === name)?.value : undefined;
}

/** The text of a string; `undefined` for any other kind. */
export function jsonString(node: JsonNode | undefined): string | undefined {
  return node?.kind === 'string' ? node.value : undefined;
}

export function jsonObject(entries: Readonly<Record<string, JsonNode | undefined>>): JsonObject {
  return {
    kind: 'object',
    entries: Object.entries(entries).flatMap(([name, value]) =>
      value === undefined ? [] : [{ name, value }],
    ),
  };
}

/** On one line, numbers as they were written. */
export function writeJson(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return `{${node.entries.map(({ name, value }) => `${JSON.stringify(name)}:${writeJson(value)}`).join()}}`;
    case 'array':
      return `[${node.items.map(writeJson).join()}]`;
    default:
      return scalar(node);
  }
}

/** On lines of its own, two spaces a level, as in a file; `indent` is that of the line it begins on. */
export function layOutJson(node: JsonNode, indent = ''): string {
  const inner = `${indent}  `;
  switch (node.kind) {
    case 'object': {
      const lines = node.entries.map(
        ({ name, value }) => `${inner}${JSON.stringify(name)}: ${layOutJson(value, inner)}`,
      );
      return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
    }
    case 'array': {
      const lines = node.items.map((item) => inner + layOutJson(item, inner));
      return lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n${indent}]`;
    }
    default:
      return scalar(node);
  }
}

/** With the names of every object in order; of equal ones the order stays. */
export function sortedJson(node: JsonNode): JsonNode {
  switch (node.kind) {
    case 'object':
      return {
        kind: 'object',
        entries: node.entries
          .map(({ name, value }) => ({ name, value: sortedJson(value) }))
          .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
      };
    case 'array':
      return { kind: 'array', items: node.items.map(sortedJson) };
    default:
      return node;
  }
}

/**
 * A text that is equal exactly when two values mean the same to a broker: the order of names and the spelling of
 * numbers do not count, but 2 and 2.0 are an integer and a fraction.
 */
export function jsonMeaning(node: JsonNode): string {
  const normal = (each: JsonNode): JsonNode => {
    switch (each.kind) {
      case 'object':
        return {
          kind: 'object',
          entries: each.entries.map(({ name, value }) => ({ name, value: normal(value) })),
        };
      case 'array':
        return { kind: 'array', items: each.items.map(normal) };
      case 'number':
        return { kind: 'number', text: normalNumber(each.text) };
      default:
        return each;
    }
  };
  return writeJson(sortedJson(normal(node)));
}

function normalNumber(text: string): string {
  return /^-?\d+$/.test(text) ? String(BigInt(text)) : `fraction ${String(Number(text))}`;
}

function scalar(node: Exclude<JsonNode, { kind: 'object' | 'array' }>): string {
  switch (node.kind) {
    case 'string':
      return JSON.stringify(node.value);
    case 'number':
      return node.text;
    case 'bool':
      return String(node.value);
    case 'null':
      return 'null';
  }
}
