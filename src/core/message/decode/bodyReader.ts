import type { MessageDetail } from '../detail';
import { avroReading, isAvroContainer } from './avroBody';
import { binaryByLook } from './binaryByLook';
import { readCbor, readCborSequence } from './cbor';
import { readText, textByItsLook } from './charset';
import type { Expand } from './contentCoding';
import { choiceOf } from './decodingSetup';
import type { DecodingRule } from './decodingSetup';
import type { MediaType } from './mediaType';
import { readMessagePack } from './messagePack';
import { namedFormat, namedType } from './namedFormats';
import type { NamedFormat } from './namedFormats';
import { protobufReading } from './protobufBody';
import type { Reading } from './reading';
import { hexReading, mostCharacters, valuesReading } from './reading';
import type { SchemaSets } from './schemaSets';
import {
  jsonLinesReading,
  jsonReading,
  lossyTextReading,
  shownPart,
  textByLook,
  textReading,
  xmlReading,
} from './textFormats';
import type { TextSource } from './textFormats';
import { visibleText } from '../visibleText';

/** What a user's command wrote, or why there is nothing to show, a sentence. */
export type CommandResult = { readonly output: Uint8Array } | { readonly problem: string };

export interface DecoderPorts {
  readonly expand: Expand;
  /** Runs the command of a rule over a body; never rejects. */
  readonly run: (
    rule: DecodingRule,
    body: Uint8Array,
    message: MessageDetail,
    signal: AbortSignal,
  ) => Promise<CommandResult>;
}

/** Reads a body without the codings of its transport: as a rule says, as its content type says, or by its look. */
export class BodyReader {
  constructor(
    private readonly ports: DecoderPorts,
    private readonly schemas: SchemaSets,
  ) {}

  async read(
    source: TextSource,
    media: MediaType,
    message: MessageDetail,
    rule: DecodingRule | undefined,
    signal: AbortSignal,
  ): Promise<Reading> {
    const { bytes } = source;
    switch (rule?.decoder ?? media.decoder) {
      case 'json':
        return jsonReading(source);
      case 'jsonlines':
        return jsonLinesReading(source);
      case 'xml':
        return xmlReading(source);
      case 'text':
        return rule === undefined
          ? textReading(source, media.language)
          : { ...lossyTextReading(source), decoder: choiceOf(rule) };
      case 'messagepack':
        return valuesReading('messagepack', 'MessagePack', bytes, readMessagePack(bytes, mostCharacters));
      case 'cbor':
        return valuesReading('cbor', 'CBOR', bytes, readCbor(bytes, mostCharacters));
      case 'cbor-seq':
        return valuesReading('cbor', 'CBOR sequence', bytes, readCborSequence(bytes, mostCharacters));
      case 'protobuf': {
        const hints = [media.message, message.properties.type].filter((hint) => hint !== undefined);
        return protobufReading({ bytes, rule, hints }, this.schemas);
      }
      case 'avro':
        return avroReading(bytes, rule, this.schemas, this.ports.expand);
      case 'command':
        return this.command(source, message, rule, signal);
      case 'hex':
        return hexReading(bytes);
      default:
        return this.byLook(source, media);
    }
  }

  /** What reads the body where nobody says what it is. */
  private async byLook(source: TextSource, { name }: MediaType): Promise<Reading> {
    const { bytes, charset } = source;
    const byType = namedType(name);
    const byBytes = namedFormat(bytes);
    if (byType !== undefined) return named(bytes, byBytes?.name === byType.name ? byBytes : byType);
    if (byBytes !== undefined) return { ...named(bytes, byBytes), byItsLook: true };
    if (isAvroContainer(bytes)) return avroReading(bytes, undefined, this.schemas, this.ports.expand);
    const part = shownPart(source);
    const text = charset === undefined ? textByItsLook(part.bytes, part.partial) : readText(part.bytes, part);
    if (text.kind === 'text') return textByLook(text, part.partial);
    const binary = binaryByLook(bytes);
    if (binary !== undefined) return binary;
    // Plain text was promised: what is wrong with it says more than that its look is unknown.
    const isPromised = charset !== undefined || name === 'text/plain';
    const unknown = 'The body is binary, and its format was not recognised.';
    return hexReading(bytes, { problem: isPromised ? visibleText(text.reason) : unknown });
  }

  private async command(
    source: TextSource,
    message: MessageDetail,
    rule: DecodingRule | undefined,
    signal: AbortSignal,
  ): Promise<Reading> {
    if (rule?.command === undefined)
      return hexReading(source.bytes, { problem: 'There is no command for it.' });
    const result = await this.ports.run(rule, source.bytes, message, signal);
    if ('problem' in result) return hexReading(source.bytes, { problem: visibleText(result.problem) });
    const reading = jsonReading({ bytes: result.output, partial: false });
    const label = `Command ${rule.command[0] ?? ''}`;
    if (reading.decoder !== 'text' && reading.decoder !== 'hex')
      return { ...reading, decoder: choiceOf(rule), label };
    const problem = (reading.problem ?? '').replace(/^The body/, 'What the command wrote');
    return { ...reading, decoder: choiceOf(rule), label, problem };
  }
}

function named(bytes: Uint8Array, { name, reason, facts }: NamedFormat): Reading {
  const tidy = facts.map((fact) => ({ name: fact.name, value: visibleText(fact.value) }));
  return hexReading(bytes, { label: name, problem: reason, facts: tidy });
}
