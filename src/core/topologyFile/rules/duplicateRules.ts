import type { Entry } from '../declarations';
import { hashOf } from '../json/internedText';
import { nameId, stringValue } from '../json/jsonRead';
import { absent } from '../json/jsonTable';
import type { RuleContext } from '../ruleContext';
import { shown } from '../ruleContext';
import { sameValue } from '../sameValue';
import { entryNoun } from '../sections';

/**
 * The same name twice. Entries of most sections are imported at the same time, so which one wins is chance (DOMAIN
 * 5.2); policies and parameters one after the other, so the last wins.
 */
export function duplicateRules(context: RuleContext): void {
  for (const section of ['users', 'vhosts', 'exchanges', 'queues', 'policies'] as const)
    checkSection(context, section);
  checkBindings(context);
}

function checkSection(
  context: RuleContext,
  section: 'users' | 'vhosts' | 'exchanges' | 'queues' | 'policies',
): void {
  const { table, declarations } = context;
  const isGlobal = section === 'users' || section === 'vhosts';
  const seen = new Map<string, Entry>();
  for (const entry of declarations.entries(section)) {
    if (entry.name === undefined || (!isGlobal && entry.vhost === undefined)) continue;
    const key = isGlobal ? entry.name : `${entry.vhost ?? ''}\0${entry.name}`;
    const first = seen.get(key);
    if (!first) {
      seen.set(key, entry);
      continue;
    }
    const noun = `${entryNoun[section]} ${shown(entry.name)}`;
    if (sameValue(table, first.node, entry.node)) {
      context.report(
        'likely/repeated-declaration',
        entry.fields.name,
        `The ${noun} is declared twice in the same way: remove one of them.`,
      );
    } else {
      const winner = section === 'policies' ? 'the last one' : 'one of them, by chance';
      const message = `The ${noun} is declared twice with different content and the broker keeps ${winner}: make them one.`;
      context.report('surprise/duplicate-declaration', entry.fields.name, message);
    }
  }
}

function checkBindings(context: RuleContext): void {
  const { table, declarations } = context;
  const firsts = new Map<number, Entry<'bindings'>>();
  /** Nearly every hash has one binding: lists are made for the others only. */
  const others = new Map<number, Entry<'bindings'>[]>();
  for (const binding of declarations.entries('bindings')) {
    const { vhost, source, destination, routing_key: key } = binding.fields;
    const ends = chained(chained(nameId(table, vhost), nameId(table, source)), nameId(table, destination));
    const hash = chained(ends, key === absent ? -1 : hashOf(table.text, table.start(key), table.end(key)));
    const first = firsts.get(hash);
    if (!first) {
      firsts.set(hash, binding);
      continue;
    }
    let alike = others.get(hash);
    if (!alike) others.set(hash, (alike = [first]));
    // Bindings that differ in their arguments only are two bindings.
    if (alike.some((other) => sameValue(table, other.node, binding.node))) {
      const from = stringValue(table, source) ?? '';
      const to = stringValue(table, destination) ?? '';
      const message = `The binding from ${shown(from)} to ${shown(to)} is here twice and counts once: remove one of them.`;
      context.report('likely/repeated-declaration', source, message);
      continue;
    }
    // A file of nothing but bindings that differ in their arguments must not take quadratic time.
    if (alike.length < 64) alike.push(binding);
  }
}

function chained(before: number, next: number): number {
  return (Math.imul(before, 31) + next) | 0;
}
