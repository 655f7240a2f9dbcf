import { utf8Text, utf8TextLossy } from '../base/bytes';
import { hexDump } from './hexDump';
import { prettyJson } from './jsonPretty';
import { visibleText } from './visibleText';

/** A body as it came, and what its message says about it. */
export interface BodySource {
  /** Fewer bytes than `size` when it was cut on the way. */
  readonly body: Uint8Array;
  readonly size: number;
  readonly contentType?: string | undefined;
  readonly contentEncoding?: string | undefined;
}

export type BodyView = 'pretty' | 'raw' | 'hex';

export interface BodyText {
  /** What is really shown: a body that cannot be pretty is raw, one that is not text is hex. */
  readonly view: BodyView;
  readonly text: string;
  /** Why it is shown otherwise than asked for, a sentence. */
  readonly reason?: string;
  /** There is more than is shown. */
  readonly cut: boolean;
}

/** Most that one view shows; the whole body opens in an editor. */
const mostCharacters = 256 * 1024;
const mostHexBytes = 16 * 1024;

/** The body for a person, bounded, whatever it contains. */
export function bodyText(source: BodySource, wanted: BodyView): BodyText {
  if (wanted === 'hex') return asHex(source);
  const encoding = source.contentEncoding?.trim().toLowerCase();
  const compressed = encoding !== undefined && ['gzip', 'deflate', 'br', 'zstd', 'x-gzip'].includes(encoding);
  if (compressed) return asHex(source, `The body is compressed (${encoding}) and shown as it came.`);
  const text = wholeText(source);
  if (text === undefined) {
    if (wanted === 'pretty') return asHex(source, 'The body is not UTF-8 text.');
    const lossy = utf8TextLossy(source.body.subarray(0, mostCharacters));
    return asRaw(source, lossy, 'The body is not UTF-8 text: what cannot be shown stands as �.');
  }
  return wanted === 'raw' ? asRaw(source, text) : asPretty(source, text);
}

/** Whether the content type says JSON: application/json, application/vnd.example+json, text/json. */
function claimsJson(contentType: string | undefined): boolean {
  return /^[^;]*[/+]json\s*(?:;|$)/i.test(contentType ?? '');
}

function asPretty(source: BodySource, text: string): BodyText {
  const claimed = claimsJson(source.contentType);
  // Many publishers name no type or a wrong one; braces are worth a try, but nobody is blamed when it fails.
  if (!claimed && !/^\s*[[{]/.test(text)) return asRaw(source, text);
  const partial = source.body.length < source.size;
  const pretty = prettyJson(text, mostCharacters, { partial });
  if (pretty.kind === 'json')
    return { view: 'pretty', text: visibleText(pretty.text, { lines: true }), cut: pretty.cut || partial };
  if (!claimed) return asRaw(source, text);
  return asRaw(source, text, `The content type says JSON, but it is not: ${visibleText(pretty.message)}.`);
}

function asRaw({ body, size }: BodySource, text: string, reason?: string): BodyText {
  const cut = body.length < size || text.length > mostCharacters;
  const shown = text.length > mostCharacters ? text.slice(0, mostCharacters) : text;
  return { view: 'raw', text: visibleText(shown, { lines: true }), cut, ...(reason && { reason }) };
}

function asHex({ body, size }: BodySource, reason?: string): BodyText {
  const shown = body.subarray(0, mostHexBytes);
  return { view: 'hex', text: hexDump(shown), cut: shown.length < size, ...(reason && { reason }) };
}

/** Strict UTF-8; a body that was cut on the way may end inside a character. */
function wholeText({ body, size }: BodySource): string | undefined {
  const text = utf8Text(body);
  if (text !== undefined || body.length >= size) return text;
  for (let dropped = 1; dropped <= 3 && dropped < body.length; dropped++) {
    const shorter = utf8Text(body.subarray(0, body.length - dropped));
    if (shorter !== undefined) return shorter;
  }
  return undefined;
}
