import type { PolicyPattern } from './policyPattern';
import { compilePolicyPattern } from './policyPattern';
import { supportsPolicyKey } from './policySupport';
import type { BrokerSeries, CoreQueueType } from './queueArguments';

/** What of a policy decides whom it applies to. */
export interface PolicyRule {
  readonly pattern: string;
  readonly priority: number;
  /** `queues`, `exchanges`, `all`, `classic_queues`, `quorum_queues` or `streams`. */
  readonly applyTo: string;
  /** The keys of its definition. */
  readonly keys: readonly string[];
}

/** A queue or exchange of one virtual host. */
export interface PolicySubject {
  readonly name: string;
  readonly kind: 'queue' | 'exchange';
  /** Of a queue; missing for one of a plugin. */
  readonly type?: CoreQueueType | undefined;
}

/** What one policy meets. Numbers are places in the list of subjects. */
export interface PolicyMatch {
  /** False for a pattern whose matches cannot be computed: the lists are empty then. */
  readonly isKnown: boolean;
  /** Those whose name matches and that it could apply to by type and key. */
  readonly able: readonly number[];
  /** Queues it is meant for, whose type does not support one of its keys: it is not applied to them at all. */
  readonly unsupported: readonly number[];
  /** Those whose name matches and that its `apply-to` leaves out. */
  readonly elsewhere: readonly number[];
}

/** Who gets which policy. User policies and operator policies are assigned apart from each other. */
export interface PolicyAssignment {
  /** One for each policy. */
  readonly matches: readonly PolicyMatch[];
  /** For each subject the place of its policy in the list, `noPolicy` or `unknownPolicy`. */
  readonly chosen: Int32Array;
}

export const noPolicy = -1;
/** Of policies of one priority, or one whose matches are not known: any of them may be it. */
export const unknownPolicy = -2;

/** Searches by regular expression that one assignment may cost; what lies beyond is not known. */
const mostSearches = 200_000;

/**
 * The policy of every subject (`rabbit_policy:match/2`; DOMAIN 5.4): of those whose pattern, `apply-to` and keys fit,
 * the one of the highest priority. Of several with that priority nobody can say which.
 */
export function assignPolicies(
  policies: readonly PolicyRule[],
  subjects: readonly PolicySubject[],
  series: BrokerSeries,
): PolicyAssignment {
  const budget = { searches: mostSearches };
  const matches = policies.map((policy) => matchesOf(policy, subjects, series, budget));
  const chosen = new Int32Array(subjects.length).fill(noPolicy);
  const order = policies.map((_, index) => index);
  order.sort((a, b) => (policies[b]?.priority ?? 0) - (policies[a]?.priority ?? 0));
  for (const index of order) {
    const { isKnown, able } = matches[index] ?? unknown;
    const priority = policies[index]?.priority;
    if (!isKnown) {
      // Whoever has none of a higher priority may have this one.
      chosen.forEach((rival, subject) => {
        if (rival < 0 || policies[rival]?.priority === priority) chosen[subject] = unknownPolicy;
      });
      continue;
    }
    for (const subject of able) {
      const rival = chosen[subject] ?? noPolicy;
      if (rival === noPolicy) chosen[subject] = index;
      else if (rival >= 0 && policies[rival]?.priority === priority) chosen[subject] = unknownPolicy;
    }
  }
  return { matches, chosen };
}

const unknown: PolicyMatch = { isKnown: false, able: [], unsupported: [], elsewhere: [] };

function matchesOf(
  policy: PolicyRule,
  subjects: readonly PolicySubject[],
  series: BrokerSeries,
  budget: { searches: number },
): PolicyMatch {
  const pattern: PolicyPattern | undefined = compilePolicyPattern(policy.pattern);
  if (!pattern) return unknown;
  if (!pattern.isLiteral && (budget.searches -= subjects.length) < 0) return unknown;
  const able: number[] = [];
  const unsupported: number[] = [];
  const elsewhere: number[] = [];
  const supports = supportOf(policy, series);
  subjects.forEach((subject, index) => {
    if (!pattern.matches(subject.name)) return;
    if (!reaches(policy.applyTo, subject)) elsewhere.push(index);
    else if (subject.kind === 'queue' && subject.type !== undefined && !supports[subject.type])
      unsupported.push(index);
    else able.push(index);
  });
  return { isKnown: true, able, unsupported, elsewhere };
}

function supportOf({ keys }: PolicyRule, series: BrokerSeries): Readonly<Record<CoreQueueType, boolean>> {
  const supports = (type: CoreQueueType): boolean =>
    keys.every((key) => supportsPolicyKey(type, key, series));
  return { classic: supports('classic'), quorum: supports('quorum'), stream: supports('stream') };
}

const typesReached: Readonly<Record<string, CoreQueueType>> = {
  classic_queues: 'classic',
  quorum_queues: 'quorum',
  streams: 'stream',
};

function reaches(applyTo: string, { kind, type }: PolicySubject): boolean {
  if (applyTo === 'all') return true;
  if (kind === 'exchange') return applyTo === 'exchanges';
  return applyTo === 'queues' || (type !== undefined && typesReached[applyTo] === type);
}

/** Where a user policy, an operator policy or an argument set the same limit, the smaller counts (DOMAIN 5.4). */
const smallerCounts: ReadonlySet<string> = new Set([
  'message-ttl',
  'expires',
  'max-length',
  'max-length-bytes',
  'max-in-memory-length',
  'max-in-memory-bytes',
  'delivery-limit',
]);

/**
 * Of two limits the one that counts: the smaller; a negative delivery limit is none, so the larger of the two does
 * (`rabbit_policies:merge_policy_value/3`).
 */
export function smallerLimit(key: string, one: number, other: number): number {
  return key === 'delivery-limit' && (one < 0 || other < 0) ? Math.max(one, other) : Math.min(one, other);
}

/** Who has the last word where an argument `x-KEY` and a policy KEY meet at one queue. */
export function argumentOrPolicy(
  key: string,
  type: CoreQueueType | undefined,
): 'argument' | 'policy' | 'smaller' {
  if (smallerCounts.has(key)) return 'smaller';
  const isPolicys = key === 'overflow' || key.startsWith('delayed-retry-');
  return type === 'quorum' && isPolicys ? 'policy' : 'argument';
}
