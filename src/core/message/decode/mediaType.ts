import type { DecoderName } from './decodingSetup';

/** What a content type says about how to read a body. */
export interface MediaType {
  /** "application/json", lower case; empty where there is none. */
  readonly name: string;
  readonly charset?: string;
  /** A message name that some publishers add for Protobuf: `messageType`, `proto` or `message`. */
  readonly message?: string;
  /** Missing where the type does not say. */
  readonly decoder?: DecoderName | 'cbor-seq';
  /** Editor language of what is text. */
  readonly language: string;
}

const decoders: readonly (readonly [RegExp, NonNullable<MediaType['decoder']>])[] = [
  [/^application\/(?:x-)?(?:ndjson|jsonl|jsonlines|json-lines|json-seq|json-stream)$/, 'jsonlines'],
  [/[/+]json$/, 'json'],
  [/[/+]xml$/, 'xml'],
  [/[/+](?:x-|vnd\.)?(?:msgpack|messagepack)$/, 'messagepack'],
  [/^application\/cbor-seq$/, 'cbor-seq'],
  [/[/+]cbor$/, 'cbor'],
  [/[/+](?:x-|vnd\.google\.)?(?:protobuf|protobuffer|proto)$/, 'protobuf'],
  [/^avro\/binary$|[/+](?:x-|vnd\.apache\.)?avro(?:[-+]binary)?$/, 'avro'],
];

const languages: readonly (readonly [RegExp, string])[] = [
  [/[/+](?:x-)?yaml$/, 'yaml'],
  [/^(?:text\/html|application\/xhtml\+xml)$/, 'html'],
  [/\/(?:x-)?javascript$/, 'javascript'],
  [/\/css$/, 'css'],
  [/\/markdown$/, 'markdown'],
];

export function readMediaType(contentType: string | undefined): MediaType {
  const [first = '', ...rest] = (contentType ?? '').slice(0, 1_000).split(';');
  const name = first.trim().toLowerCase();
  const parameters = new Map(rest.map((part) => parameter(part)));
  const language = languages.find(([pattern]) => pattern.test(name))?.[1] ?? 'text';
  // HTML that happens to be well-formed XML is still better left as its author wrote it.
  const decoder = language === 'html' ? 'text' : decoders.find(([pattern]) => pattern.test(name))?.[1];
  const isText = language !== 'text' || (name.startsWith('text/') && name !== 'text/plain');
  const found = decoder ?? (isText ? 'text' : undefined);
  const charset = parameters.get('charset');
  const message = parameters.get('messagetype') ?? parameters.get('proto') ?? parameters.get('message');
  return {
    name,
    language,
    ...(charset !== undefined && { charset }),
    ...(message !== undefined && { message }),
    ...(found !== undefined && { decoder: found }),
  };
}

function parameter(part: string): [string, string] {
  const at = part.indexOf('=');
  if (at < 0) return [part.trim().toLowerCase(), ''];
  return [
    part.slice(0, at).trim().toLowerCase(),
    part
      .slice(at + 1)
      .trim()
      .replace(/^"(.*)"$/, '$1'),
  ];
}
