import { argumentOrPolicy } from '../../topology/policyMatch';
import type { FilePolicy, VhostPolicies } from '../filePolicies';
import { policyValue } from '../filePolicies';
import type { RuleContext } from '../ruleContext';
import type { Settings } from '../settings';
import { listed } from '../wording';

/** Queues that have an argument of their own where a policy says something else, and who wins (DOMAIN 5.4). */
export function policyArgumentRules(
  context: RuleContext,
  policies: ReadonlyMap<string, VhostPolicies>,
  settings: Settings,
): void {
  for (const { subjects, user, operator } of policies.values()) {
    for (const { policies: some, chosen } of [user, operator]) {
      const meetings = new Map<FilePolicy, Meeting>();
      subjects.forEach(({ entry, name, type }, index) => {
        const policy = some[chosen[index] ?? -1];
        if (!policy || entry.section !== 'queues') return;
        const met = meetings.get(policy);
        for (const key of met ? [met.key] : policy.keys) {
          const argument = settings.argument(entry, key);
          if (!argument || argument.value === policyValue(context, policy, key)?.value) continue;
          const winner = argumentOrPolicy(key, type);
          if (!met) meetings.set(policy, { key, winner, names: [name] });
          else if (met.winner === winner) met.names.push(name);
          break;
        }
      });
      for (const [policy, meeting] of meetings) report(context, policy, meeting);
    }
  }
}

/** The first key of a policy that queues contradict, and those that do so with the same outcome. */
interface Meeting {
  readonly key: string;
  readonly winner: ReturnType<typeof argumentOrPolicy>;
  readonly names: string[];
}

function report(context: RuleContext, policy: FilePolicy, { key, winner, names }: Meeting): void {
  const value = policyValue(context, policy, key);
  if (!value) return;
  const outcome = {
    argument: 'the argument wins there, and the policy changes nothing',
    policy: 'a quorum queue goes by the policy, and the argument counts for nothing',
    smaller:
      key === 'delivery-limit'
        ? 'the smaller of the two counts, and any limit rather than none'
        : 'the smaller of the two values counts',
  }[winner];
  const message = `${listed(names)} ${names.length === 1 ? 'has' : 'have'} an argument "x-${key}" with another value than ${policy.subject}: ${outcome}.`;
  // The key, which stands before its value.
  context.report('advice/argument-and-policy', value.node - 1, message);
}
