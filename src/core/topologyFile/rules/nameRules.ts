import { predeclaredExchanges } from '../../topology/predeclaredExchanges';
import { utf8Length } from '../../base/bytes';
import type { Entry } from '../declarations';
import { stringValue } from '../json/jsonRead';
import type { NodeId } from '../json/jsonTable';
import type { JsonKind } from '../json/jsonTable';
import { absent, jsonKind } from '../json/jsonTable';
import type { RuleContext } from '../ruleContext';
import { brokerName, shown } from '../ruleContext';
import type { SectionName } from '../sections';
import type { Target } from '../target';
import { entryNoun } from '../sections';
import { kindNames } from '../valueProblem';

type NamedSection = Exclude<SectionName, 'permissions' | 'topic_permissions' | 'bindings' | 'parameters'>;

const named: readonly NamedSection[] = [
  'users',
  'vhosts',
  'exchanges',
  'queues',
  'policies',
  'global_parameters',
];

/** AMQP's short strings, which carry names, hold at most that much (AMQP 0-9-1, 4.2.5.3). */
export const longestName = 255;

/** Names that are missing, no text, empty, too long for AMQP, or reserved (DOMAIN 5.2). */
export function nameRules(context: RuleContext): void {
  for (const section of named) {
    for (const entry of context.declarations.entries(section)) checkName(context, entry);
  }
}

function checkName(context: RuleContext, entry: Entry<NamedSection>): void {
  const { target } = context;
  const noun = entryNoun[entry.section];
  const isObject = entry.section === 'queues' || entry.section === 'exchanges';
  const node: NodeId = entry.fields.name;
  if (entry.name === undefined) {
    const kind = context.table.kind(node);
    if (node !== absent && kind === jsonKind.missing) return;
    const what =
      node === absent
        ? `This ${noun} has no name`
        : `The name of this ${noun} is ${kindNames[kind]} and not text`;
    const code = nameVerdict(entry.section, context.table.kind(node), node === absent, target);
    const consequence =
      code === 'refused/missing-name'
        ? context.refuses
        : `${brokerName(target)} makes one under a name that nobody wrote`;
    reportName(context, entry, code, `${what}, so ${consequence}: give it a name in quotes.`);
    return;
  }
  if (!isObject) return;
  if (entry.name === '') {
    // The default exchange has no name; LavinMQ exports it and RabbitMQ leaves it out.
    if (entry.section === 'queues') {
      context.report(
        'surprise/empty-name',
        node,
        'A queue with an empty name is made but cannot be reached over AMQP: give it a name.',
      );
    }
  } else if (entry.name.length * 3 > longestName && utf8Length(entry.name) > longestName) {
    const message = `The name of this ${noun} has ${String(utf8Length(entry.name))} bytes; above 255 it is made but cannot be reached over AMQP: shorten it.`;
    context.report('surprise/long-name', node, message);
  } else if (entry.section === 'exchanges' && isExpected(entry.name)) checkPredeclared(context, entry);
  else if (entry.name.startsWith('amq.')) {
    const message = `Names that begin with "amq." belong to the broker, so the import leaves this ${noun} out without a word: rename it.`;
    context.report('surprise/reserved-name', node, message);
  }
}

/** Exports of old versions list the exchanges that exist anyway; one that is written otherwise stays as it is. */
function checkPredeclared(context: RuleContext, exchange: Entry<'exchanges'>): void {
  const { table } = context;
  const { type, durable, auto_delete: autoDelete } = exchange.fields;
  const own = predeclaredExchanges.get(exchange.name ?? '');
  const written = stringValue(table, type);
  const isOther =
    (own !== undefined && written !== undefined && written !== own) ||
    table.kind(durable) === jsonKind.false ||
    table.kind(autoDelete) === jsonKind.true;
  if (!isOther) return;
  const message = `${shown(exchange.name ?? '')} exists in every virtual host${own === undefined ? '' : ` as a durable ${own} exchange`}, so the import leaves this declaration out without a word: give the exchange another name.`;
  context.report('surprise/reserved-name', exchange.fields.name, message);
}

/**
 * Seen on 3.10.8, 4.0.5 and 4.3.6: a missing name and null, true or false become an Erlang atom, which some sections
 * take for a name; a number, list or object is refused by all but 3.10. A queue never gets by.
 */
function nameVerdict(
  section: NamedSection,
  kind: JsonKind,
  isMissing: boolean,
  target: Target,
): 'refused/missing-name' | 'surprise/missing-name' {
  const isAtom = isMissing || kind === jsonKind.null || kind === jsonKind.true || kind === jsonKind.false;
  const isMade = {
    queues: false,
    users: !isMissing && target === '3.10',
    vhosts: target === '3.10',
    policies: isAtom ? !isMissing : target === '3.10',
    exchanges: isAtom || target === '3.10',
    global_parameters: isAtom,
  }[section];
  return isMade ? 'surprise/missing-name' : 'refused/missing-name';
}

/** Exchanges that exist in every virtual host. */
export const builtInExchanges: ReadonlySet<string> = new Set(['', ...predeclaredExchanges.keys()]);

/** Exist where the log or event exchange is switched on; 4.3 exports the first. */
const optionalExchanges: ReadonlySet<string> = new Set(['amq.rabbitmq.log', 'amq.rabbitmq.event']);

function isExpected(exchange: string): boolean {
  return builtInExchanges.has(exchange) || optionalExchanges.has(exchange);
}

function reportName(
  context: RuleContext,
  entry: Entry<NamedSection>,
  code: 'refused/missing-name' | 'surprise/missing-name',
  message: string,
): void {
  const node: NodeId = entry.fields.name;
  if (node === absent) context.reportEntry(code, entry, message);
  else context.report(code, node, message);
}

/** How an entry is called in a sentence: `The queue "orders"`, or `This queue` without a usable name. */
export function theEntry(entry: Entry): string {
  const noun = entryNoun[entry.section];
  return entry.name === undefined ? `This ${noun}` : `The ${noun} ${shown(entry.name)}`;
}
