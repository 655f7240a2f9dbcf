import { children, isText, stringValue } from '../json/jsonRead';
import type { JsonTable, NodeId } from '../json/jsonTable';
import { jsonKind } from '../json/jsonTable';
import type { RuleContext } from '../ruleContext';
import { brokerName, shown } from '../ruleContext';
import { sameValue } from '../sameValue';

/** The same key twice in one object, anywhere in the file. The broker's parsers keep one of them. */
export function keyRules(context: RuleContext): void {
  const { table } = context;
  for (let node = 0; node < table.count; node += 1)
    if (table.kind(node) === jsonKind.object && mayRepeat(table, node)) checkKeys(context, table, node);
}

/** Looked at for every object of the file: no for nearly all of them, from the lengths and first letters of the keys. */
function mayRepeat(table: JsonTable, object: NodeId): boolean {
  const end = table.next(object);
  let seen = 0;
  for (let key = object + 1; key < end; key = table.next(key + 1)) {
    // An escape hides how long a key is.
    if (table.isEscaped(key) || table.isBare(key)) return true;
    const start = table.start(key);
    const bit = 1 << ((table.end(key) - start) * 5 + table.text.charCodeAt(start + 1) * 2);
    if ((seen & bit) !== 0) return true;
    seen |= bit;
  }
  return false;
}

function checkKeys(context: RuleContext, table: JsonTable, object: NodeId): void {
  const keys = [...children(table, object)];
  // Entries of an export have half a dozen keys: comparing lengths and letters is cheaper than a set.
  const repeated = keys.length <= 16 ? repeatedFew(table, keys) : repeatedMany(table, keys);
  for (const [first, second] of repeated) {
    const name = shown(stringValue(table, second) ?? '');
    if (sameValue(table, first + 1, second + 1)) {
      context.report(
        'likely/repeated-key',
        second,
        `The key ${name} is here twice with the same value: remove one.`,
      );
    } else {
      context.report(
        'surprise/duplicate-key',
        second,
        `The key ${name} is here twice with different values and ${brokerName(context.target)} keeps only the ${context.target === '3.10' ? 'last' : 'first'}: remove the wrong one.`,
      );
    }
  }
}

type Pair = readonly [NodeId, NodeId];

const none: readonly Pair[] = [];

function repeatedFew(table: JsonTable, keys: readonly NodeId[]): readonly Pair[] {
  let pairs: Pair[] | undefined;
  for (let second = 1; second < keys.length; second += 1) {
    const key = keys[second] ?? 0;
    const length = table.end(key) - table.start(key);
    for (let first = 0; first < second; first += 1) {
      const other = keys[first] ?? 0;
      if (
        table.end(other) - table.start(other) !== length &&
        !table.isEscaped(key) &&
        !table.isEscaped(other)
      )
        continue;
      if (!isText(table, other, stringValue(table, key) ?? '')) continue;
      (pairs ??= []).push([other, key]);
      break;
    }
  }
  return pairs ?? none;
}

function repeatedMany(table: JsonTable, keys: readonly NodeId[]): Pair[] {
  const pairs: Pair[] = [];
  const seen = new Map<string, NodeId>();
  for (const key of keys) {
    const name = stringValue(table, key) ?? '';
    const first = seen.get(name);
    if (first === undefined) seen.set(name, key);
    else pairs.push([first, key]);
  }
  return pairs;
}
