import { member, stringValue } from '../json/jsonRead';
import type { NodeId } from '../json/jsonTable';
import { absent, jsonKind } from '../json/jsonTable';
import type { RuleContext } from '../ruleContext';
import { brokerName } from '../ruleContext';
import type { SectionName } from '../sections';
import { entryNoun, sectionNames } from '../sections';
import { kindNames } from '../valueProblem';

/** The shape of the file: an object of lists of objects (DOMAIN 5.2, PROBES items_string and queues_object). */
export function structureRules(context: RuleContext): void {
  const { table, declarations, target } = context;
  const root = table.kind(0);
  if (root !== jsonKind.object) {
    if (root === jsonKind.missing) return; // the syntax rules have said it
    const message = `The file is ${kindNames[root]}, so ${brokerName(target)} refuses it: definitions are an object of sections such as "queues".`;
    context.reportSpan(
      'refused/not-an-object',
      table.start(0),
      Math.min(table.end(0), table.start(0) + 1),
      message,
    );
    return;
  }
  checkOrigin(context);
  for (const name of sectionNames) {
    const section = declarations.section(name);
    if (!section) continue;
    const kind = table.kind(section.value);
    if (kind !== jsonKind.array) {
      if (kind === jsonKind.missing || !isImported(name, context)) continue;
      const message = `"${name}" is ${kindNames[kind]} and not a list, so ${context.refuses}: put the ${entryNoun[name]} definitions into [ ].`;
      context.report('refused/section-not-a-list', section.key, message);
    }
    for (const stranger of section.strangers) {
      const what = `This entry of "${name}" is ${kindNames[table.kind(stranger)]} and not an object`;
      if (isEntryRefused(name, context)) {
        context.report(
          'refused/entry-not-an-object',
          stranger,
          `${what}, so ${context.refuses}: write { "name": ... }.`,
        );
      } else if (isThereAnyway(name, stranger, context)) {
        context.report(
          'likely/entry-not-an-object',
          stranger,
          `${what}, so ${brokerName(target)} passes over it, which changes nothing here since it is there anyway: write an object or remove it.`,
        );
      } else {
        context.report(
          'surprise/entry-not-an-object',
          stranger,
          `${what}, so ${brokerName(target)} leaves it out without a word: write an object or remove it.`,
        );
      }
    }
  }
}

/**
 * Entries that are no objects are passed over, except by the checks that go through the file beforehand: of queues
 * everywhere, of exchanges and bindings in a cluster import since 3.11 (seen on 3.10.8, 4.0.5, 4.3.6).
 */
function isEntryRefused(section: SectionName, { declarations, target }: RuleContext): boolean {
  if (section === 'queues') return true;
  if (section !== 'exchanges' && section !== 'bindings') return false;
  return declarations.form === 'cluster' && target !== '3.10';
}

/** The name of a virtual host or user that exists beforehand, in place of its entry. */
function isThereAnyway(section: SectionName, node: NodeId, { table, around }: RuleContext): boolean {
  const name = stringValue(table, node);
  if (name === undefined) return false;
  return section === 'vhosts' ? around.hasVhost(name) : section === 'users' && around.hasUser(name);
}

/** Importing into one virtual host reads only the sections that can stand in its export. */
function isImported(name: SectionName, { declarations }: RuleContext): boolean {
  return declarations.form === 'cluster' || name !== 'global_parameters';
}

/** LavinMQ writes the same format, with the exchanges that exist anyway and without topic permissions. */
function checkOrigin(context: RuleContext): void {
  const { table, target } = context;
  const version = member(table, 0, 'lavinmq_version');
  if (version === absent) return;
  const message = `This file was exported from LavinMQ ${stringValue(table, version) ?? ''} and is checked for ${brokerName(target)}.`;
  context.report('advice/lavinmq-file', version - 1, message.replace('LavinMQ  and', 'LavinMQ and'));
}
