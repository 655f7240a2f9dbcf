import type { FieldTable } from '../../base/fieldValue';
import { readTable } from './readTable';

/**
 * A table on its way through amqplib, which hands it on untouched to `fieldTableCodec`. amqplib makes objects that
 * inherit from it (`Object.create(options.arguments)`), so everything is reached through the prototype chain.
 */
export abstract class TypedTable {
  abstract entries(): FieldTable;
}

/** A table to be sent. */
export class SentTable extends TypedTable {
  constructor(private readonly table: FieldTable) {
    super();
  }

  override entries(): FieldTable {
    return this.table;
  }
}

/** A received table, decoded when somebody looks: a tail sees many headers that nobody ever opens. */
export class ReceivedTable extends TypedTable {
  /** `bytes`: the table without its length, a slice of a socket chunk. */
  constructor(readonly bytes: Uint8Array) {
    super();
  }

  override entries(): FieldTable {
    return readTable(this.bytes);
  }
}
