/** What a tail could not see while it had no connection, as a row says it. Times of day, as the machine counts them. */
export function gapText(lostAt: number, resumedAt: number): string {
  return `Connection lost ${timeOfDay(lostAt)}, resumed ${timeOfDay(resumedAt)}: messages in between were not seen.`;
}

/** "12:04:07", local time. */
export function timeOfDay(ms: number): string {
  const date = new Date(ms);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
