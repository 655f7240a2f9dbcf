import type { Entry } from '../declarations';
import { member, stringValue } from '../json/jsonRead';
import { absent, jsonKind } from '../json/jsonTable';
import type { NodeId } from '../json/jsonTable';
import type { Target } from '../target';
import { coreQueueType } from '../queueType';
import type { RuleContext } from '../ruleContext';
import { brokerName, shown } from '../ruleContext';
import { entryNoun, vhostSections } from '../sections';
import { kindNames } from '../valueProblem';
import { checkDefaultQueueType } from './queueRules';

/** Which virtual host things are in. A fresh broker has `/` and no other. */
export function vhostRules(context: RuleContext): void {
  const { declarations, target, document } = context;
  if (declarations.form === 'vhost') {
    // In a damaged file the virtual hosts may stand in the part that could not be read.
    const isSingle = declarations.isVhostExport || context.around.isIntoOneVhost === true;
    if (!isSingle && document.isWhole) checkNoVhost(context);
    return;
  }
  const vhosts = declarations.entries('vhosts');
  for (const vhost of vhosts) {
    checkDefaultQueueType(context, vhost);
    checkMetadata(context, vhost);
    checkTracing(context, vhost);
    checkTags(context, vhost.fields.tags);
    checkTags(context, member(context.table, vhost.fields.metadata, 'tags'));
  }
  const made = vhosts.filter((vhost) => !isNeverMade(context, vhost));
  const declared = new Set(made.map((vhost) => vhost.name));
  const isThere = (vhost: string): boolean => declared.has(vhost) || context.around.hasVhost(vhost);
  for (const section of vhostSections) {
    for (const entry of declarations.entries(section)) {
      const node = entry.fields.vhost;
      const noun = entryNoun[section];
      if (node === absent) {
        if (isPassedOver(entry, target)) continue;
        const what = `This ${noun} names no virtual host while others in the file do`;
        if (isDropped(entry, target)) reportDropped(context, entry, what);
        else
          context.reportEntry('refused/missing-vhost', entry, `${what}, so ${context.refuses}: add "vhost".`);
      } else if (entry.vhost === undefined) checkVhostType(context, entry, node);
      else if (!isThere(entry.vhost) && document.isWhole && !isDropped(entry, target)) {
        const message = `The file does not declare the virtual host ${shown(entry.vhost)}, so ${brokerName(target)} refuses it where that does not exist yet: add it to "vhosts".`;
        context.report('refused/undeclared-vhost', node, message);
      }
    }
  }
}

/**
 * A file without a single `vhost` can only be imported into one virtual host, by `/api/definitions/VHOST`; everything
 * else that loads definitions refuses it. Said once: it is one mistake, or an export of a series before 4.0.
 */
function checkNoVhost(context: RuleContext): void {
  const { declarations, target } = context;
  const entries = vhostSections
    .flatMap((section): readonly Entry<(typeof vhostSections)[number]>[] => declarations.entries(section))
    .filter((entry) => entry.fields.vhost === absent && !isPassedOver(entry, target));
  const first = entries.find((entry) => !isDropped(entry, target));
  if (first) {
    const message = `This ${entryNoun[first.section]} names no virtual host and none of its kind does, so ${context.refuses}, unless it is imported into one virtual host only: add "vhost" to each.`;
    context.reportEntry('refused/missing-vhost', first, message);
  } else if (entries[0]) reportDropped(context, entries[0], 'No binding of the file names its virtual host');
}

function reportDropped(context: RuleContext, binding: Entry, what: string): void {
  context.droppedBindings.add(binding.node);
  const message = `${what}, so ${brokerName(context.target)} drops it without a word: add "vhost".`;
  context.reportEntry('surprise/binding-dropped', binding, message);
}

/** RabbitMQ 3.10 looks at the names of reserved exchanges before anything else. */
function isPassedOver(entry: Entry, target: Target): boolean {
  if (target !== '3.10' || entry.section !== 'exchanges') return false;
  return entry.name === '' || entry.name?.startsWith('amq.') === true;
}

/** RabbitMQ 3.10 drops a binding to something that is not there before it asks where that would be. */
function isDropped(entry: Entry, target: Target): boolean {
  return entry.section === 'bindings' && target === '3.10';
}

