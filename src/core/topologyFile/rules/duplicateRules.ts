import type { Entry } from '../declarations';
import { stringValue } from '../json/jsonRead';
import type { NodeId } from '../json/jsonTable';
import type { RuleContext } from '../ruleContext';
import { shown } from '../ruleContext';
import { sameValue } from '../sameValue';
import type { SectionName } from '../sections';
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
  const seen = new Map<string, NodeId>();
  for (const { node, vhost, fields } of declarations.entries('bindings')) {
    const source = stringValue(table, fields.source);
    const destination = stringValue(table, fields.destination);
    const routingKey = stringValue(table, fields.routing_key);
    const kind = stringValue(table, fields.destination_type);
    if (vhost === undefined || source === undefined || destination === undefined) continue;
    const key = [vhost, source, destination, kind, routingKey].join('\0');
    const first = seen.get(key);
    if (first === undefined) seen.set(key, node);
    // Bindings that differ in their arguments are two bindings.
    else if (sameValue(table, first, node)) {
      const message = `The binding from ${shown(source)} to ${shown(destination)} is here twice and counts once: remove one of them.`;
      context.report('likely/repeated-declaration', fields.source, message);
    }
  }
}
