import { binding, file, queue } from './definitionsPieces';

export const policy = (name: string, pattern: string, definition: string, rest = ''): string =>
  `{"name":${name},"vhost":"/","pattern":${pattern},"definition":{${definition}}${rest}}`;
export const operatorPolicy = (name: string, pattern: string, definition: string, priority = '0'): string =>
  `{"name":${name},"vhost":"/","component":"operator_policy","value":{"pattern":"${pattern}","priority":${priority},"apply-to":"queues","definition":{${definition}}}}`;
export const priority = (value: string): string => `,"priority":${value}`;
export const quorum = (name: string, rest = ''): string =>
  queue(`"arguments":{"x-queue-type":"quorum","x-delivery-limit":-1${rest}}`, name);
export const withKey = (key: string, rest = ''): string => binding(rest, `"routing_key":${key}`);
export const users = (rest: string, name = '"u"'): string =>
  file({ users: `{"name":${name},"tags":[]${rest}}` });
export const deadLetter = (name: string, exchangeName: string, rest = ''): string =>
  queue(`"arguments":{"x-dead-letter-exchange":${exchangeName}${rest}}`, name);
export const to = (source: string, destination: string, key = '', kind = 'queue'): string =>
  `{"source":"${source}","vhost":"/","destination":"${destination}","destination_type":"${kind}","routing_key":"${key}","arguments":{}}`;
export const hash = (bytes: number): string => Buffer.alloc(bytes, 7).toString('base64');
