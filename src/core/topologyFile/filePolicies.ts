import type { PolicyAssignment, PolicyRule, PolicySubject } from '../topology/policyMatch';
import { assignPolicies } from '../topology/policyMatch';
import type { Entry } from './declarations';
import { children, member, nameValue, numberValue, stringValue } from './json/jsonRead';
import type { NodeId } from './json/jsonTable';
import { absent, jsonKind } from './json/jsonTable';
import type { RuleContext } from './ruleContext';
import { shown } from './ruleContext';

/** A policy as the file has it: in its own section, or as the value of a parameter. */
export interface FilePolicy extends PolicyRule {
  readonly vhost: string;
  /** `the policy "p"` or `the operator policy "p"`. */
  readonly subject: string;
  readonly isOperator: boolean;
  /** Where a finding about the policy as a whole stands. */
  readonly place: NodeId;
  readonly patternNode: NodeId;
  readonly priorityNode: NodeId;
  readonly definition: NodeId;
}

export interface AssignedPolicies extends PolicyAssignment {
  readonly policies: readonly FilePolicy[];
}

/** The policies of one virtual host and the queues and exchanges of the file that they could apply to. */
export interface VhostPolicies {
  /** Queues first, then exchanges; what the broker makes of neither is left out. */
  readonly subjects: readonly (PolicySubject & { readonly entry: Entry<'queues' | 'exchanges'> })[];
  readonly user: AssignedPolicies;
  readonly operator: AssignedPolicies;
}

/** The policies of every virtual host that has one, and whom they apply to. */
export function filePolicies(context: RuleContext): ReadonlyMap<string, VhostPolicies> {
  const byVhost = new Map<string, FilePolicy[]>();
  for (const policy of [...userPolicies(context), ...operatorPolicies(context)]) {
    const list = byVhost.get(policy.vhost);
    if (list) list.push(policy);
    else byVhost.set(policy.vhost, [policy]);
  }
  const assigned = new Map<string, VhostPolicies>();
  for (const [vhost, policies] of byVhost) {
    const subjects = subjectsOf(context, vhost);
    const assign = (some: readonly FilePolicy[]): AssignedPolicies => ({
      policies: some,
      ...assignPolicies(some, subjects, context.target),
    });
    assigned.set(vhost, {
      subjects,
      user: assign(policies.filter(({ isOperator }) => !isOperator)),
      operator: assign(policies.filter(({ isOperator }) => isOperator)),
    });
  }
  return assigned;
}

function* userPolicies(context: RuleContext): Generator<FilePolicy> {
  const seen = new Map<string, FilePolicy>();
  for (const policy of context.declarations.entries('policies')) {
    const { name, vhost, fields } = policy;
    if (name === undefined || vhost === undefined) continue;
    const read = readPolicy(context, {
      vhost,
      name,
      isOperator: false,
      place: fields.name,
      parts: fields,
    });
    // Of two with one name the last is kept.
    if (read) seen.set(`${vhost}\0${name}`, read);
  }
  yield* seen.values();
}

function* operatorPolicies(context: RuleContext): Generator<FilePolicy> {
  const { table } = context;
  for (const { name, vhost, fields } of context.declarations.entries('parameters')) {
    if (name === undefined || vhost === undefined) continue;
    if (stringValue(table, fields.component) !== 'operator_policy') continue;
    const part = (key: string): NodeId => member(table, fields.value, key);
    const parts = {
      pattern: part('pattern'),
      definition: part('definition'),
      priority: part('priority'),
      'apply-to': part('apply-to'),
    };
    const read = readPolicy(context, { vhost, name, isOperator: true, place: fields.name, parts });
    if (read) yield read;
  }
}

interface WrittenPolicy {
  readonly vhost: string;
  readonly name: string;
  readonly isOperator: boolean;
  readonly place: NodeId;
  readonly parts: Readonly<Record<'pattern' | 'definition' | 'priority' | 'apply-to', NodeId>>;
}

/** `undefined` for what no broker takes: other rules report that. */
function readPolicy(context: RuleContext, written: WrittenPolicy): FilePolicy | undefined {
  const { table } = context;
  const { vhost, name, isOperator, place, parts } = written;
  const pattern = stringValue(table, parts.pattern);
  if (pattern === undefined || table.kind(parts.definition) !== jsonKind.object) return undefined;
  const keys = Array.from(children(table, parts.definition), (key) => nameValue(table, key) ?? '');
  return {
    vhost,
    subject: `the ${isOperator ? 'operator ' : ''}policy ${shown(name)}`,
    isOperator,
    place,
    pattern,
    patternNode: parts.pattern,
    priority: numberValue(table, parts.priority) ?? 0,
    priorityNode: parts.priority,
    applyTo: stringValue(table, parts['apply-to']) ?? 'all',
    definition: parts.definition,
    keys,
  };
}

function subjectsOf(context: RuleContext, vhost: string): VhostPolicies['subjects'] {
  const subjects: (PolicySubject & { readonly entry: Entry<'queues' | 'exchanges'> })[] = [];
  for (const [name, entry] of context.queues.get(vhost) ?? []) {
    if (name.startsWith('amq.') || context.obstaclesOf(entry).length > 0) continue;
    subjects.push({ name, kind: 'queue', type: context.queueType(entry).type, entry });
  }
  for (const [name, entry] of context.exchanges.get(vhost) ?? [])
    if (name !== '') subjects.push({ name, kind: 'exchange', entry });
  return subjects;
}

/** The value of a policy key: a number or text; `undefined` for any other, and where the policy lacks the key. */
export function policyValue(
  { table }: RuleContext,
  policy: FilePolicy | undefined,
  key: string,
): { readonly node: NodeId; readonly value: number | string } | undefined {
  if (!policy?.keys.includes(key)) return undefined;
  const node = member(table, policy.definition, key);
  const value = node === absent ? undefined : (numberValue(table, node) ?? stringValue(table, node));
  return value === undefined ? undefined : { node, value };
}
