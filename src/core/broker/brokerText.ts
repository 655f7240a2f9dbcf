const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
};

/**
 * What a broker said, fit to be read: RabbitMQ puts raw Erlang terms and, over HTTP, HTML entities into its reasons
 * (DOMAIN 4.3, last lines). Names in single quotes stay as they are; a leading `NOT_FOUND - ` goes, the code says it.
 */
export function cleanBrokerText(text: string): string {
  return text
    .replace(/&(?:lt|gt|amp|quot|#39);/g, (entity) => entities[entity] ?? entity)
    .replace(/^[A-Z][A-Z_-]+ - /, '')
    .split(/('[^']*')/)
    .map((part) => (part.startsWith("'") ? part : withoutTerms(part)))
    .join('')
    .trim();
}

function withoutTerms(part: string): string {
  let text = part.replace(/<<"((?:[^"\\]|\\.)*)">>/g, '$1').replace(/\\n/g, ' ');
  // Tuples from the inside out; nobody nests them deeper than this.
  for (let depth = 0; depth < 5; depth += 1)
    text = text.replace(/\{([^{}]*)\}/g, (_, inside: string) => inside);
  return text
    .replace(/"([^"]*)"/g, '$1')
    .replace(
      /(^|[\s,:])([a-z]+(?:_[a-z]+){1,9})(?=$|[\s,])/g,
      (_, before: string, atom: string) => before + spaced(atom),
    )
    .replace(/,(?=\S)/g, ', ')
    .replace(/\s+/g, ' ');
}

/** An atom such as `value_negative` as words; names of modules and properties stay. */
function spaced(atom: string): string {
  return /^rabbit_|^(?:user_id|auto_delete|max_message_size)$/.test(atom) ? atom : atom.replaceAll('_', ' ');
}
