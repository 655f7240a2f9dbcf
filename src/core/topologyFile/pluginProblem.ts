import type { NodeId } from './json/jsonTable';
import type { RuleContext } from './ruleContext';

/** Come with RabbitMQ and are so often enabled that a file which uses them is taken to know. */
const oftenEnabled: ReadonlySet<string> = new Set(['rabbitmq_shovel', 'rabbitmq_consistent_hash_exchange']);

/** Come with RabbitMQ, but are off until somebody enables them. */
const shipped: ReadonlySet<string> = new Set([
  ...oftenEnabled,
  'rabbitmq_random_exchange',
  'rabbitmq_recent_history_exchange',
  'rabbitmq_sharding',
  'rabbitmq_federation',
  'rabbitmq_jms_topic_exchange',
  'rabbitmq_event_exchange',
]);

/**
 * Says that something needs a plugin, `what` being the beginning of a sentence up to `need`. Which plugins a broker
 * has is not in the file. A fresh one has none of them, and of 254 public files ten needed one: seven of them a
 * plugin that no broker tried had (federation, delayed messages), three the shovel. So shovels and consistent hashing,
 * which are often enabled, are a warning, and everything else a refusal under a code of its own, to be switched off
 * where the plugin is there.
 */
export function reportPlugin(
  context: RuleContext,
  kind: 'exchange-type' | 'parameter' | 'policy-key',
  node: NodeId,
  what: string,
  plugin: string,
): void {
  const isThere = context.around.hasPlugin?.(plugin);
  if (isThere === true) return;
  const isManifest = context.delivery === 'operator';
  // Who keeps a cluster in manifests enables its plugins there as well, mostly in another folder.
  if (isThere === undefined && isManifest && kind === 'policy-key') return;
  if (isThere === undefined && kind !== 'policy-key' && (isManifest || oftenEnabled.has(plugin))) {
    const message = `${what} the plugin ${plugin}; a broker without it refuses ${context.refused}: make sure that it is enabled.`;
    context.report(`likely/plugin-${kind}`, node, message);
    return;
  }
  const lack =
    isThere === false
      ? 'which the broker does not have'
      : shipped.has(plugin)
        ? 'which is off until it is enabled'
        : plugin === 'rabbitmq_delayed_message_exchange'
          ? 'which does not come with RabbitMQ and is archived'
          : 'which does not come with RabbitMQ';
  const message = `${what} the plugin ${plugin}, ${lack}, so ${context.refuses}: enable it, and switch off refused/plugin-${kind} where it is.`;
  context.report(`refused/plugin-${kind}`, node, message);
}
