import type { ExactObject } from '../compare/exactJson';
import type { TopologyObject } from '../compare/topologyObjects';
import { isAtLeast } from '../../topology/queueArguments';
import { shown } from '../ruleContext';
import type { Target } from '../target';
import type { BrokerContents } from './brokerContents';
import { limitIn } from './brokerContents';

/** What the limit of a virtual host does to the queues of a file that are not there yet. */
export interface LimitVerdict {
  readonly action: 'refused' | 'skipped' | 'unknown';
  readonly why: string;
}

/**
 * Before an import makes anything but users and virtual hosts it counts the new queues against the limits that are
 * there (every series; names that begin with amq. count as well). A limit that the file itself brings counts when the
 * queues are made, since 4.0: without a word (seen on 3.10.8, 4.0.5 and 4.3.6).
 */
export function queueLimitVerdicts(
  queues: readonly TopologyObject[],
  parameters: readonly { readonly object: TopologyObject; readonly form: ExactObject }[],
  broker: BrokerContents,
  target: Target,
): ReadonlyMap<string, LimitVerdict> {
  const added = new Map<string, number>();
  for (const queue of queues) {
    if (queue.isNameless || broker.find('queues', queue.key)) continue;
    added.set(queue.vhost, (added.get(queue.vhost) ?? 0) + 1);
  }
  const brought = new Map<string, number | undefined>();
  for (const { object, form } of parameters) {
    if (form.get('component') === 'vhost-limits' && form.get('name') === 'limits')
      brought.set(object.vhost, limitIn(form));
  }
  const verdicts = new Map<string, LimitVerdict>();
  for (const [vhost, count] of added) {
    const [has, limit] = [broker.queueCount(vhost), broker.queueLimit(vhost)];
    const where = `The virtual host ${shown(vhost)}`;
    if (limit !== undefined && has + count > limit) {
      const why = `${where} may have ${limit} queues and has ${has}, and the file would add ${count}: raise the limit first, or remove queues.`;
      verdicts.set(vhost, { action: 'refused', why });
      continue;
    }
    const later = brought.get(vhost);
    if (later === undefined || !isAtLeast(target, '4.0') || has + count <= later) continue;
    const why = `The file itself limits ${where.replace('The', 'the')} to ${later} queues, and with this file it would have ${has + count}`;
    verdicts.set(
      vhost,
      has >= later
        ? { action: 'skipped', why: `${why}, so the broker makes none of the new ones, without a word.` }
        : { action: 'unknown', why: `${why}: which of them the broker makes is chance.` },
    );
  }
  return verdicts;
}
