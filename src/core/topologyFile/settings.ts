import { argumentOrPolicy, smallerLimit, unknownPolicy } from '../topology/policyMatch';
import { policyKeyRules } from '../topology/policyKeys';
import type { Entry } from './declarations';
import type { FilePolicy, VhostPolicies } from './filePolicies';
import { policyValue } from './filePolicies';
import { member, numberValue, stringValue } from './json/jsonRead';
import type { NodeId } from './json/jsonTable';
import { absent } from './json/jsonTable';
import type { RuleContext } from './ruleContext';

/** What a queue or exchange goes by, and where the file says so. */
export interface Setting {
  readonly value: number | string;
  readonly node: NodeId;
  readonly from: 'argument' | 'policy';
}

interface Own {
  readonly user: FilePolicy | undefined;
  readonly operator: FilePolicy | undefined;
  readonly isKnown: boolean;
}

const none: Own = { user: undefined, operator: undefined, isKnown: true };

/** Arguments and policies of queues and exchanges put together (DOMAIN 5.4). */
export class Settings {
  private readonly own = new Map<NodeId, Own>();

  constructor(
    private readonly context: RuleContext,
    policies: ReadonlyMap<string, VhostPolicies>,
  ) {
    for (const { subjects, user, operator } of policies.values()) {
      subjects.forEach(({ entry }, index) => {
        const mine = user.chosen[index] ?? -1;
        const operators = operator.chosen[index] ?? -1;
        if (mine === -1 && operators === -1) return;
        this.own.set(entry.node, {
          user: user.policies[mine],
          operator: operator.policies[operators],
          isKnown: mine !== unknownPolicy && operators !== unknownPolicy,
        });
      });
    }
  }

  /** False where one of several policies applies and nobody can say which: what is missing may come from it. */
  isKnown(entry: Entry<'queues' | 'exchanges'>): boolean {
    return (this.own.get(entry.node) ?? none).isKnown;
  }

  policiesOf(entry: Entry<'queues' | 'exchanges'>): Pick<Own, 'user' | 'operator'> {
    return this.own.get(entry.node) ?? none;
  }

  /** By the key of policies: the argument has `x-` before it, except that of an alternate exchange. */
  of(entry: Entry<'queues' | 'exchanges'>, key: string): Setting | undefined {
    const argument = this.argument(entry, key);
    const policy = this.policy(entry, key);
    if (!argument || !policy) return argument ?? policy;
    const type = entry.section === 'queues' ? this.context.queueType(entry).type : undefined;
    const winner = argumentOrPolicy(key, type);
    if (winner === 'smaller') return smaller(key, argument, policy);
    return winner === 'argument' ? argument : policy;
  }

  argument(entry: Entry<'queues' | 'exchanges'>, key: string): Setting | undefined {
    const { table } = this.context;
    const node = member(table, entry.fields.arguments, argumentNames.get(key) ?? `x-${key}`);
    if (node === absent) return undefined;
    const value = numberValue(table, node) ?? stringValue(table, node);
    return value === undefined ? undefined : { value, node, from: 'argument' };
  }

  private policy(entry: Entry<'queues' | 'exchanges'>, key: string): Setting | undefined {
    const { user, operator } = this.own.get(entry.node) ?? none;
    const mine = policyValue(this.context, user, key);
    const operators = policyValue(this.context, operator, key);
    const winner = mine && operators ? smaller(key, mine, operators) : (mine ?? operators);
    return winner && { ...winner, from: 'policy' };
  }
}

/** Made once for each key that brokers know: ten thousand queues are asked for the same few. */
const argumentNames: ReadonlyMap<string, string> = new Map(
  policyKeyRules.map(({ name }) => [name, name === 'alternate-exchange' ? name : ['x', name].join('-')]),
);

/** Of two limits the one that counts; of anything else the second. */
function smaller<T extends { readonly value: number | string }>(key: string, one: T, other: T): T {
  if (typeof one.value !== 'number' || typeof other.value !== 'number') return other;
  return smallerLimit(key, one.value, other.value) === one.value ? one : other;
}
