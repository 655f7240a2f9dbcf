import { tableFromJson } from '../../base/fieldJson';
import { field, textField } from '../../base/fieldValue';
import type { BindingInfo, ConsumerInfo, ExchangeInfo, QueueInfo, VhostInfo } from '../../topology/model';
import type { BrokerOverview } from '../managementPort';

/**
 * The management API's JSON as our model (DOMAIN 4.3, 8.2). Nothing here throws: a field that is missing, null or of
 * another type is "not known", and an item without a name is left out.
 */
type Json = Readonly<Record<string, unknown>>;

export function items<T>(json: unknown, read: (item: Json) => T | undefined): readonly T[] {
  if (!Array.isArray(json)) return [];
  return json.flatMap((item: unknown) => {
    const known = isRecord(item) ? read(item) : undefined;
    return known === undefined ? [] : [known];
  });
}

export function overviewOf(json: unknown, whoami: unknown): BrokerOverview {
  const overview = isRecord(json) ? json : {};
  const lavin = text(overview['lavinmq_version']);
  const clusterName = text(overview['cluster_name']);
  return {
    product: text(overview['product_name']) ?? (lavin === undefined ? 'RabbitMQ' : 'LavinMQ'),
    version: text(overview['product_version']) ?? text(overview['rabbitmq_version']) ?? lavin ?? '',
    ...(clusterName === undefined ? {} : { clusterName }),
    statsDisabled: overview['disable_stats'] === true,
    userTags: tags(isRecord(whoami) ? whoami['tags'] : undefined),
  };
}

/** A list; before 3.9 a text with commas. */
function tags(json: unknown): readonly string[] {
  if (Array.isArray(json)) return json.filter((tag) => typeof tag === 'string');
  return typeof json === 'string' ? json.split(',').filter((tag) => tag !== '') : [];
}

export function vhostOf(json: Json): VhostInfo | undefined {
  const name = text(json['name']);
  if (name === undefined) return undefined;
  return { name, ...known({ description: text(json['description']), messages: count(json['messages']) }) };
}

export function exchangeOf(json: Json): ExchangeInfo | undefined {
  const name = text(json['name']);
  const vhost = text(json['vhost']);
  if (name === undefined || vhost === undefined) return undefined;
  return {
    vhost,
    name,
    type: text(json['type']) ?? '',
    durable: json['durable'] === true,
    autoDelete: json['auto_delete'] === true,
    internal: json['internal'] === true,
    arguments: tableFromJson(json['arguments']),
    ...known({
      policy: text(json['policy']),
      rateIn: rate(json, 'publish_in_details'),
      rateOut: rate(json, 'publish_out_details'),
    }),
  };
}

export function queueOf(json: Json): QueueInfo | undefined {
  const name = text(json['name']);
  const vhost = text(json['vhost']);
  if (name === undefined || vhost === undefined) return undefined;
  const args = tableFromJson(json['arguments']);
  const single = field(args, 'x-single-active-consumer');
  const isSingleActive = single?.type === 'bool' && single.value;
  return {
    vhost,
    name,
    arguments: args,
    ...known({
      type: text(json['type']) ?? textField(args, 'x-queue-type'),
      durable: flag(json['durable']),
      autoDelete: flag(json['auto_delete']),
      exclusive: flag(json['exclusive']),
      state: text(json['state']),
      policy: text(json['policy']),
      operatorPolicy: text(json['operator_policy']),
      effectivePolicy: isRecord(json['effective_policy_definition'])
        ? json['effective_policy_definition']
        : undefined,
      ready: count(json['messages_ready']),
      unacked: count(json['messages_unacknowledged']),
      consumers: count(json['consumers']),
      // 4.3 names one for every quorum queue, also where all consumers work.
      singleActiveConsumer: isSingleActive ? text(json['single_active_consumer_tag']) : undefined,
      rateIn: rate(json, 'publish_details'),
      rateOut: rate(json, 'deliver_get_details'),
    }),
  };
}

/** Implicit bindings from the default exchange have no source and are left out. */
export function bindingOf(json: Json): BindingInfo | undefined {
  const source = text(json['source']) ?? '';
  const vhost = text(json['vhost']);
  const destination = text(json['destination']);
  if (source === '' || vhost === undefined || destination === undefined) return undefined;
  return {
    vhost,
    source,
    destination,
    destinationKind: json['destination_type'] === 'exchange' ? 'exchange' : 'queue',
    routingKey: text(json['routing_key']) ?? '',
    arguments: tableFromJson(json['arguments']),
  };
}

export function consumerOf(json: Json): ConsumerInfo | undefined {
  const tag = text(json['consumer_tag']);
  if (tag === undefined) return undefined;
  const channel = isRecord(json['channel_details']) ? json['channel_details'] : {};
  return {
    tag,
    ...known({
      connectionName: text(channel['connection_name']),
      prefetch: count(json['prefetch_count']),
      ackRequired: flag(json['ack_required']),
      active: flag(json['active']),
    }),
  };
}

/** The name of the queue that a consumer reads from. */
export function queueOfConsumer(json: Json): string | undefined {
  return isRecord(json['queue']) ? text(json['queue']['name']) : undefined;
}

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** A rate, whether the broker sent `{message_stats:{x:{rate}}}` or, asked for columns, only part of it. */
function rate(json: Json, name: string): number | undefined {
  const stats = isRecord(json['message_stats']) ? json['message_stats'] : {};
  const details = stats[name];
  return isRecord(details) ? count(details['rate']) : undefined;
}

type Known<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the properties that are not known, which an optional property must not hold. */
function known<T extends object>(fields: T): Known<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Known<T>;
}
