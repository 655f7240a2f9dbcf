import type { FieldTable } from '../../base/fieldValue';
import type { Delivery, MessageProperties, UndecodedProperties } from '../../message/message';
import type { WireMessage, WireProperties } from './amqplibParts';
import { ReceivedTable } from './fieldTable';
import { propertiesWithoutHeaders, receivedProperties } from './properties';
import { readTable } from './readTable';

/**
 * A delivery that translates its properties when they are asked for. The getters sit on the class, because an own
 * accessor for each message costs a tail more than everything else it does.
 */
export class ReceivedDelivery implements Delivery {
  readonly deliveryTag: number;
  readonly redelivered: boolean;
  readonly exchange: string;
  readonly routingKey: string;
  readonly body: Uint8Array;
  private readonly wire: WireProperties;

  constructor({ fields, properties, content }: WireMessage) {
    this.deliveryTag = fields.deliveryTag;
    this.redelivered = fields.redelivered;
    this.exchange = fields.exchange;
    this.routingKey = fields.routingKey;
    this.body = content;
    this.wire = properties;
  }

  get properties(): MessageProperties {
    return receivedProperties(this.wire);
  }

  get undecoded(): UndecodedProperties {
    return new Undecoded(this.wire);
  }
}

class Undecoded implements UndecodedProperties {
  readonly others: MessageProperties;
  readonly headers?: Uint8Array;

  constructor(wire: WireProperties) {
    this.others = propertiesWithoutHeaders(wire);
    if (wire.headers instanceof ReceivedTable) this.headers = wire.headers.bytes;
  }

  get readHeaders(): (headers: Uint8Array) => FieldTable {
    return readTable;
  }
}
