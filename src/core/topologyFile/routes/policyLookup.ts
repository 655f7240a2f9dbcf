import { unknownPolicy } from '../../topology/policyMatch';
import type { AssignedPolicies, FilePolicy } from '../filePolicies';
import { filePolicies, policyValue } from '../filePolicies';
import type { RuleContext } from '../ruleContext';

/** Which policy a queue or exchange of one virtual host gets. */
export class PolicyLookup {
  private readonly places = new Map<string, number>();
  private readonly assigned: AssignedPolicies | undefined;

  constructor(
    private readonly context: RuleContext,
    vhost: string,
  ) {
    const policies = filePolicies(context).get(vhost);
    this.assigned = policies?.user;
    policies?.subjects.forEach(({ kind, name }, place) => this.places.set(`${kind} ${name}`, place));
  }

  of(kind: 'queue' | 'exchange', name: string): FilePolicy | 'unknown' | undefined {
    const place = this.places.get(`${kind} ${name}`);
    const chosen = place === undefined ? undefined : this.assigned?.chosen[place];
    if (chosen === undefined) return undefined;
    return chosen === unknownPolicy ? 'unknown' : this.assigned?.policies[chosen];
  }

  /** The text that the policy says under that key. */
  text(kind: 'queue' | 'exchange', name: string, key: string): string | undefined {
    const policy = this.of(kind, name);
    const value = typeof policy === 'object' ? policyValue(this.context, policy, key)?.value : undefined;
    return typeof value === 'string' ? value : undefined;
  }
}
