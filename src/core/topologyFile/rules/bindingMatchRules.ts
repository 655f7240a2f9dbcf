import { topicCovers } from '../../topology/topicCover';
import type { FileBinding, VhostBindings } from '../fileBindings';
import { routingType } from '../fileBindings';
import { children, stringValue } from '../json/jsonRead';
import { jsonKind } from '../json/jsonTable';
import type { RuleContext } from '../ruleContext';
import { shown } from '../ruleContext';

/** Bindings that do not match what they seem to, or nothing that another one does not match already (DOMAIN 5.3). */
export function bindingMatchRules(context: RuleContext, bindings: ReadonlyMap<string, VhostBindings>): void {
  for (const [vhost, { from }] of bindings) {
    for (const [source, list] of from) {
      const type = routingType(context, vhost, source);
      if (type === 'topic') checkTopic(context, list);
      else if (type === 'direct') checkDirect(context, list);
      else if (type === 'headers') for (const binding of list) checkHeaders(context, binding);
    }
  }
}

function checkTopic(context: RuleContext, list: readonly FileBinding[]): void {
  const patterns = list.filter(({ key }) => hasWildcard(key));
  for (const pattern of patterns) checkWords(context, pattern);
  if (list.length < 2) return;
  for (const isToQueue of [true, false]) {
    // Without a pattern to the same destination nothing can be covered.
    const byDestination = new Map<string, Destination>();
    for (const pattern of patterns) {
      if (pattern.isToQueue !== isToQueue) continue;
      const known = byDestination.get(pattern.destination);
      if (known === undefined) byDestination.set(pattern.destination, { wide: [pattern], all: [] });
      else if (known.wide.length < mostWildcards) known.wide.push(pattern);
    }
    if (byDestination.size === 0) continue;
    for (const binding of list)
      if (binding.isToQueue === isToQueue) byDestination.get(binding.destination)?.all.push(binding);
    for (const destination of byDestination.values()) checkCovered(context, destination);
  }
}

/** The bindings between two, in the order of the file, and those of them with a wildcard. */
interface Destination {
  readonly wide: FileBinding[];
  readonly all: FileBinding[];
}

/** Wildcards that each binding is compared with: hundreds between the same two must not take quadratic time. */
const mostWildcards = 16;

function checkCovered(context: RuleContext, { wide, all }: Destination): void {
  if (all.length < 2) return;
  let firsts: ReadonlyMap<string, FileBinding> | undefined;
  for (const binding of all) {
    const wider = wide.find(
      (other) =>
        other.key !== binding.key &&
        topicCovers(other.key, binding.key) &&
        // Of two that take the same keys the first stays.
        (!topicCovers(binding.key, other.key) || other.entry.node < binding.entry.node),
    );
    if (!wider) continue;
    // The same key again is a repeated declaration, or differs in arguments.
    firsts ??= firstOfEach(all);
    if (firsts.get(binding.key) !== binding) continue;
    const message = `Every message that ${shown(binding.key)} takes is taken by ${shown(wider.key)} between the same two already, so this binding changes nothing: remove it, or narrow the other.`;
    context.report('likely/covered-binding', binding.entry.fields.routing_key, message);
  }
}

function firstOfEach(bindings: readonly FileBinding[]): ReadonlyMap<string, FileBinding> {
  const firsts = new Map<string, FileBinding>();
  for (const binding of bindings) if (!firsts.has(binding.key)) firsts.set(binding.key, binding);
  return firsts;
}

function hasWildcard(key: string): boolean {
  return key.includes('#') || key.includes('*');
}

/** Whether a wildcard has a neighbour other than a dot. Looked at for every binding, so no words are made. */
function hasPartOfWord(key: string): boolean {
  for (let at = 0; at < key.length; at += 1) {
    const char = key.charCodeAt(at);
    if (char !== hash && char !== star) continue;
    const isWord =
      (at === 0 || key.charCodeAt(at - 1) === dot) &&
      (at === key.length - 1 || key.charCodeAt(at + 1) === dot);
    if (!isWord) return true;
  }
  return false;
}

const hash = 0x23;
const star = 0x2a;
const dot = 0x2e;

function checkWords(context: RuleContext, { entry, key }: FileBinding): void {
  const word = hasPartOfWord(key)
    ? key.split('.').find((one) => one.length > 1 && hasWildcard(one))
    : undefined;
  if (word === undefined) return;
  const wildcard = word.includes('#') ? '#' : '*';
  const message = `The ${wildcard} in ${shown(word)} is an ordinary character, because it is only part of a word: wildcards stand alone between dots, as in "${wildcard === '#' ? 'orders.#' : 'orders.*'}".`;
  context.report('likely/literal-wildcard', entry.fields.routing_key, message);
}

function checkDirect(context: RuleContext, list: readonly FileBinding[]): void {
  for (const { entry, key, source } of list) {
    if (!hasWildcard(key) || !key.split('.').some((word) => word === '*' || word === '#')) continue;
    const message = `${shown(source)} is a direct exchange, which compares keys as they are, so this binding takes only messages with the key ${shown(key)} itself: use a topic exchange or write the key out.`;
    context.report('likely/wildcard-on-direct-exchange', entry.fields.routing_key, message);
  }
}

function checkHeaders(context: RuleContext, { entry }: FileBinding): void {
  const { table } = context;
  const list = entry.fields.arguments;
  if (table.kind(list) !== jsonKind.object) return;
  let mode = 'all';
  let compared = 0;
  let passedOver: number | undefined;
  for (const key of children(table, list)) {
    const name = stringValue(table, key) ?? '';
    if (name === 'x-match') mode = stringValue(table, key + 1) ?? 'all';
    else if (name.startsWith('x-')) passedOver ??= key;
    else compared += 1;
  }
  if (mode.endsWith('-with-x')) {
    compared += passedOver === undefined ? 0 : 1;
    passedOver = undefined;
  }
  if (passedOver !== undefined) {
    const name = stringValue(table, passedOver) ?? '';
    const message = `The header ${shown(name)} is not compared, because headers that begin with "x-" count only with an x-match of "${mode}-with-x": write that or remove it.`;
    context.report('likely/header-not-compared', passedOver, message);
  } else if (mode.startsWith('any') && compared === 0) {
    const message =
      'This binding takes no message at all, because it asks for any of no headers: add headers to its arguments, or write "all" to take every message.';
    context.reportSpan('likely/binding-never-matches', table.start(list), table.end(list), message);
  }
}
