import { BrokerError } from '../brokerError';

/** RabbitMQ's web server takes these out of a path even when they are encoded, and answers for something else. */
export function isDots(name: string): boolean {
  return name === '.' || name === '..';
}

/** A name as one part of a path. Throws `unsupported` for the two names that cannot be one. */
export function segment(name: string): string {
  if (!isDots(name)) return encodeURIComponent(name);
  throw new BrokerError(
    'unsupported',
    `The management API cannot be asked about something named \`${name}\`.`,
  );
}
