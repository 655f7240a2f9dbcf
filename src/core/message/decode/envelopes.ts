import { field } from '../../base/fieldValue';
import type { FieldTable } from '../../base/fieldValue';
import { fieldText } from '../fieldText';
import { visibleText } from '../visibleText';

/** Something to know beside the text of a body. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** What a message library put around a body: in headers, or in the body itself. */
export interface Envelope {
  /** "a CloudEvent", as in "JSON in a CloudEvent". */
  readonly name: string;
  readonly facts: readonly Fact[];
}

/** What marks an attribute of a CloudEvent: of its AMQP binding first, then of those that gateways bring over. */
const prefixes = ['cloudEvents:', 'cloudEvents_', 'ce-', 'ce_'] as const;
const mostFacts = 50;

/** The envelope of a message by its headers; `media` is the content type without parameters. */
export function envelopeOf(
  media: string,
  headers: FieldTable | undefined,
  /** Plain fields of a body that is JSON. */
  bodyFields: () => readonly Fact[],
): Envelope | undefined {
  const attributes = cloudEventHeaders(headers ?? []);
  if (attributes.length > 0) return { name: 'a CloudEvent', facts: tidy(attributes) };
  if (media === 'application/cloudevents+json') {
    const facts = bodyFields().filter(({ name }) => name !== 'data' && name !== 'data_base64');
    return { name: 'a CloudEvent', facts: tidy(facts) };
  }
  if (media === 'application/vnd.masstransit+json')
    return { name: 'a MassTransit envelope', facts: tidy(bodyFields()) };
  const nserviceBus = field(headers, 'NServiceBus.EnclosedMessageTypes');
  if (nserviceBus !== undefined)
    return {
      name: 'an NServiceBus message',
      facts: tidy([{ name: 'Message types', value: fieldText(nserviceBus) }]),
    };
  const task = field(headers, 'task');
  if (task !== undefined && field(headers, 'root_id') !== undefined)
    return { name: 'a Celery task', facts: tidy([{ name: 'Task', value: fieldText(task) }]) };
  return undefined;
}

function cloudEventHeaders(headers: FieldTable): readonly Fact[] {
  const lower = headers.map((entry) => ({ ...entry, lower: entry.name.toLowerCase() }));
  const prefix = prefixes
    .map((each) => each.toLowerCase())
    .find((each) => lower.some((entry) => entry.lower === `${each}specversion`));
  if (prefix === undefined) return [];
  return lower
    .filter((entry) => entry.lower.startsWith(prefix))
    .map(({ name, value }) => ({ name: name.slice(prefix.length), value: fieldText(value) }));
}

function tidy(facts: readonly Fact[]): readonly Fact[] {
  return facts.slice(0, mostFacts).map(({ name, value }) => ({
    name: visibleText(name.slice(0, 200)),
    value: visibleText(value.slice(0, 1_000)),
  }));
}
