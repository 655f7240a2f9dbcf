import { utf8Text } from '../base/bytes';

/** The body as text where that turns into the same bytes again: a byte order mark would be lost. */
export function exactText(body: Uint8Array): string | undefined {
  const hasMark = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  return hasMark ? undefined : utf8Text(body);
}
