import type { EntryAround } from '../completion/entryAround';
import { entryAround } from '../completion/entryAround';
import { stringValue } from '../json/jsonRead';
import type { JsonTable, NodeId } from '../json/jsonTable';
import { absent, jsonKind } from '../json/jsonTable';
import { pathAt } from '../json/pathAt';
import type { Found, RuleContext } from '../ruleContext';
import type { TextEdit } from '../textEdit';

/** Where a finding is, as the fixes need it. */
export interface FixPlace {
  readonly context: RuleContext;
  readonly found: Found;
  readonly table: JsonTable;
  /** What the finding is at. */
  readonly node: NodeId;
  /** The object or list that holds the node, `absent` for the root. */
  readonly container: NodeId;
  /** The key the node is or belongs to, `absent` in a list. */
  readonly key: NodeId;
  readonly keyName: string;
  readonly entry: EntryAround | undefined;
  /** From the entry to the container: `arguments`; empty for the entry itself. */
  readonly inside: string;
}

export interface Draft {
  /** What it does, as a command: `Write "quorum"`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** One right answer: may be applied with all others, unseen. */
  readonly isCertain: boolean;
}

/** Drafts may turn out not to help: each is tried before it is offered. */
export type Fixer = (place: FixPlace) => readonly Draft[];

export const none: readonly Draft[] = [];

export function certain(title: string, ...edits: readonly TextEdit[]): readonly Draft[] {
  return [{ title, edits, isCertain: true }];
}

export function possible(title: string, ...edits: readonly TextEdit[]): readonly Draft[] {
  return [{ title, edits, isCertain: false }];
}

export function fixPlace(context: RuleContext, found: Found): FixPlace {
  const { table, document } = context;
  const path = pathAt(table, found.start);
  const node = path.at(-1) ?? 0;
  const container = path.at(-2) ?? absent;
  const containers = path.filter((one) => isContainer(table, one) && one !== node);
  const names = containers.slice(1).map((one, depth) => {
    const isMember = table.kind(containers[depth] ?? 0) === jsonKind.object;
    return isMember ? (stringValue(table, one - 1) ?? '') : '*';
  });
  const key = keyOf(table, container, node);
  // A finding about what an entry lacks is at its name or at its brace.
  const isEntry = names.length === 1 && table.kind(node) === jsonKind.object;
  return {
    context,
    found,
    table,
    node,
    container,
    key,
    keyName: stringValue(table, key) ?? '',
    entry: entryAround(
      document,
      isEntry ? [...containers, node] : containers,
      isEntry ? [...names, '*'] : names,
    ),
    inside: names.slice(2).join('/'),
  };
}

function isContainer(table: JsonTable, node: NodeId): boolean {
  return table.kind(node) === jsonKind.object || table.kind(node) === jsonKind.array;
}

function keyOf(table: JsonTable, container: NodeId, node: NodeId): NodeId {
  if (container === absent || table.kind(container) !== jsonKind.object) return absent;
  for (let key = container + 1; key < table.next(container); key = table.next(key + 1))
    if (node === key || node === key + 1) return key;
  return absent;
}
