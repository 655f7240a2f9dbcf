/** Decoders that a rule of the setting or the user may name. */
export const decoderNames = [
  ...(['json', 'jsonlines', 'xml', 'text', 'messagepack', 'cbor', 'protobuf', 'avro'] as const),
  ...(['command', 'hex'] as const),
];

export type DecoderName = (typeof decoderNames)[number];

/** How to read the bodies of certain messages: one entry of the setting `amqp.decoders`. */
export interface DecodingRule {
  /** `*` stands for any characters. A message seen through an exchange has no queue. */
  readonly queue?: string;
  readonly exchange?: string;
  /** As a topic binding key: `*` is one word, `#` any number of them. */
  readonly routingKey?: string;
  readonly decoder: DecoderName;
  /** Protobuf and Avro: the full name of the message or the record. */
  readonly message?: string;
  /** Names in `DecodingSetup.files`. */
  readonly files: readonly string[];
  readonly charset?: string;
  /** The program and its arguments; no shell reads them. */
  readonly command?: readonly string[];
}

/** Everything that the user has said about decoding. */
export interface DecodingSetup {
  readonly rules: readonly DecodingRule[];
  readonly files: readonly SchemaFile[];
  /** Missing where commands may not run: the workspace is not trusted. */
  readonly commands?: CommandSurroundings;
}

/** A `.proto` or `.avsc` file of the workspace. */
export interface SchemaFile {
  readonly name: string;
  readonly text: string;
}

export interface CommandSurroundings {
  /** The working folder of commands. */
  readonly folder?: string;
  readonly environment: Readonly<Record<string, string>>;
}

export const noSetup: DecodingSetup = { rules: [], files: [] };

/** What the user chooses to decode with exactly this rule: "protobuf shop.Order". */
export function choiceOf(rule: DecodingRule): string {
  const which = rule.decoder === 'command' ? rule.command?.join(' ') : (rule.message ?? rule.charset);
  return (which === undefined ? rule.decoder : `${rule.decoder} ${which}`).slice(0, 100);
}
