import type { Entry } from '../declarations';
import { children, member, nameValue, stringValue } from '../json/jsonRead';
import type { NodeId } from '../json/jsonTable';
import { absent, jsonKind } from '../json/jsonTable';
import { reportPlugin } from '../pluginProblem';
import type { RuleContext } from '../ruleContext';
import { shown } from '../ruleContext';
import { nearestName } from '../spelling';
import { kindNames, valueProblem } from '../valueProblem';
import { checkPolicy } from './policyRules';

/** Components of plugins: whether the target has them enabled is not known here. */
export const pluginComponents: ReadonlyMap<string, string> = new Map([
  ['shovel', 'rabbitmq_shovel'],
  ['federation-upstream', 'rabbitmq_federation'],
  ['federation-upstream-set', 'rabbitmq_federation'],
]);
const coreComponents = ['vhost-limits', 'operator_policy'];
const limitNames = ['max-connections', 'max-queues'];
const policyFields = ['pattern', 'definition', 'priority', 'apply-to'];

/**
 * Runtime parameters, which a broker validates one by one (`rabbit_runtime_parameters`; seen on 3.10.8, 4.0.5 and
 * 4.3.6). It takes no component that nobody registered.
 */
export function parameterRules(context: RuleContext): void {
  for (const parameter of context.declarations.entries('parameters')) {
    if (!checkName(context, parameter)) continue;
    const component = nameValue(context.table, parameter.fields.component);
    if (component === 'vhost-limits') checkLimits(context, parameter);
    else if (component === 'operator_policy') checkOperatorPolicy(context, parameter);
    else checkComponent(context, parameter, component);
  }
}

function checkName(context: RuleContext, parameter: Entry<'parameters'>): boolean {
  const { table } = context;
  const { name, component } = parameter.fields;
  const kind = table.kind(name);
  if (kind === jsonKind.string) return true;
  if (name !== absent && kind === jsonKind.missing) return false;
  const isLimits = stringValue(table, component) === 'vhost-limits';
  const cure = `so ${context.refuses}: ${isLimits ? 'call it "limits"' : 'give it a name in quotes'}.`;
  if (name === absent)
    context.reportEntry('refused/missing-name', parameter, `This parameter has no name, ${cure}`);
  else
    context.report('refused/missing-name', name, `The name of this parameter is ${kindNames[kind]}, ${cure}`);
  return false;
}

function checkComponent(
  context: RuleContext,
  parameter: Entry<'parameters'>,
  component: string | undefined,
): void {
  const { table } = context;
  const node = parameter.fields.component;
  const kind = table.kind(node);
  if (node === absent) {
    const message = `This parameter has no "component", so ${context.refuses}: write what it belongs to, such as "vhost-limits".`;
    context.reportEntry('refused/missing-field', parameter, message);
  } else if (component === undefined) {
    if (kind === jsonKind.missing) return;
    const message = `The component is ${kindNames[kind]} and not text, so ${context.refuses}: write what the parameter belongs to, such as "vhost-limits".`;
    context.report('refused/wrong-type', node, message);
  } else if (component === 'policy') {
    const message = `${context.refuses} because a policy is no parameter: move it to "policies".`;
    context.report('refused/wrong-value', node, message);
  } else {
    const plugin = pluginComponents.get(component);
    if (plugin !== undefined) {
      if (component === 'shovel') checkShovel(context, parameter);
      reportPlugin(context, 'parameter', node, `Parameters of ${shown(component)} need`, plugin);
      return;
    }
    const meant = nearestName(component, [...coreComponents, ...pluginComponents.keys()], 2);
    const message = `${context.refuses} because it knows no component ${shown(component)}${meant === undefined ? ': remove the parameter' : `: did you mean "${meant}"`}.`;
    context.report('refused/wrong-value', node, message);
  }
}

/** Limits of a virtual host; anything but the name "limits" makes the broker fail without a reason. */
function checkLimits(context: RuleContext, parameter: Entry<'parameters'>): void {
  const { table } = context;
  const { name, value } = parameter.fields;
  if (parameter.name !== 'limits') {
    const message = `${context.refuses} because the limits of a virtual host have another name: call the parameter "limits".`;
    context.report('refused/wrong-value', name, message);
  }
  if (!checkValue(context, parameter)) return;
  for (const key of children(table, value)) {
    const limit = stringValue(table, key) ?? '';
    if (!limitNames.includes(limit)) {
      const message = `${context.refuses} because there is no limit ${shown(limit)}: use ${limitNames.join(' or ')}.`;
      context.report('refused/wrong-value', key, message);
      continue;
    }
    if (table.kind(key + 1) === jsonKind.missing) continue;
    const problem = valueProblem(table, key + 1, { kind: 'integer', least: -Infinity });
    if (problem) {
      const message = `${context.refuses} because ${limit} is ${problem.is}: write ${problem.should}, -1 for no limit.`;
      context.report('refused/wrong-type', key + 1, message);
    }
  }
}

function checkOperatorPolicy(context: RuleContext, parameter: Entry<'parameters'>): void {
  const { table } = context;
  const { value } = parameter.fields;
  if (!checkValue(context, parameter)) return;
  for (const key of children(table, value)) {
    const field = stringValue(table, key) ?? '';
    if (policyFields.includes(field)) continue;
    const message = `${context.refuses} because an operator policy has no field ${shown(field)}: remove it.`;
    context.report('refused/wrong-value', key, message);
  }
  checkPolicy(context, {
    subject: `The operator policy ${shown(parameter.name ?? '')}`,
    isOperator: true,
    pattern: member(table, value, 'pattern'),
    priority: member(table, value, 'priority'),
    definition: member(table, value, 'definition'),
    applyTo: member(table, value, 'apply-to'),
    reportMissing: (code, message) => {
      context.reportSpan(code, table.start(value), table.start(value) + 1, message);
    },
  });
}

/** Whether the value is an object to look into; an empty list is taken for an empty one. */
function checkValue(context: RuleContext, parameter: Entry<'parameters'>): boolean {
  const { table } = context;
  const node: NodeId = parameter.fields.value;
  const kind = table.kind(node);
  const isEmptyList = kind === jsonKind.array && table.next(node) === node + 1;
  if (kind === jsonKind.object || isEmptyList) return true;
  if (node === absent) {
    const message = `This parameter has no "value", so ${context.refuses}: add an object.`;
    context.reportEntry('refused/missing-field', parameter, message);
  } else if (kind !== jsonKind.missing) {
    const message = `The value is ${kindNames[kind]}, so ${context.refuses}: write an object.`;
    context.report('refused/wrong-type', node, message);
  }
  return false;
}

/** What `rabbit_shovel_parameters` asks for in any case. */
function checkShovel(context: RuleContext, parameter: Entry<'parameters'>): void {
  const { table } = context;
  const { value } = parameter.fields;
  if (table.kind(value) !== jsonKind.object) return;
  const start = table.start(value);
  for (const field of ['src-uri', 'dest-uri']) {
    if (member(table, value, field) !== absent) continue;
    const message = `This shovel has no ${shown(field)}, so ${context.refuses}: add the address of the broker.`;
    context.reportSpan('refused/missing-field', start, start + 1, message);
  }
  const protocol = member(table, value, 'src-protocol');
  const isAmqp091 = protocol === absent || stringValue(table, protocol) === 'amqp091';
  if (!isAmqp091 || ['src-queue', 'src-exchange'].some((field) => member(table, value, field) !== absent))
    return;
  const message = `This shovel has no source, so ${context.refuses}: add "src-queue" or "src-exchange".`;
  context.reportSpan('refused/missing-field', start, start + 1, message);
}
