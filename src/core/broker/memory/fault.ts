/**
 * A refusal as the broker would send it: an AMQP reply code and RabbitMQ's own words for it (seen on 3.10.8, 4.0.5
 * and 4.3.6). Thrown inside the broker only; the channel translates it.
 */
export class Fault extends Error {
  constructor(
    readonly code: number,
    readonly text: string,
  ) {
    super(text);
    this.name = 'Fault';
  }
}

export function noQueue(vhost: string, queue: string): Fault {
  return new Fault(404, `NOT_FOUND - no queue '${queue}' in vhost '${vhost}'`);
}

export function noExchange(vhost: string, exchange: string): Fault {
  return new Fault(404, `NOT_FOUND - no exchange '${exchange}' in vhost '${vhost}'`);
}

export function refused(text: string): Fault {
  return new Fault(403, `ACCESS_REFUSED - ${text}`);
}

export function precondition(text: string): Fault {
  return new Fault(406, `PRECONDITION_FAILED - ${text}`);
}

/** 540 closes the whole connection (DOMAIN 1.3). */
export function notImplemented(text: string): Fault {
  return new Fault(540, `NOT_IMPLEMENTED - ${text}`);
}

export function defaultExchangeRefused(): Fault {
  return refused('operation not permitted on the default exchange');
}

export function locked(vhost: string, queue: string): Fault {
  return new Fault(
    405,
    `RESOURCE_LOCKED - cannot obtain exclusive access to locked queue '${queue}' in vhost '${vhost}'. It could be ` +
      'originally declared on another connection or the exclusive property value does not match that of the ' +
      'original declaration.',
  );
}
