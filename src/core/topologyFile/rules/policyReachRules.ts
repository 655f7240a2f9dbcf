import { noPolicy, unknownPolicy } from '../../topology/policyMatch';
import { compilePolicyPattern } from '../../topology/policyPattern';
import { supportsPolicyKey } from '../../topology/policySupport';
import { predeclaredExchanges } from '../../topology/predeclaredExchanges';
import type { AssignedPolicies, FilePolicy, VhostPolicies } from '../filePolicies';
import { children, stringValue } from '../json/jsonRead';
import { absent } from '../json/jsonTable';
import type { RuleContext } from '../ruleContext';
import { shown } from '../ruleContext';
import { sameValue } from '../sameValue';
import { listed } from '../wording';

/**
 * Whom policies apply to, and whom they miss (DOMAIN 5.4): one policy for each object, of the highest priority, and
 * none that holds a key which the type of the queue does not support. One finding for each policy.
 */
export function policyReachRules(context: RuleContext, policies: ReadonlyMap<string, VhostPolicies>): void {
  for (const vhost of policies.values()) {
    for (const assigned of [vhost.user, vhost.operator]) {
      const tied = checkTies(context, vhost, assigned);
      assigned.policies.forEach((policy, index) => {
        if (!tied.has(index)) checkPolicy(context, vhost, assigned, index);
        if (!policy.isOperator) checkCatchAll(context, vhost, policy);
      });
    }
  }
}

/** The policies that are one of several with the same priority for some object; the later of two is reported. */
function checkTies(
  context: RuleContext,
  { subjects }: VhostPolicies,
  { policies, matches, chosen }: AssignedPolicies,
): ReadonlySet<number> {
  const tied = new Set<number>();
  const highest = new Map<number, number>();
  const rivals = new Map<number, { readonly rival: number; readonly names: string[] }>();
  const order = policies.map((_, index) => index);
  order.sort((a, b) => (policies[b]?.priority ?? 0) - (policies[a]?.priority ?? 0));
  for (const index of order) {
    const match = matches[index];
    // What a pattern that cannot be computed matches may be everything that follows.
    if (!match?.isKnown) break;
    for (const subject of match.able) {
      if (chosen[subject] !== unknownPolicy) continue;
      const rival = highest.get(subject);
      if (rival === undefined) highest.set(subject, index);
      else if (policies[rival]?.priority === policies[index]?.priority) {
        tied.add(index).add(rival);
        const known = rivals.get(index);
        if (known) known.names.push(subjects[subject]?.name ?? '');
        else rivals.set(index, { rival, names: [subjects[subject]?.name ?? ''] });
      }
    }
  }
  for (const [index, { rival, names }] of rivals) {
    const policy = policies[index];
    const other = policies[rival];
    // Whichever of two equal ones applies, it says the same.
    if (!policy || !other || sameValue(context.table, policy.definition, other.definition)) continue;
    const message = `${capital(policy.subject)} and ${other.subject} have the same priority and both match ${listed(names)}, so which of them applies is chance: give them different priorities.`;
    context.report(
      'likely/policy-tie',
      policy.priorityNode === absent ? policy.place : policy.priorityNode,
      message,
    );
  }
  return tied;
}

function checkPolicy(
  context: RuleContext,
  vhost: VhostPolicies,
  { policies, matches, chosen }: AssignedPolicies,
  index: number,
): void {
  const policy = policies[index];
  const match = matches[index];
  if (!policy || !match?.isKnown) return;
  const { able, unsupported, elsewhere } = match;
  const nameOf = (subject: number): string => vhost.subjects[subject]?.name ?? '';
  if (able.length > 0) {
    const rivals = able.map((subject) => chosen[subject] ?? noPolicy);
    if (rivals.some((rival) => rival === index || rival < 0)) {
      if (unsupported.length > 0) checkSkipped(context, vhost, policy, unsupported);
      return;
    }
    const winners = [...new Set(rivals)].map((rival) => policies[rival]?.subject ?? '');
    const others = winners.length === 1 ? (winners[0] ?? '') : `${String(winners.length)} other policies`;
    const message = `${capital(policy.subject)} applies to nothing in the file, because ${others} of higher priority ${winners.length === 1 ? 'applies' : 'apply'} to ${listed(able.map(nameOf))} instead and an object has one policy only: merge them or change a priority.`;
    context.report('likely/policy-shadowed', policy.place, message);
  } else if (unsupported.length > 0) checkSkipped(context, vhost, policy, unsupported);
  else if (elsewhere.length > 0) {
    const [first] = elsewhere;
    const subject = first === undefined ? undefined : vhost.subjects[first];
    const kind = subject?.kind === 'queue' ? `${subject.type ?? 'another type of'} queue` : 'exchange';
    const message = `${capital(policy.subject)} applies to nothing in the file: its pattern matches ${listed(elsewhere.map(nameOf))}, but ${shown(subject?.name ?? '')} is ${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind} and the policy applies to ${shown(policy.applyTo)}: correct "apply-to" or the pattern.`;
    context.report('likely/policy-never-applies', policy.place, message);
  } else checkMatchesNothing(context, vhost, policy);
}

