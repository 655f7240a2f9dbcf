import type { DecodingRule } from '../../core/message/decode/decodingSetup';
import { topicMatches } from '../../core/topology/topicMatch';

/** Where a message was seen. */
export interface Whereabouts {
  /** Missing where an exchange is watched. */
  readonly queue?: string;
  readonly exchange: string;
  readonly routingKey: string;
}

/** The first rule that fits; one without patterns fits every message. */
export function ruleFor(rules: readonly DecodingRule[], where: Whereabouts): DecodingRule | undefined {
  return rules.find(
    ({ queue, exchange, routingKey }) =>
      (queue === undefined || (where.queue !== undefined && matches(queue, where.queue))) &&
      (exchange === undefined || matches(exchange, where.exchange)) &&
      (routingKey === undefined || topicMatches(routingKey, where.routingKey)),
  );
}

/** `*` stands for any characters, also none. Greedy with one step back: linear in practice whatever the pattern. */
function matches(pattern: string, name: string): boolean {
  let p = 0;
  let n = 0;
  let star = -1;
  let resumeAt = 0;
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++;
      resumeAt = n;
    } else if (pattern[p] === name[n]) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++resumeAt;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
