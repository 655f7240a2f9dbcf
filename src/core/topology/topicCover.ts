/**
 * Whether every routing key that one topic pattern takes is taken by another as well. `true` is certain; a few pairs
 * for which it would be true are not seen.
 */
export function topicCovers(wider: string, narrower: string): boolean {
  const end = literalEnd(wider);
  if (end < 0) return wider === narrower;
  // What stands before the first wildcard decides nearly always, and its end sooner than its beginning.
  for (let at = end - 1; at >= 0; at -= 1) if (wider.charCodeAt(at) !== narrower.charCodeAt(at)) return false;
  return coversWords(normalised(wider), normalised(narrower));
}

const hash = 0x23;
const star = 0x2a;

/** Where what every key begins with ends, -1 without a wildcard: `a.#` takes `a`, `a.*` only what goes on after the dot. */
function literalEnd(key: string): number {
  for (let at = 0; at < key.length; at += 1) {
    const char = key.charCodeAt(at);
    if (char === star) return at;
    if (char === hash) return Math.max(0, at - 1);
  }
  return -1;
}

/** Within a run of wildcards the order does not matter: `#.*` and `*.#` take the same keys, and one `#` is enough. */
function normalised(key: string): readonly string[] {
  const words: string[] = [];
  let hashes = 0;
  for (const word of key === '' ? [] : key.split('.')) {
    if (word === '#') {
      hashes = 1;
      continue;
    }
    if (hashes > 0 && word !== '*') {
      words.push('#');
      hashes = 0;
    }
    words.push(word);
  }
  if (hashes > 0) words.push('#');
  return words;
}

/** As a pattern is matched with a key, where `*` and `#` of the narrower one are words that only wildcards take. */
function coversWords(wider: readonly string[], narrower: readonly string[]): boolean {
  let at = 0;
  let word = 0;
  let lastHash = -1;
  let resumeAt = 0;
  while (word < narrower.length) {
    const wanted = wider[at];
    if (wanted === '#') {
      lastHash = at;
      resumeAt = word;
      at += 1;
    } else if (
      wanted !== undefined &&
      narrower[word] !== '#' &&
      (wanted === '*' || wanted === narrower[word])
    ) {
      at += 1;
      word += 1;
    } else if (lastHash >= 0) {
      at = lastHash + 1;
      resumeAt += 1;
      word = resumeAt;
    } else return false;
  }
  while (wider[at] === '#') at += 1;
  return at === wider.length;
}
