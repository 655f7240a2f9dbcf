/**
 * Text from strangers, with what could deceive the reader made visible: control characters as control pictures,
 * bidirectional overrides, invisible characters and lone surrogates by their code. Line breaks and tabs stay where
 * `lines` is set (bodies) and become pictures elsewhere (keys, headers).
 */
export function visibleText(text: string, { lines = false } = {}): string {
  return text.replace(deceptive, (found) => {
    if (lines && (found === '\n' || found === '\t' || found === '\r\n')) return found;
    return found === '\r\n' ? '␍␊' : picture(found);
  });
}

// C0, DEL, C1, soft hyphen, Arabic letter mark, zero-width space, marks, line separators, embeddings, overrides,
// isolates, invisible operators, byte order mark, interlinear anchors, tags. The two joiners stay: scripts need them.
const deceptive =
  /\r\n|[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|[\ud800-\udfff]/gu;

function picture(found: string): string {
  const code = found.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}
