import { isAtLeast } from '../../topology/queueArguments';
import type { PolicyKeyRule } from '../../topology/policyKeys';
import { policyKeyRule, policyKeyRules } from '../../topology/policyKeys';
import type { FindingCode } from '../findingCodes';
import { children, member, stringValue } from '../json/jsonRead';
import type { NodeId } from '../json/jsonTable';
import { absent, jsonKind } from '../json/jsonTable';
import { patternProblem } from '../pattern/patternProblem';
import { reportPlugin } from '../pluginProblem';
import type { RuleContext } from '../ruleContext';
import { shown } from '../ruleContext';
import { nearestName } from '../spelling';
import type { Target } from '../target';
import { kindNames, valueProblem } from '../valueProblem';
import { theEntry } from './nameRules';

/** Policies: what a broker validates before it stores one (DOMAIN 5.4; `rabbit_policy:policy_validation/0`). */
export function policyRules(context: RuleContext): void {
  for (const policy of context.declarations.entries('policies')) {
    const { pattern, priority, definition } = policy.fields;
    checkPolicy(context, {
      subject: theEntry(policy),
      isOperator: false,
      pattern,
      priority,
      definition,
      applyTo: policy.fields['apply-to'],
      reportMissing: (code, message) => {
        context.reportEntry(code, policy, message);
      },
    });
  }
}

/** The parts of a policy, wherever the file has it: in its own section or as the value of a parameter. */
export interface PolicyParts {
  /** `The policy "p"`. */
  readonly subject: string;
  /** Operator policies know fewer keys and must have a priority. */
  readonly isOperator: boolean;
  readonly pattern: NodeId;
  readonly priority: NodeId;
  readonly definition: NodeId;
  readonly applyTo: NodeId;
  readonly reportMissing: (code: FindingCode, message: string) => void;
}

export function checkPolicy(context: RuleContext, policy: PolicyParts): void {
  checkPattern(context, policy);
  checkPriority(context, policy);
  checkApplyTo(context, policy.applyTo);
  checkDefinition(context, policy);
}

function checkPattern(context: RuleContext, policy: PolicyParts): void {
  const { table } = context;
  const node = policy.pattern;
  const pattern = stringValue(table, node);
  const cure = `so ${context.refuses}: write a regular expression such as "^orders\\\\.".`;
  if (node === absent)
    policy.reportMissing('refused/missing-field', `${policy.subject} has no "pattern", ${cure}`);
  else if (pattern === undefined) {
    const kind = table.kind(node);
    if (kind !== jsonKind.missing)
      context.report('refused/wrong-type', node, `The pattern is ${kindNames[kind]} and not text, ${cure}`);
  } else {
    const problem = patternProblem(pattern, context.target);
    if (problem)
      context.report(
        'refused/bad-pattern',
        node,
        `${context.refuses} because this regular expression is not valid: ${problem}.`,
      );
  }
}

function checkPriority(
  context: RuleContext,
  { priority, isOperator, subject, reportMissing }: PolicyParts,
): void {
  const { table } = context;
  const kind = table.kind(priority);
  if (priority === absent && isOperator) {
    const message = `${subject} has no "priority", so ${context.refuses}: add one, 0 for the usual.`;
    reportMissing('refused/missing-field', message);
  }
  if (kind === jsonKind.number || kind === jsonKind.missing) return;
  context.report(
    'refused/wrong-type',
    priority,
    `The priority is ${kindNames[kind]}, so ${context.refuses}: write a number without quotes.`,
  );
}

export function applyToWords(target: Target): readonly string[] {
  const words = ['all', 'queues', 'exchanges'];
  return target === '3.10' ? words : [...words, 'classic_queues', 'quorum_queues', 'streams'];
}

