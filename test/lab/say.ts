/** Tells the person in front of the terminal what the lab is doing; standard error, so that results stay alone on standard output. */
export function say(message: string): void {
  process.stderr.write(`lab: ${message}\n`);
}

/** Words of whatever was thrown, for people. */
export function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
