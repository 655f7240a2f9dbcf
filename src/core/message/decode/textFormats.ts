import type { ReadText } from './charset';
import { readText } from './charset';
import { plainFields } from './jsonFields';
import { prettyJsonLines } from './jsonLines';
import { prettyJson } from '../jsonPretty';
import { utf8TextLossy } from '../../base/bytes';
import type { Reading } from './reading';
import { hexReading, mostCharacters } from './reading';
import { visibleText } from '../visibleText';
import { prettyXml } from './xmlPretty';

/** Of a text that is shown in part, more need not be looked at. */
const mostTextBytes = 1024 * 1024;

/** Bytes that are text, and what is known of it. */
export interface TextSource {
  readonly bytes: Uint8Array;
  /** The bytes are the beginning of more. */
  readonly partial: boolean;
  readonly charset?: string | undefined;
}

/** At most the first MiB, because no more than its beginning is shown. */
export function shownPart({ bytes, partial, charset }: TextSource): TextSource {
  if (bytes.length <= mostTextBytes) return { bytes, partial, charset };
  return { bytes: bytes.subarray(0, mostTextBytes), partial: true, charset };
}

export function jsonReading(source: TextSource): Reading {
  return asText(source, (text, partial) => {
    const pretty = prettyJson(text, mostCharacters, { partial });
    if (pretty.kind === 'json') return { ...made('json', 'JSON', pretty.text, pretty.cut || partial) };
    const lines = /\n|\u001e/.test(text.trim())
      ? prettyJsonLines(text, mostCharacters, { partial })
      : undefined;
    if (lines !== undefined && lines.good > 1 && lines.bad === 0)
      return made('jsonlines', 'JSON Lines', lines.text, lines.cut);
    return { ...asIs(text, partial), problem: visibleText(`The body is not JSON: ${pretty.message}.`) };
  });
}

export function jsonLinesReading(source: TextSource): Reading {
  return asText(source, (text, partial) => {
    const lines = prettyJsonLines(text, mostCharacters, { partial });
    const reading = made('jsonlines', 'JSON Lines', lines.text, lines.cut);
    if (lines.message === undefined) return reading;
    const count = lines.bad === 1 ? 'One line' : `${lines.bad} lines`;
    const problem = visibleText(`${count} of ${lines.good + lines.bad} could not be read: ${lines.message}.`);
    return lines.good === 0 ? { ...asIs(text, partial), problem } : { ...reading, problem };
  });
}

export function xmlReading(source: TextSource): Reading {
  return asText(source, (text, partial) => {
    const pretty = prettyXml(text, mostCharacters, { partial });
    if (pretty.kind === 'xml') return { ...made('xml', 'XML', pretty.text, pretty.cut), language: 'xml' };
    const problem = visibleText(`The body is not well-formed XML: ${pretty.message}.`);
    return { ...asIs(text, partial), problem };
  });
}

export function textReading(source: TextSource, language = 'text'): Reading {
  return asText(source, (text, partial) => ({ ...asIs(text, partial), language }));
}

/** For whoever asks for text although it is none: what cannot be shown stands as U+FFFD. */
export function lossyTextReading(source: TextSource): Reading {
  const strict = textReading(source);
  if (strict.decoder === 'text') return strict;
  const { bytes, partial } = shownPart(source);
  const problem = `${strict.problem ?? ''} What cannot be shown stands as \ufffd.`.trim();
  return { ...asIs(utf8TextLossy(bytes), partial), problem };
}

/** JSON, JSON Lines, XML, HTML or plain text, in this order. */
export function textByLook(read: Extract<ReadText, { kind: 'text' }>, partial: boolean): Reading {
  return withCharset(formatByLook(read.text, partial), read.charset);
}

function formatByLook(text: string, partial: boolean): Reading {
  const look = { byItsLook: true };
  if (/^\s*[[{]/.test(text)) {
    const pretty = prettyJson(text, mostCharacters, { partial });
    if (pretty.kind === 'json')
      return { ...made('json', 'JSON', pretty.text, pretty.cut || partial), ...look };
    const lines = prettyJsonLines(text, mostCharacters, { partial });
    if (lines.good > 1 && lines.bad === 0)
      return { ...made('jsonlines', 'JSON Lines', lines.text, lines.cut), ...look };
  }
  if (/^\s*<(?:!doctype\s+html|html)[\s>]/i.test(text))
    return { ...asIs(text, partial), label: 'HTML', language: 'html', ...look };
  if (/^\s*<[?!\p{L}_]/u.test(text)) {
    const pretty = prettyXml(text, mostCharacters, { partial });
    if (pretty.kind === 'xml')
      return { ...made('xml', 'XML', pretty.text, pretty.cut), language: 'xml', ...look };
  }
  return asIs(text, partial);
}

/** Facts that stand in the envelope of a message as JSON. */
export function envelopeFacts(source: TextSource): ReturnType<typeof plainFields> {
  const { bytes, partial, charset } = shownPart(source);
  const read = readText(bytes, { charset, partial });
  return read.kind === 'text' ? plainFields(read.text) : [];
}

function asText(source: TextSource, read: (text: string, partial: boolean) => Reading): Reading {
  const { bytes, partial, charset } = shownPart(source);
  const text = readText(bytes, { charset, partial });
  if (text.kind === 'notText') return hexReading(source.bytes, { problem: visibleText(text.reason) });
  return withCharset(read(text.text, partial), text.charset);
}

function withCharset(reading: Reading, charset: string | undefined): Reading {
  return charset === undefined ? reading : { ...reading, label: `${reading.label} in ${charset}` };
}

function made(decoder: string, label: string, text: string, cut: boolean): Reading {
  return { decoder, label, language: 'json', text: visibleText(text, { lines: true }), cut };
}

function asIs(text: string, partial: boolean): Reading {
  const shown = text.length > mostCharacters ? text.slice(0, mostCharacters) : text;
  const cut = partial || shown.length < text.length;
  return { decoder: 'text', label: 'Text', language: 'text', text: visibleText(shown, { lines: true }), cut };
}