function checkApplyTo(context: RuleContext, node: NodeId): void {
  const { table, target } = context;
  const kind = table.kind(node);
  const word = stringValue(table, node);
  const words = applyToWords(target);
  if (kind === jsonKind.missing || (word !== undefined && words.includes(word))) return;
  const is = word === undefined ? kindNames[kind] : shown(word);
  const message = `A policy cannot apply to ${is}, so ${context.refuses}: write one of ${words.map((known) => `"${known}"`).join(', ')}.`;
  context.report(word === undefined ? 'refused/wrong-type' : 'refused/wrong-value', node, message);
}

function checkDefinition(context: RuleContext, policy: PolicyParts): void {
  const { table } = context;
  const node = policy.definition;
  const kind = table.kind(node);
  if (kind === jsonKind.object && table.next(node) > node + 1) {
    for (const key of children(table, node)) checkKey(context, node, key, policy.isOperator);
    return;
  }
  if (node !== absent && kind === jsonKind.missing) return;
  const what =
    node === absent
      ? 'has no "definition"'
      : kind === jsonKind.object
        ? 'defines nothing'
        : `has ${kindNames[kind]} for a definition`;
  const message = `${policy.subject} ${what}, so ${context.refuses}: write at least one key such as "max-length".`;
  if (node === absent) policy.reportMissing('refused/empty-policy', message);
  else context.report('refused/empty-policy', node, message);
}

function checkKey(context: RuleContext, definition: NodeId, key: NodeId, isOperator: boolean): void {
  const { table, target } = context;
  const name = stringValue(table, key) ?? '';
  const rule = policyKeyRule(name);
  if (!rule || !isKnown(rule, target)) {
    const message = `${context.refuses} because ${absence(name, rule)}.`;
    context.report('refused/unknown-policy-key', key, message);
    return;
  }
  if (isOperator && !isKnown(rule.operator, target)) {
    const message = `${context.refuses} because an operator policy cannot have the key ${shown(name)}: write it in a user policy.`;
    context.report('refused/unknown-policy-key', key, message);
    return;
  }
  if (rule.plugin !== undefined) {
    reportPlugin(context, 'policy-key', key, `The policy key ${shown(name)} needs`, rule.plugin);
    return;
  }
  const isAlone =
    rule.needsNothingWith !== undefined && stringValue(table, key + 1) === rule.needsNothingWith;
  if (rule.needs !== undefined && !isAlone && member(table, definition, rule.needs) === absent) {
    const message = `${context.refuses} because the policy key ${name} needs ${rule.needs} beside it: add that or remove this.`;
    context.report('refused/policy-key-needs-other', key, message);
  }
  const wanted = rule.valueFrom && isAtLeast(target, rule.valueFrom[0]) ? rule.valueFrom[1] : rule.value;
  if (table.kind(key + 1) === jsonKind.missing) return;
  const problem = valueProblem(table, key + 1, wanted);
  if (problem) {
    const message = `${context.refuses} because the policy key ${name} is ${problem.is}: write ${problem.should}.`;
    context.report(
      problem.kind === 'type' ? 'refused/policy-value-type' : 'refused/policy-value',
      key + 1,
      message,
    );
  }
}

function isKnown(
  rule: { readonly since: Target; readonly removed?: Target } | undefined,
  target: Target,
): boolean {
  return !!rule && isAtLeast(target, rule.since) && !(rule.removed && isAtLeast(target, rule.removed));
}

function absence(name: string, rule: PolicyKeyRule | undefined): string {
  if (rule?.removed !== undefined) {
    return `it no longer knows the policy key ${shown(name)}, removed in ${rule.removed}: remove it${name.startsWith('ha-') ? ' and use quorum queues' : ''}`;
  }
  if (rule)
    return `it does not know the policy key ${shown(name)} yet, which came with ${rule.since}: remove it`;
  const bare = name.replace(/^x-/, '');
  const meant = policyKeyRule(bare)
    ? bare
    : nearestName(
        name,
        policyKeyRules.map((known) => known.name),
        2,
      );
  return `it does not know the policy key ${shown(name)}: ${meant ? `did you mean "${meant}"?` : 'remove it'}`.replace(
    /\?$/,
    '',
  );
}
