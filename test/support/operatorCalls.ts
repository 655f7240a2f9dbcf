import type { ManifestFile, ManifestResource } from '../../src/core/topologyFile/manifests/readManifests';
import type { YamlNode } from '../../src/core/topologyFile/manifests/yamlTree';
import { isNull, textAt, valueAt } from '../../src/core/topologyFile/manifests/yamlTree';

/** One call of the management API, for the part of the file from `start` to `end`. */
export interface OperatorCall {
  readonly method: 'PUT' | 'POST';
  readonly path: string;
  readonly body: unknown;
  readonly start: number;
  readonly end: number;
}

const order = [
  'Vhost',
  'Permission',
  'TopicPermission',
  'Exchange',
  'Policy',
  'OperatorPolicy',
  'Queue',
  'Binding',
];

/**
 * What the operator asks a broker for a file whose resources Kubernetes takes, in an order in which they can come true:
 * `internal/*_settings.go` and rabbit-hole v3.5, written down again here and not taken from the product. `vhost` stands
 * in for `/`, and in front of every other virtual host.
 */
export function operatorCalls(file: ManifestFile, vhost: string): OperatorCall[] {
  return [...file.resources]
    .filter(({ isWhole }) => isWhole)
    .sort((a, b) => order.indexOf(a.kind.kind) - order.indexOf(b.kind.kind))
    .flatMap((resource) => callOf(resource, vhost));
}

function callOf(resource: ManifestResource, ownVhost: string): OperatorCall[] {
  const { root, spec } = resource;
  const from = (key: string): unknown => valueOf(valueAt(spec?.value, key));
  const place = (name: unknown): string => {
    const text = typeof name === 'string' ? name : '/';
    return encodeURIComponent(text === '/' ? ownVhost : `${ownVhost}-${text}`);
  };
  const name = encodeURIComponent(textAt(spec?.value, 'name') ?? '');
  const own = place(from('vhost'));
  const call = (method: 'PUT' | 'POST', path: string, body: unknown): OperatorCall[] => [
    { method, path: `/api/${path}`, body, start: root.start, end: root.end },
  ];
  const given = (from('arguments') ?? {}) as Record<string, unknown>;
  switch (resource.kind.kind) {
    case 'Vhost': {
      if (name === '') return call('PUT', 'vhosts/', { tracing: false });
      const type = from('defaultQueueType');
      return call('PUT', `vhosts/${place(from('name'))}`, {
        description: '',
        tags: '',
        tracing: false,
        ...(type === undefined ? {} : { default_queue_type: type }),
      });
    }
    case 'Queue': {
      const type = (from('type') ?? '') as string;
      const all = type === '' ? given : { ...given, 'x-queue-type': type };
      return call('PUT', `queues/${own}/${name}`, {
        type,
        durable: from('durable') ?? false,
        ...(from('autoDelete') === true ? { auto_delete: true } : {}),
        ...(Object.keys(all).length > 0 ? { arguments: all } : {}),
      });
    }
    case 'Exchange':
      return call('PUT', `exchanges/${own}/${name}`, {
        type: from('type') ?? 'direct',
        durable: from('durable') ?? false,
        ...(from('autoDelete') === true ? { auto_delete: true } : {}),
        ...(Object.keys(given).length > 0 ? { arguments: given } : {}),
      });
    case 'Binding': {
      const source = (from('source') ?? '') as string;
      const destination = (from('destination') ?? '') as string;
      const type = (from('destinationType') ?? '') as string;
      const path = `bindings/${own}/e/${encodeURIComponent(source)}/${type === 'queue' ? 'q' : 'e'}/${encodeURIComponent(destination)}`;
      return call('POST', path, {
        source,
        vhost: decodeURIComponent(own),
        destination,
        destination_type: type,
        routing_key: from('routingKey') ?? '',
        arguments: given,
      });
    }
    case 'Policy':
    case 'OperatorPolicy': {
      const isOperator = resource.kind.kind === 'OperatorPolicy';
      return call('PUT', `${isOperator ? 'operator-policies' : 'policies'}/${own}/${name}`, {
        vhost: decodeURIComponent(own),
        name: from('name'),
        pattern: from('pattern'),
        'apply-to': from('applyTo') ?? (isOperator ? 'queues' : 'all'),
        priority: from('priority') ?? 0,
        definition: from('definition'),
      });
    }
    case 'Permission':
    case 'TopicPermission': {
      const user = from('user');
      if (typeof user !== 'string') return [];
      const isTopic = resource.kind.kind === 'TopicPermission';
      const patterns = (from('permissions') ?? {}) as Record<string, unknown>;
      return call(
        'PUT',
        `${isTopic ? 'topic-permissions' : 'permissions'}/${own}/${encodeURIComponent(user)}`,
        {
          configure: '',
          write: '',
          read: '',
          ...patterns,
        },
      );
    }
    default:
      return [];
  }
}

/** As JSON has it; null counts as not there, but within maps of free form. */
function valueOf(node: YamlNode | undefined): unknown {
  if (node === undefined || isNull(node)) return undefined;
  return jsonOf(node);
}

function jsonOf(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(jsonOf);
  if (node.kind === 'map')
    return Object.fromEntries(node.entries.map(({ key, value }) => [key, jsonOf(value)]));
  return undefined;
}
