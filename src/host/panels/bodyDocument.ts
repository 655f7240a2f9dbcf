import type { DecodedBody } from '../../core/message/decoded';
import type { MessageDetail } from '../../core/message/detail';
import { utf8Text } from '../../core/base/bytes';
import { hexDump } from '../../core/message/hexDump';
import { prettyJson } from '../../core/message/jsonPretty';
import type { ReadOnlyText } from './readOnlyDocuments';

/** A dump is four times the size of its bytes, and nobody reads more than this. */
const mostDumpedBytes = 1024 * 1024;
/** Longer texts are not read only to name their language. */
const mostRead = 4 * 1024 * 1024;

export interface BodyDocument {
  readonly document: ReadOnlyText;
  /** Bytes of the body that are shown, where that is not all. */
  readonly shownBytes?: number;
}

/** Whether the body is text as it came: decoding would change nothing but its layout. */
export function isPlainText({ body, properties }: MessageDetail): boolean {
  const encoding = properties.contentEncoding?.trim().toLowerCase() ?? '';
  return ['', 'identity', 'utf-8', 'utf8', 'us-ascii'].includes(encoding) && utf8Text(body) !== undefined;
}

/** A body as a document of its own: text as it came, else what a decoder made of it, else hex. */
export function bodyDocument(name: string, message: MessageDetail, decoded?: DecodedBody): BodyDocument {
  const { body, size } = message;
  if (decoded !== undefined && decoded.language !== 'hex') {
    const { text, language } = decoded;
    const extension = documentTypes.find(([, known]) => known === language)?.[2] ?? 'txt';
    return { document: { name, text, extension, language } };
  }
  const text = utf8Text(body);
  const shown = text === undefined ? Math.min(body.length, mostDumpedBytes) : body.length;
  const type = text === undefined ? undefined : typeOf(message.properties.contentType, text);
  return {
    document: {
      name,
      text: text ?? hexDump(body.subarray(0, mostDumpedBytes)),
      extension: type?.[2] ?? 'txt',
      ...(type === undefined ? {} : { language: type[1] }),
    },
    ...(shown < size ? { shownBytes: shown } : {}),
  };
}

/** Media type, language of the editor, extension. */
const documentTypes: readonly (readonly [RegExp, string, string])[] = [
  [/[/+]json$/, 'json', 'json'],
  [/[/+]xml$/, 'xml', 'xml'],
  [/[/+](x-)?yaml$/, 'yaml', 'yaml'],
  [/\/html$/, 'html', 'html'],
  [/\/(x-)?javascript$/, 'javascript', 'js'],
  [/\/css$/, 'css', 'css'],
  [/\/markdown$/, 'markdown', 'md'],
];

/** Many publishers name no type: what reads as JSON is JSON. */
function typeOf(contentType: string | undefined, text: string): (typeof documentTypes)[number] | undefined {
  const media = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const named = documentTypes.find(([pattern]) => pattern.test(media));
  const unnamed = ['', 'text/plain', 'application/octet-stream'].includes(media);
  return named ?? (unnamed && looksLikeJson(text) ? documentTypes[0] : undefined);
}

function looksLikeJson(text: string): boolean {
  const worthATry = text.length <= mostRead && /^\s*[[{]/.test(text);
  return worthATry && prettyJson(text, 0).kind === 'json';
}
