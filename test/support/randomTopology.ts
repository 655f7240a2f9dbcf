import * as fc from 'fast-check';
import { emptyTable, longstr } from '../../src/core/base/fieldValue';
import type { FieldTable } from '../../src/core/base/fieldValue';
import type { RoutedBinding, RoutedExchange, RoutingTopology } from '../../src/core/topology/routing';

/** Small worlds with few names and keys, so that random messages meet random bindings. */
export const exchangeNames = ['one', 'two', 'three', 'four'] as const;
export const queueNames = ['q1', 'q2', 'q3'] as const;

interface RandomMessage {
  readonly exchange: string;
  readonly routingKey: string;
  readonly headers: FieldTable;
}

export interface RandomTopology {
  readonly exchanges: readonly RoutedExchange[];
  readonly bindings: readonly RoutedBinding[];
  readonly messages: readonly RandomMessage[];
}

const word = fc.constantFrom('a', 'b', '');
const key = fc.array(word, { maxLength: 3 }).map((words) => words.join('.'));
/** At most two `#`: 4.3 refuses more (DOMAIN 5.3). */
const bindingKey = fc
  .array(fc.constantFrom('a', 'b', '', '*', '#'), { maxLength: 4 })
  .map((words) =>
    words.filter(
      (each, at) => each !== '#' || words.slice(0, at).filter((other) => other === '#').length < 2,
    ),
  )
  .map((words) => words.join('.'));

const header = fc.record({
  name: fc.constantFrom('h', 'x-h'),
  value: fc.constantFrom(
    longstr('1'),
    longstr('2'),
    { type: 'int', value: 1 } as const,
    { type: 'bool', value: true } as const,
  ),
});
const headers = fc.uniqueArray(header, { selector: (each) => each.name, maxLength: 2 });
const match = fc.constantFrom('all', 'any', 'all-with-x', 'any-with-x');
const bindingArguments = fc
  .tuple(fc.option(match, { nil: undefined }), headers)
  .map(([mode, asked]): FieldTable =>
    mode === undefined ? asked : [{ name: 'x-match', value: longstr(mode) }, ...asked],
  );

const exchanges = fc.tuple(
  ...exchangeNames.map((name) =>
    fc.record({
      name: fc.constant(name),
      type: fc.constantFrom('direct', 'fanout', 'topic', 'headers'),
      arguments: fc
        .option(fc.constantFrom(...exchangeNames), { nil: undefined, freq: 2 })
        .map((alternate): FieldTable =>
          alternate === undefined ? emptyTable : [{ name: 'alternate-exchange', value: longstr(alternate) }],
        ),
    }),
  ),
);

const destination = fc.oneof(
  fc.constantFrom(...queueNames).map((name) => ({ destination: name, destinationKind: 'queue' as const })),
  fc
    .constantFrom(...exchangeNames)
    .map((name) => ({ destination: name, destinationKind: 'exchange' as const })),
);

const binding = fc
  .tuple(fc.constantFrom(...exchangeNames), destination, bindingKey, bindingArguments)
  .map(([source, to, routingKey, args]): RoutedBinding => ({ source, ...to, routingKey, arguments: args }));

export const anyTopology: fc.Arbitrary<RandomTopology> = fc.record({
  exchanges,
  bindings: fc.array(binding, { maxLength: 8 }),
  messages: fc.array(fc.record({ exchange: fc.constantFrom(...exchangeNames), routingKey: key, headers }), {
    minLength: 1,
    maxLength: 6,
  }),
});

export function topologyOf(
  all: readonly RoutedExchange[],
  bindings: readonly RoutedBinding[],
  more: Partial<RoutingTopology> = {},
): RoutingTopology {
  return {
    exchange: (name) => all.find((exchange) => exchange.name === name),
    bindingsFrom: (source) => bindings.filter((each) => each.source === source),
    hasQueue: (name) => (queueNames as readonly string[]).includes(name),
    ...more,
  };
}
