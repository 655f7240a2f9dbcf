import { field, integerField } from '../base/fieldValue';
import type { QueueInfo } from '../topology/model';

/**
 * After how many deliveries a quorum queue gives a message up; `unlimited`, or `unknown` when the policy was not
 * read. Argument and policy are merged as the broker does it (DOMAIN 1.2): the smaller one, a negative number means
 * unlimited, and from 4.0 on a missing or unusable one means 20.
 */
export function deliveryLimit(
  queue: QueueInfo,
  series: number | undefined,
): number | 'unlimited' | 'unknown' {
  const given = field(queue.arguments, 'x-delivery-limit');
  const argument = given ? integerField(queue.arguments, 'x-delivery-limit') : undefined;
  const fromPolicy = queue.effectivePolicy?.['delivery-limit'];
  const policy = typeof fromPolicy === 'number' ? fromPolicy : undefined;
  if (argument === undefined && policy === undefined) {
    if (series === undefined) return 'unknown';
    return series >= 400 ? 20 : 'unlimited';
  }
  if (argument === undefined || policy === undefined) return limit(argument ?? policy ?? -1);
  return limit(argument < 0 || policy < 0 ? Math.max(argument, policy) : Math.min(argument, policy));
}

function limit(number: number): number | 'unlimited' {
  return number < 0 ? 'unlimited' : number;
}
