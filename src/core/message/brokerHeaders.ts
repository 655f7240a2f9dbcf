import type { FieldTable } from '../base/fieldValue';

/**
 * What a broker wrote on a message's way. Published again, a RabbitMQ up to 3.13 would read it as the new message's
 * own history (DOMAIN 3), and the offset of a stream is another one in every stream.
 */
const brokersOwn = /^x-(?:death$|first-death-|last-death-|delivery-count$|acquired-count$|stream-offset$)/;

export function withoutBrokerHeaders(headers: FieldTable): FieldTable {
  return headers.filter(({ name }) => !brokersOwn.test(name));
}
