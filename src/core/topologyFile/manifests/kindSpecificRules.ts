import { shown } from '../ruleContext';
import type { Report } from './manifestFinding';
import type { ManifestResource } from './readManifests';
import type { YamlEntry, YamlNode } from './yamlTree';
import { entryOf, textAt, valueAt } from './yamlTree';

/** What the operator's webhooks and controllers want beyond the schema (`internal/webhook`, `internal/controller`). */
export function kindSpecificRules(resource: ManifestResource, report: Report): void {
  const spec = resource.spec?.value;
  if (spec?.kind !== 'map') return;
  checkClusterReference(spec, report);
  switch (resource.kind.kind) {
    case 'Queue':
      checkQueueType(spec, report);
      return;
    case 'Binding':
      checkDestination(resource, report);
      return;
    case 'Permission':
    case 'TopicPermission':
      checkUser(resource, report);
      return;
    case 'Shovel':
      checkAddress(spec, 'src', report);
      checkAddress(spec, 'dest', report);
      return;
    case 'SuperStream':
      checkSuperStream(resource, report);
  }
}

const spanOfKey = ({ keyStart, keyEnd }: YamlEntry): { readonly start: number; readonly end: number } => ({
  start: keyStart,
  end: keyEnd,
});

function checkClusterReference(spec: YamlNode, report: Report): void {
  const reference = entryOf(spec, 'rabbitmqClusterReference');
  if (reference?.value.kind !== 'map') return;
  const name = entryOf(reference.value, 'name');
  const secret = entryOf(reference.value, 'connectionSecret');
  const hasName = name !== undefined && textAt(reference.value, 'name') !== '';
  if (hasName && secret) {
    const message =
      'The operator refuses a rabbitmqClusterReference with both a name and a connectionSecret: remove one.';
    report('refused/cluster-reference', spanOfKey(secret), message);
  } else if (!hasName && !secret) {
    const message =
      'The operator refuses a rabbitmqClusterReference without a name: add the name of a RabbitmqCluster, or a connectionSecret.';
    report('refused/cluster-reference', spanOfKey(reference), message);
  }
}

/** The operator puts `type` in the place of `x-queue-type` (rabbit-hole, `DeclareQueue`). */
function checkQueueType(spec: YamlNode, report: Report): void {
  const type = textAt(spec, 'type') ?? '';
  const argument = textAt(spec, 'arguments', 'x-queue-type');
  const node = valueAt(spec, 'arguments', 'x-queue-type');
  if (type === '' || node === undefined || argument === type) return;
  const message = `The operator sends the type ${shown(type)} in place of this x-queue-type: remove one of the two.`;
  report('surprise/type-ignored', node, message);
}

function checkDestination({ spec, kind }: ManifestResource, report: Report): void {
  if (!spec) return;
  for (const name of ['source', 'destination']) {
    const entry = entryOf(spec.value, name);
    if (entry && textAt(spec.value, name) !== '') continue;
    const at = entry ? entry.value : spanOfKey(spec);
    if (name === 'source') {
      const message = `This ${kind.kind} has no source, and nothing can be bound to the default exchange, so RabbitMQ refuses it: add the name of an exchange.`;
      report('refused/default-exchange-binding', at, message);
    } else {
      const message = `This ${kind.kind} has no destination, so RabbitMQ refuses it: add the name of a queue or exchange.`;
      report('refused/missing-field', at, message);
    }
  }
  if (entryOf(spec.value, 'destinationType')) return;
  const message =
    'Without a destinationType the operator binds to an exchange, or fails if it is an old one: add "queue" or "exchange".';
  report('likely/missing-field', spanOfKey(spec), message);
}

function checkUser({ spec }: ManifestResource, report: Report): void {
  if (!spec) return;
  const reference = entryOf(spec.value, 'userReference');
  const hasUser =
    (textAt(spec.value, 'user') ?? '') !== '' || typeof scalarAt(spec.value, 'user') !== 'string';
  const isThere = entryOf(spec.value, 'user') !== undefined && hasUser;
  if (isThere && reference) {
    const message = 'The operator refuses both user and userReference: remove one.';
    report('refused/user-reference', spanOfKey(reference), message);
  } else if (!isThere && !reference) {
    const message =
      'The operator refuses it without a user: add userReference with the name of a User resource, or user with its name on the broker.';
    report('refused/user-reference', spanOfKey(spec), message);
  }
}

function scalarAt(node: YamlNode, key: string): unknown {
  const value = valueAt(node, key);
  return value?.kind === 'scalar' ? value.value : undefined;
}

function checkAddress(spec: YamlNode, side: 'src' | 'dest', report: Report): void {
  const protocol = entryOf(spec, `${side}Protocol`);
  if (!protocol || textAt(spec, `${side}Protocol`) !== 'amqp10') return;
  if ((textAt(spec, `${side}Address`) ?? '') !== '' || valueAt(spec, `${side}Address`)?.kind === 'other')
    return;
  const message = `The operator refuses ${side}Protocol "amqp10" without ${side}Address: add it.`;
  report('refused/missing-field', protocol.value, message);
}

function checkSuperStream({ spec, resourceName }: ManifestResource, report: Report): void {
  if (!spec) return;
  const name = textAt(spec.value, 'name');
  const node = valueAt(spec.value, 'name');
  if (node && name !== undefined && resourceName !== undefined && name !== resourceName) {
    const message = `The operator does not use this name: the exchange and the streams are called after metadata.name, ${shown(resourceName)}; make them the same.`;
    report('likely/super-stream-name', node, message);
  }
  const keys = entryOf(spec.value, 'routingKeys');
  if (keys?.value.kind !== 'list' || keys.value.items.length === 0) return;
  const partitions = scalarAt(spec.value, 'partitions') ?? 3;
  if (typeof partitions !== 'number' || partitions === keys.value.items.length) return;
  const message = `There are ${String(keys.value.items.length)} routing keys for ${String(partitions)} partitions, so the operator never makes this super stream: write one key for each.`;
  report('refused/partition-count', spanOfKey(keys), message);
}
