/** Text from a file as a code span: it stays what it is, whatever Markdown would make of it. Longer text is cut. */
export function inlineCode(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const short = line.length > 200 ? `${line.slice(0, 199)}…` : line;
  const longestRun = Math.max(0, ...[...short.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  const pad = short === '' || /^[` ]|[` ]$/.test(short) ? ' ' : '';
  return `${fence}${pad}${short}${pad}${fence}`;
}

/** `1 place`, `2 places`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `"a"`, `"a" and "b"`, `"a", "b", "c" and 5 more`: names from a file, few and short. */
export function listed(names: readonly string[], most = 3): string {
  const quoted = names
    .slice(0, names.length === most + 1 ? most + 1 : most)
    .map((name) => `"${name.length > 60 ? `${name.slice(0, 57)}...` : name}"`);
  const rest = names.length - quoted.length;
  const last = rest > 0 ? `${rest} more` : quoted.pop();
  return quoted.length === 0 ? (last ?? '') : `${quoted.join(', ')} and ${last}`;
}
