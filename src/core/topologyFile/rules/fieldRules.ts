import type { Entry } from '../declarations';
import { stringValue } from '../json/jsonRead';
import type { NodeId } from '../json/jsonTable';
import { absent, jsonKind } from '../json/jsonTable';
import type { RuleContext } from '../ruleContext';
import { brokerName } from '../ruleContext';
import type { Target } from '../target';
import { kindNames } from '../valueProblem';
import { theEntry } from './nameRules';

/** Fields of queues, exchanges and bindings: which must be there, and what may stand in them (DOMAIN 5.1, 5.2). */
export function fieldRules(context: RuleContext): void {
  const { declarations } = context;
  for (const queue of declarations.entries('queues')) {
    checkFlag(context, queue, 'durable', queue.fields.durable);
    checkFlag(context, queue, 'auto_delete', queue.fields.auto_delete);
    checkArguments(context, queue, queue.fields.arguments);
  }
  for (const exchange of declarations.entries('exchanges')) {
    checkFlag(context, exchange, 'durable', exchange.fields.durable);
    checkFlag(context, exchange, 'auto_delete', exchange.fields.auto_delete);
    checkFlag(context, exchange, 'internal', exchange.fields.internal);
    checkArguments(context, exchange, exchange.fields.arguments);
  }
  for (const binding of declarations.entries('bindings')) {
    checkName(context, binding, 'source', binding.fields.source);
    checkName(context, binding, 'destination', binding.fields.destination);
    checkDestinationType(context, binding);
    checkArguments(context, binding, binding.fields.arguments);
  }
}

type Flag = 'durable' | 'auto_delete' | 'internal';

/** Seen on 3.10.8, 4.0.5 and 4.3.6; 3.13 reads its source. `refused` or `later` (an error when the object is used). */
function flagVerdict(
  section: 'queues' | 'exchanges',
  flag: Flag,
  isMissing: boolean,
  target: Target,
): 'refused' | 'later' | 'fine' {
  if (section === 'queues') {
    if (!isMissing) return 'refused';
    return target === '3.10' ? 'refused' : 'fine';
  }
  if (flag === 'internal') return isMissing ? 'fine' : 'later';
  if (flag === 'auto_delete') return isMissing && target === '4.3' ? 'fine' : 'later';
  if (target !== '4.3') return 'refused';
  return isMissing ? 'fine' : 'later';
}

function checkFlag(
  context: RuleContext,
  entry: Entry<'queues' | 'exchanges'>,
  flag: Flag,
  node: NodeId,
): void {
  const kind = context.table.kind(node);
  if (kind === jsonKind.true || kind === jsonKind.false) return;
  if (node !== absent && kind === jsonKind.missing) return;
  const verdict = flagVerdict(entry.section, flag, node === absent, context.target);
  if (verdict === 'fine' || isLeftOut(entry)) return;
  const broker = brokerName(context.target);
  if (node === absent) {
    const what = `${theEntry(entry)} has no "${flag}"`;
    if (verdict === 'refused') {
      context.reportEntry('refused/missing-field', entry, `${what}, so ${context.refuses}: add "${flag}".`);
    } else {
      context.reportEntry(
        'likely/missing-field',
        entry,
        `${what}, on which ${broker} fails later, when something it is bound to is deleted: add "${flag}".`,
      );
    }
  } else if (verdict === 'refused') {
    context.report(
      'refused/wrong-type',
      node,
      `"${flag}" is ${kindNames[kind]}, so ${context.refuses}: write true or false without quotes.`,
    );
  } else {
    context.report(
      'likely/wrong-type',
      node,
      `"${flag}" is ${kindNames[kind]}, which ${broker} stores as it is and fails on later: write true or false without quotes.`,
    );
  }
}

/** The import passes over these before it looks at anything but the name. */
function isLeftOut(entry: Entry<'queues' | 'exchanges'>): boolean {
  return entry.name?.startsWith('amq.') === true || (entry.section === 'exchanges' && entry.name === '');
}

function checkArguments(
  context: RuleContext,
  entry: Entry<'queues' | 'exchanges' | 'bindings'>,
  node: NodeId,
): void {
  const { table } = context;
  const kind = table.kind(node);
  if (kind === jsonKind.missing || (entry.section !== 'bindings' && isLeftOut(entry))) return;
  if (kind === jsonKind.object) checkNulls(context, node);
  // Exports of old versions write an empty table as [].
  else if (kind === jsonKind.array && (table.next(node) === node + 1 || isDropped(context, entry))) return;
  else if (kind === jsonKind.array && entry.section !== 'queues') {
    const message = `The arguments are a list, which ${brokerName(context.target)} takes for none: write an object.`;
    context.report('likely/wrong-type', node, message);
  } else {
    const message = `The arguments are ${kindNames[kind]}, so ${context.refuses}: write an object, { } for none.`;
    context.report('refused/wrong-type', node, message);
  }
}

/** 3.10 reads the arguments of a binding that it then drops, but takes any list for a table. */
function isDropped(context: RuleContext, entry: Entry): boolean {
  return entry.section === 'bindings' && context.droppedBindings.has(entry.node);
}

/** Any depth counts: `rabbit_misc:to_amqp_table` throws null_not_allowed. */
function checkNulls(context: RuleContext, node: NodeId): void {
  const { table } = context;
  const end = table.next(node);
  for (let inner = node + 1; inner < end; inner += 1) {
    if (table.kind(inner) !== jsonKind.null) continue;
    const message = `Arguments cannot hold null, so ${context.refuses}: remove the argument or give it a value.`;
    context.report('refused/null-argument', inner, message);
  }
}

function checkName(
  context: RuleContext,
  binding: Entry<'bindings'>,
  field: 'source' | 'destination',
  node: NodeId,
): void {
  const { table, target } = context;
  const kind = table.kind(node);
  if (kind === jsonKind.string || (node !== absent && kind === jsonKind.missing)) return;
  const what =
    node === absent
      ? `This binding has no "${field}"`
      : `The ${field} of this binding is ${kindNames[kind]} and not text`;
  const cure = `write the name of ${field === 'source' ? 'an exchange' : 'a queue or exchange'} in quotes.`;
  const place = node === absent ? binding.node : node;
  const end = node === absent ? table.start(binding.node) + 1 : table.end(node);
  if (target === '3.10') {
    context.droppedBindings.add(binding.node);
    context.reportSpan(
      'surprise/binding-dropped',
      table.start(place),
      end,
      `${what}, so RabbitMQ 3.10 drops it without a word: ${cure}`,
    );
  } else
    context.reportSpan(
      node === absent ? 'refused/missing-field' : 'refused/wrong-type',
      table.start(place),
      end,
      `${what}, so ${context.refuses}: ${cure}`,
    );
}

function checkDestinationType(context: RuleContext, binding: Entry<'bindings'>): void {
  const { table } = context;
  const node = binding.fields.destination_type;
  const written = stringValue(table, node);
  if (written === 'queue' || written === 'exchange') return;
  const cure = `so ${context.refuses}: write "queue" or "exchange".`;
  if (node === absent) {
    const start = table.start(binding.node);
    context.reportSpan(
      'refused/missing-field',
      start,
      start + 1,
      `This binding has no "destination_type", ${cure}`,
    );
  } else if (written !== undefined)
    context.report('refused/wrong-value', node, `A binding cannot lead to this, ${cure}`);
  else if (table.kind(node) !== jsonKind.missing) {
    context.report(
      'refused/wrong-type',
      node,
      `The destination_type is ${kindNames[table.kind(node)]} and not text, ${cure}`,
    );
  }
}