function checkVhostType(context: RuleContext, entry: Entry, node: NodeId): void {
  const kind = context.table.kind(node);
  if (kind === jsonKind.missing || isDropped(entry, context.target)) return;
  const message = `The virtual host is ${kindNames[kind]} and not text, so ${context.refuses}: write its name in quotes.`;
  context.report('refused/wrong-type', node, message);
}

/** Words or a list of words; nothing else can be split (seen on 3.10.8, 4.0.5 and 4.3.6). */
function checkTags(context: RuleContext, node: NodeId): void {
  const { table } = context;
  const kind = table.kind(node);
  const isFine = [jsonKind.string, jsonKind.array, jsonKind.null, jsonKind.missing].some(
    (fine) => fine === kind,
  );
  if (isFine) return;
  const message = `The tags are ${kindNames[kind]}, so ${context.refuses}: write a list of words.`;
  context.report('refused/wrong-type', node, message);
}

/** Seen on 3.10.8, 4.0.5 and 4.3.6; 3.13 was not tried, so nothing is said for it that only 4.0 refused. */
function checkMetadata(context: RuleContext, vhost: Entry<'vhosts'>): void {
  const { table, target } = context;
  const { metadata } = vhost.fields;
  const kind = table.kind(metadata);
  if (kind !== jsonKind.missing && kind !== jsonKind.object && target !== '4.3') {
    const message = `"metadata" is ${kindNames[kind]}, so ${context.refuses}: write an object.`;
    context.report('refused/wrong-type', metadata, message);
  }
  const node = member(table, metadata, 'default_queue_type');
  const type = stringValue(table, node);
  if (table.kind(node) === jsonKind.missing || (target !== '4.0' && target !== '4.3')) return;
  if (coreQueueType(type) !== undefined || type === 'undefined') return;
  const isNone = type === '' || table.kind(node) === jsonKind.null;
  // A virtual host that exists already, as "/" does, gets its metadata unchecked by 4.0.
  const isOld = target === '4.0' && context.around.hasVhost(vhost.name ?? '');
  const isModule = type !== undefined && /^rabbit_(?:classic|quorum|stream)_queue$/.test(type);
  // What it does not look at then, it looks up when a queue asks for it.
  const isLookedUpLater = isOld ? type !== undefined : target === '4.3' && isModule;
  const isTaken = isOld || (target === '4.3' && (isNone || isModule));
  if (isTaken && !(isLookedUpLater && isNeeded(context, vhost))) return;
  const message = `${context.refuses} because the default queue type is none it knows: write "classic", "quorum" or "stream".`;
  context.report('refused/unknown-queue-type', node, message);
}

function checkTracing(context: RuleContext, vhost: Entry<'vhosts'>): void {
  const kind = context.table.kind(vhost.fields.tracing);
  if (kind === jsonKind.missing || kind === jsonKind.true || kind === jsonKind.false) return;
  const message = `"tracing" is ${kindNames[kind]}, so ${context.refuses}: write true or false without quotes.`;
  context.report('refused/wrong-type', vhost.fields.tracing, message);
}

/** 3.10 says yes to a new virtual host with a default queue type that it does not know, and makes none. */
function isNeverMade(context: RuleContext, vhost: Entry<'vhosts'>): boolean {
  const { table, target, around } = context;
  const node = member(table, vhost.fields.metadata, 'default_queue_type');
  if (target !== '3.10' || vhost.name === undefined || around.hasVhost(vhost.name)) return false;
  if (table.kind(node) === jsonKind.missing || coreQueueType(stringValue(table, node)) !== undefined)
    return false;
  const message = `The virtual host ${shown(vhost.name)} will not be made, although ${brokerName(target)} accepts it, because its default queue type is none it knows: write "classic", "quorum" or "stream".`;
  context.report('surprise/vhost-not-created', node, message);
  return true;
}

/** Whether a queue of the virtual host takes its type from there. */
function isNeeded({ table, declarations }: RuleContext, vhost: Entry<'vhosts'>): boolean {
  return declarations
    .entries('queues')
    .some(
      ({ vhost: own, name, fields }) =>
        own === vhost.name &&
        name?.startsWith('amq.') === false &&
        member(table, fields.arguments, 'x-queue-type') === absent,
    );
}
