/** The parts of a definitions file that leave a trace which can be read back. */
interface Declared {
  readonly queues?: unknown;
  readonly exchanges?: unknown;
  readonly bindings?: unknown;
  readonly policies?: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

export interface ReadBack {
  readonly queues: readonly Fields[];
  readonly exchanges: readonly Fields[];
  readonly bindings: readonly Fields[];
  readonly policies: readonly Fields[];
}

/**
 * What a broker made otherwise than a file says, a line each: the other half of the promise that the `surprise/`
 * findings give. A field that the file does not write is not compared.
 */
export function unlikeWritten(text: string, made: ReadBack): string[] {
  const file = JSON.parse(text) as Declared;
  return [
    ...entriesOf(file.queues).flatMap((queue) => queueDifferences(queue, made)),
    ...entriesOf(file.exchanges).flatMap((exchange) =>
      exchange['name'] === ''
        ? []
        : compared('exchange', exchange, find(made.exchanges, exchange), [
            'type',
            'durable',
            'auto_delete',
            'internal',
          ]),
    ),
    ...entriesOf(file.bindings).flatMap((binding) => bindingDifferences(binding, made)),
    ...entriesOf(file.policies).flatMap((policy) =>
      compared('policy', policy, find(made.policies, policy), [
        'pattern',
        'definition',
        'priority',
        'apply-to',
      ]),
    ),
  ];
}

/** The same for a file that names virtual hosts, given what is in each. */
export function unlikeWrittenAnywhere(text: string, made: ReadonlyMap<string, ReadBack>): string[] {
  const file = JSON.parse(text) as Record<string, unknown>;
  const sections = ['queues', 'exchanges', 'bindings', 'policies'] as const;
  const vhosts = new Set(sections.flatMap((name) => entriesOf(file[name]).map((entry) => entry['vhost'])));
  return [...vhosts].flatMap((vhost) => {
    const there = typeof vhost === 'string' ? made.get(vhost) : undefined;
    if (!there) return [`no virtual host ${JSON.stringify(vhost)}`];
    const part = sections.map((name) => [
      name,
      entriesOf(file[name]).filter((entry) => entry['vhost'] === vhost),
    ]);
    return unlikeWritten(JSON.stringify(Object.fromEntries(part)), there);
  });
}

function queueDifferences(queue: Fields, made: ReadBack): string[] {
  const found = find(made.queues, queue);
  const differences = compared('queue', queue, found, ['durable', 'auto_delete', 'arguments']);
  if (found && queue['exclusive'] === true) differences.push(`queue ${text(queue['name'])} is not exclusive`);
  if (found && typeof queue['type'] === 'string' && queue['type'] !== found['type'])
    differences.push(`queue ${text(queue['name'])} is of the type ${text(found['type'])}`);
  return differences;
}

function bindingDifferences(binding: Fields, made: ReadBack): string[] {
  const { source, destination, destination_type: kind, routing_key: key } = binding;
  // Of the default exchange every queue has its own binding anyway.
  if (source === '' && key === destination) return [];
  const isMade = made.bindings.some(
    (other) =>
      other['source'] === source &&
      other['destination'] === destination &&
      other['destination_type'] === kind &&
      other['routing_key'] === key,
  );
  return isMade ? [] : [`no binding ${text(source)} to ${text(destination)} by ${text(key)}`];
}

function find(list: readonly Fields[], wanted: Fields): Fields | undefined {
  return list.find(({ name }) => name === wanted['name']);
}

function compared(
  noun: string,
  wanted: Fields,
  found: Fields | undefined,
  fields: readonly string[],
): string[] {
  const name = text(wanted['name']);
  if (!found) return [`no ${noun} ${name}`];
  return fields
    .filter((field) => field in wanted && !holds(wanted[field], found[field]))
    .map((field) => `${noun} ${name}: ${field} is ${text(found[field])} and not ${text(wanted[field])}`);
}

/** Brokers add what they assume to a table, such as the queue type; that changes nothing of what was written. */
function holds(wanted: unknown, found: unknown): boolean {
  // Old exports write an empty table as a list.
  if (Array.isArray(wanted) && wanted.length === 0) return typeof found === 'object';
  if (typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted))
    return Object.entries(wanted).every(([key, value]) => holds(value, (found as Fields | undefined)?.[key]));
  return text(wanted) === text(found);
}

function entriesOf(section: unknown): readonly Fields[] {
  return Array.isArray(section)
    ? section.filter(
        (entry): entry is Fields => typeof entry === 'object' && entry !== null && !Array.isArray(entry),
      )
    : [];
}

function text(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}
