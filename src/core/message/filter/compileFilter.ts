import { decimal, decimalOf } from './decimal';
import type { Condition, FilterField, FilterNode, FilterProperty } from './filterNode';
import type { FilterSubject } from './filterSubject';
import { headerTest } from './headerTest';
import { jsonTest } from './jsonTest';
import { valueTest } from './valueTest';

export type FilterMatcher = (message: FilterSubject) => boolean;

/** A matcher, and about what it costs: cheap ones are asked first. */
interface Compiled {
  readonly matches: FilterMatcher;
  readonly cost: number;
}

/** A function that says of any number of messages whether they match. It keeps no memory of them. */
export function compileFilter(node: FilterNode): FilterMatcher {
  return compile(node).matches;
}

function compile(node: FilterNode): Compiled {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const parts = node.parts.map(compile).sort((a, b) => a.cost - b.cost);
      const cost = parts.reduce((sum, part) => sum + part.cost, 0);
      const matchers = parts.map(({ matches }) => matches);
      return { cost, matches: node.kind === 'and' ? all(matchers) : any(matchers) };
    }
    case 'not': {
      const { matches, cost } = compile(node.part);
      return { cost, matches: (message) => !matches(message) };
    }
    case 'text':
      return { cost: costs.body, matches: freeText(node.condition) };
    case 'field':
      return { cost: costOf(node.field, node.condition), matches: fieldTest(node.field, node.condition) };
    case 'has':
      return { cost: costOf(node.field), matches: presence(node.field) };
  }
}

function all(matchers: readonly FilterMatcher[]): FilterMatcher {
  return (message) => {
    for (const matches of matchers) if (!matches(message)) return false;
    return true;
  };
}

function any(matchers: readonly FilterMatcher[]): FilterMatcher {
  return (message) => {
    for (const matches of matchers) if (matches(message)) return true;
    return false;
  };
}

/** Headers have to be decoded; a value in JSON is mostly ruled out by a look at the bytes. */
const costs = { column: 1, json: 8, header: 10, body: 20, regex: 100 };

function costOf(field: FilterField, condition?: Condition): number {
  const regex = condition?.kind === 'regex' ? costs.regex : 0;
  if (field.kind === 'json') return costs.json;
  if (field.kind === 'body') return costs.body + regex;
  return field.kind === 'header' || field.kind === 'dead' ? costs.header : costs.column;
}

function freeText(condition: Condition): FilterMatcher {
  const test = valueTest(condition);
  return (message) =>
    test.text(message.routingKey) ||
    test.text(message.exchange) ||
    test.bytes(message.bytes, message.bodyFrom, message.bodyTo);
}

function fieldTest(field: FilterField, condition: Condition): FilterMatcher {
  const test = valueTest(condition);
  switch (field.kind) {
    case 'exchange':
      return (message) => test.text(message.exchange);
    case 'key':
      return (message) => test.text(message.routingKey);
    case 'size':
      return (message) => test.number(decimalOf(message.size));
    case 'received':
      return (message) => test.number(decimalOf(message.receivedAt));
    case 'body':
      return (message) => test.bytes(message.bytes, message.bodyFrom, message.bodyTo);
    case 'redelivered':
    case 'persistent':
    case 'dead': {
      const is = presence(field);
      return (message) => test.text(String(is(message)));
    }
    case 'header':
      return headerTest(field.path, test);
    case 'json':
      return jsonTest(field.path, test);
    case 'property':
      return propertyTest(field.name, test);
  }
}

function propertyTest(name: FilterProperty, test: ReturnType<typeof valueTest>): FilterMatcher {
  const asNumber = name === 'timestamp' || name === 'expiration';
  return ({ properties }) => {
    const value = properties[name];
    if (value === undefined) return false;
    if (typeof value === 'number') return test.number(decimalOf(value));
    const number = asNumber ? decimal(value) : undefined;
    return number ? test.number(number) : test.text(value);
  };
}

function presence(field: FilterField): FilterMatcher {
  switch (field.kind) {
    case 'redelivered':
      return (message) => message.redelivered;
    case 'persistent':
      return (message) => message.properties.deliveryMode === 2;
    case 'dead':
      return headerTest([{ kind: 'name', name: 'x-death' }], undefined);
    case 'exchange':
      return (message) => message.exchange !== '';
    case 'key':
      return (message) => message.routingKey !== '';
    case 'body':
    case 'size':
      return (message) => message.size > 0;
    case 'received':
      return () => true;
    case 'header':
      return headerTest(field.path, undefined);
    case 'json':
      return jsonTest(field.path, undefined);
    case 'property': {
      const { name } = field;
      return ({ properties }) => properties[name] !== undefined;
    }
  }
}
