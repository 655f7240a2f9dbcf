import type { DecodedBody } from '../decoded';
import type { MessageDetail } from '../detail';
import { visibleText } from '../visibleText';
import type { Uncoded } from './contentCoding';
import { undoCodings } from './contentCoding';
import { choiceOf, decoderNames } from './decodingSetup';
import type { DecodingRule, DecodingSetup } from './decodingSetup';
import { envelopeOf } from './envelopes';
import type { Envelope } from './envelopes';
import { readMediaType } from './mediaType';
import { BodyReader } from './bodyReader';
import type { DecoderPorts } from './bodyReader';
import type { Reading } from './reading';
import { SchemaSets } from './schemaSets';
import { envelopeFacts } from './textFormats';

/** Makes bodies readable: undoes compression, reads the format, and says what it did. Bounded; never rejects on data. */
export class BodyDecoder {
  private readonly reader: BodyReader;

  constructor(
    private readonly setup: DecodingSetup,
    private readonly ports: DecoderPorts,
  ) {
    this.reader = new BodyReader(ports, new SchemaSets(setup.files));
  }

  /** With `rule`, as it says; else as the message itself says or looks. `rule` may be one that stands in no setting. */
  async decode(
    message: MessageDetail,
    rule: DecodingRule | undefined,
    signal: AbortSignal,
  ): Promise<DecodedBody> {
    if (message.size === 0)
      return { ...this.frame('text'), label: 'Empty', text: '', language: 'text', cut: false };
    const { contentType, contentEncoding, headers } = message.properties;
    const uncoded = await undoCodings(message.body, contentEncoding, this.ports.expand);
    const media = readMediaType(contentType);
    const partial = uncoded.partial || message.body.length < message.size;
    const charset = rule?.charset ?? media.charset ?? uncoded.charset;
    const source = { bytes: uncoded.bytes, partial, charset };
    const reading = await this.reader.read(source, media, message, rule, signal);
    const envelope = envelopeOf(media.name, headers, () => envelopeFacts(source));
    const facts = [...(envelope?.facts ?? []), ...(reading.facts ?? [])];
    const problem = [uncoded.problem, reading.problem].filter((each) => each !== undefined).join(' ');
    return {
      ...this.frame(reading.decoder),
      label: visibleText(labelOf(uncoded, reading, envelope)),
      text: reading.text,
      language: reading.language,
      cut: reading.cut || partial,
      ...(problem !== '' && { problem }),
      ...(facts.length > 0 && { facts }),
    };
  }

  /** A rule of the setting, or one that names nothing but a decoder; `undefined` for an unknown choice. */
  ruleOf(choice: string): DecodingRule | undefined {
    const decoder = decoderNames.find((name) => name === choice && name !== 'command');
    const plain: DecodingRule | undefined = decoder && { decoder, files: [] };
    return this.setup.rules.find((rule) => choiceOf(rule) === choice) ?? plain;
  }

  private frame(decoder: string): Pick<DecodedBody, 'decoder' | 'choices'> {
    const own = this.setup.rules.map(choiceOf);
    // A command needs its rule, and Avro a schema.
    const general = decoderNames.filter((name) => name !== 'command' && name !== 'avro' && name !== 'hex');
    return { decoder, choices: [...new Set([...own, ...general, decoder, 'hex'])] };
  }
}

/** "gzip, then JSON in a CloudEvent", "Looks like MessagePack". */
function labelOf({ steps }: Uncoded, { label, byItsLook }: Reading, envelope: Envelope | undefined): string {
  const format = envelope === undefined ? label : `${label} in ${envelope.name}`;
  if (byItsLook !== true) return [...steps, format].join(', then ');
  return steps.length === 0
    ? `Looks like ${format}`
    : [...steps, `what looks like ${format}`].join(', then ');
}
