/**
 * Whether a topic binding key matches a routing key (AMQP 0-9-1 3.1.3.3): words are split by dots, `*` is exactly
 * one word and `#` any number of words, also none. Inside a word both are ordinary characters (DOMAIN 5.3).
 */
export function topicMatches(bindingKey: string, routingKey: string): boolean {
  return wordsMatch(words(bindingKey), words(routingKey));
}

/** An empty key has no words at all, so that `*` does not match it. */
function words(key: string): readonly string[] {
  return key === '' ? [] : key.split('.');
}

/** Greedy with one step back, as for file globs: linear in practice whatever the pattern. */
function wordsMatch(pattern: readonly string[], key: readonly string[]): boolean {
  let p = 0;
  let k = 0;
  let lastHash = -1;
  let resumeAt = 0;
  while (k < key.length) {
    if (pattern[p] === '#') {
      lastHash = p;
      resumeAt = k;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '*' || pattern[p] === key[k])) {
      p += 1;
      k += 1;
    } else if (lastHash >= 0) {
      p = lastHash + 1;
      resumeAt += 1;
      k = resumeAt;
    } else {
      return false;
    }
  }
  while (pattern[p] === '#') p += 1;
  return p === pattern.length;
}