/** Queues that get nothing of a policy because their type does not support one of its keys. */
function checkSkipped(
  context: RuleContext,
  vhost: VhostPolicies,
  policy: FilePolicy,
  unsupported: readonly number[],
): void {
  const { table, target } = context;
  const [first] = unsupported;
  const type = first === undefined ? undefined : vhost.subjects[first]?.type;
  if (!type) return;
  const keys = Array.from(children(table, policy.definition), (node) => ({
    node,
    name: stringValue(table, node) ?? '',
  }));
  const bad = keys.find(({ name }) => !supportsPolicyKey(type, name, target));
  const good = keys.find(({ name }) => supportsPolicyKey(type, name, target));
  // A policy of nothing but such keys has nothing to give to these queues; others in the file have something of it.
  const isWanted = unsupported.length === vhostMatches(vhost, policy) || good !== undefined;
  if (!bad || !isWanted) return;
  const same = unsupported.filter((subject) => vhost.subjects[subject]?.type === type);
  const names = listed(same.map((subject) => vhost.subjects[subject]?.name ?? ''));
  const noun = type === 'stream' ? 'a stream' : `a ${type} queue`;
  const loss = good === undefined ? '' : `, not even ${shown(good.name)}`;
  const message = `${capital(policy.subject)} is not applied to ${names} at all${loss}, because ${noun} does not support ${shown(bad.name)}: make it a policy of its own.`;
  context.report('likely/policy-skips-queues', bad.node, message);
}

/** How many objects of the file its pattern and `apply-to` take. */
function vhostMatches(vhost: VhostPolicies, policy: FilePolicy): number {
  const assigned = policy.isOperator ? vhost.operator : vhost.user;
  const match = assigned.matches[assigned.policies.indexOf(policy)];
  return (match?.able.length ?? 0) + (match?.unsupported.length ?? 0);
}

/** Names that clients, plugins and the broker itself give: policies for them match nothing that a file declares. */
const givenNames = [
  'amq.gen-JzTY20BRgKO-HjmUJj0wLg',
  'amq_0123456789abcdef0123456789abcdef',
  'mqtt-subscription-clientqos1',
  'stomp-subscription-0123456789abcdef',
  'federation: orders -> rabbit@host',
  'aliveness-test',
  ...predeclaredExchanges.keys(),
];

function checkMatchesNothing(context: RuleContext, vhost: VhostPolicies, policy: FilePolicy): void {
  const wantsQueues = policy.applyTo !== 'exchanges';
  const wantsExchanges = policy.applyTo === 'all' || !wantsQueues;
  const couldMatch = vhost.subjects.some(({ kind }) => (kind === 'queue' ? wantsQueues : wantsExchanges));
  const pattern = compilePolicyPattern(policy.pattern);
  if (!couldMatch || !pattern || givenNames.some((name) => pattern.matches(name))) return;
  const what = wantsQueues && wantsExchanges ? 'queue or exchange' : wantsQueues ? 'queue' : 'exchange';
  const message = `No ${what} of the file has a name that this pattern matches, so ${policy.subject} waits for one that is declared elsewhere: check the pattern if it is meant for the file's own.`;
  context.report('advice/policy-matches-nothing', policy.patternNode, message);
}

const serverNamed = 'amq.gen-JzTY20BRgKO-HjmUJj0wLg';
/** Names that have nothing in common: a pattern for all of them is one for everything. */
const anyNames = [serverNamed, 'z', '0'];
/** What makes a queue lose messages, or vanish itself. */
const losing = ['expires', 'message-ttl', 'max-length', 'max-length-bytes'];

/** A limit for everything is one for the queues that clients have their replies in, too. */
function checkCatchAll(context: RuleContext, { subjects }: VhostPolicies, policy: FilePolicy): void {
  const { target } = context;
  const { applyTo, keys } = policy;
  const limit = losing.find((key) => keys.includes(key));
  if (limit === undefined || !['all', 'queues', 'classic_queues'].includes(applyTo)) return;
  if (!keys.every((key) => supportsPolicyKey('classic', key, target))) return;
  const pattern = compilePolicyPattern(policy.pattern);
  if (pattern?.matches(serverNamed) !== true) return;
  if (anyNames.every((name) => pattern.matches(name))) {
    const message = `The pattern ${shown(policy.pattern)} also matches the queues that a broker names for clients (amq.gen-...), so ${shown(limit)} holds for replies and subscriptions too: begin it with what your own names begin with, or with "^(?!amq\\\\.)" for all names but those.`;
    context.report('advice/policy-catches-all', policy.patternNode, message);
  } else if (/^\(?amq/.test(policy.pattern)) {
    const caught = subjects.filter(({ kind, name }) => kind === 'queue' && pattern.matches(name));
    if (caught.length === 0) return;
    const message = `The pattern ${shown(policy.pattern)} matches names that have it anywhere, such as ${listed(caught.map(({ name }) => name))}: begin it with ^ where only the broker's own names are meant.`;
    context.report('advice/policy-catches-all', policy.patternNode, message);
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
