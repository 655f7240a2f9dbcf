import type { FieldTable, FieldValue } from '../../base/fieldValue';
import { base64Text } from '../base64';
import { decimalText } from '../fieldText';
import type { MessageProperties } from '../message';
import { copiedBody, copiedHeaders, fileNote, lastOfEach, Notes, quoted } from './snippet';
import type { CopiedMessage } from './snippet';

const names = {
  contentType: 'content_type',
  contentEncoding: 'content_encoding',
  deliveryMode: 'delivery_mode',
  priority: 'priority',
  correlationId: 'correlation_id',
  replyTo: 'reply_to',
  expiration: 'expiration',
  messageId: 'message_id',
  type: 'type',
  userId: 'user_id',
  appId: 'app_id',
  clusterId: 'cluster_id',
} as const satisfies Partial<Record<keyof MessageProperties, string>>;

/** The message as a call of pika (Python). What pika cannot send with its AMQP type is said in a comment. */
export function pikaCall(message: CopiedMessage): string {
  const writer = new PythonWriter(message);
  const call = writer.call();
  return [
    ...writer.imports(),
    '',
    '# channel: from connection.channel(), after channel.confirm_delivery()',
    ...writer.notes.comments('#'),
    ...call,
    '',
  ].join('\n');
}

class PythonWriter {
  readonly notes = new Notes();
  private readonly modules = new Set(['pika']);

  constructor(private readonly message: CopiedMessage) {}

  imports(): string[] {
    return [...this.modules].sort().map((module) => `import ${module}`);
  }

  call(): string[] {
    const { exchange, routingKey } = this.message;
    return [
      'channel.basic_publish(',
      `    exchange=${text(exchange)},`,
      `    routing_key=${text(routingKey)},`,
      `    body=${this.body()},`,
      '    properties=pika.BasicProperties(',
      ...this.properties().map((line) => `        ${line},`),
      '    ),',
      '    mandatory=True,',
      ')',
    ];
  }

  private body(): string {
    const body = copiedBody(this.message);
    switch (body.kind) {
      case 'text':
        return `${text(body.text)}.encode()`;
      case 'bytes':
        return this.bytes(body.bytes);
      case 'file':
        this.notes.add(fileNote(body.name, this.message));
        return `open("${body.name}", "rb").read()`;
    }
  }

  private properties(): string[] {
    const { properties } = this.message;
    const lines: string[] = [];
    for (const [name, keyword] of Object.entries(names)) {
      const value = properties[name as keyof typeof names];
      if (value !== undefined)
        lines.push(`${keyword}=${typeof value === 'number' ? String(value) : text(value)}`);
    }
    if (properties.timestamp !== undefined) lines.push(`timestamp=${properties.timestamp}`);
    const headers = copiedHeaders(this.message, this.notes);
    if (headers) lines.push(`headers=${this.table(headers)}`);
    return lines;
  }

  private table(table: FieldTable): string {
    const entries = lastOfEach(table, this.notes);
    return `{${entries.map(({ name, value }) => `${text(name)}: ${this.value(value)}`).join(', ')}}`;
  }

  private value(value: FieldValue): string {
    switch (value.type) {
      case 'bool':
        return value.value ? 'True' : 'False';
      case 'void':
        return 'None';
      case 'longstr':
        if (typeof value.value === 'string') return text(value.value);
        this.changed('string header that is not UTF-8', 'a byte array');
        return this.bytes(value.value);
      case 'bytearray':
        return this.bytes(value.value);
      case 'array':
        return `[${value.value.map((item) => this.value(item)).join(', ')}]`;
      case 'table':
        return this.table(value.value);
      case 'timestamp':
        return this.timestamp(value.value);
      case 'decimal':
        return value.value > most32
          ? this.asText('decimal', decimalText(value))
          : this.decimal(decimalText(value));
      case 'float':
      case 'double':
        return this.fraction(value.type, value.value);
      default:
        return this.integer(value.type, String(value.value));
    }
  }

  /** pika has two integers: 32 bits where the value fits, else 64. */
  private integer(type: string, digits: string): string {
    const fits32 = Math.abs(Number(digits)) <= most32 || Number(digits) === -most32 - 1;
    const sent = fits32 ? 'int' : 'long';
    if (sent !== type) this.changed(type, sent);
    return digits;
  }

  private timestamp(seconds: string): string {
    if (Number(seconds) <= lastSecond) {
      this.modules.add('datetime');
      return `datetime.datetime.fromtimestamp(${seconds}, datetime.timezone.utc)`;
    }
    return BigInt(seconds) < 2n ** 63n
      ? this.integer('timestamp', seconds)
      : this.asText('timestamp', seconds);
  }

  /** pika sends no floating point numbers. */
  private fraction(type: string, value: number | string): string {
    const digits = String(value);
    const plain = /^-?\d+(?:\.\d+)?$/.test(digits) && Math.abs(Number(digits.replace('.', ''))) <= most32;
    if (!plain) return this.asText(type, digits);
    this.changed(type, 'a decimal');
    return this.decimal(digits);
  }

  private decimal(digits: string): string {
    this.modules.add('decimal');
    return `decimal.Decimal("${digits}")`;
  }

  private asText(type: string, digits: string): string {
    this.changed(type, 'text');
    return text(digits);
  }

  private changed(from: string, to: string): void {
    this.notes.add(`A header of type ${from} is sent as ${to}: pika cannot say it otherwise.`);
  }

  private bytes(bytes: Uint8Array): string {
    this.modules.add('base64');
    return `base64.b64decode("${base64Text(bytes)}")`;
  }
}

const most32 = 2_147_483_647;
/** The end of the year 9999, the last that Python's datetime knows. */
const lastSecond = 253_402_300_799;

function text(value: string): string {
  return quoted(value, (code) => `\\U${code.toString(16).padStart(8, '0')}`);
}
