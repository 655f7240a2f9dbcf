const counts = new Intl.NumberFormat('en-US');

/** 1,204 */
export function countText(count: number): string {
  return counts.format(count);
}

/** 980 B, 1.2 kB, 5.0 MB: decimal units, as the management UI of brokers has them. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_950) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** 12:04:05.120, local time. */
export function timeText(milliseconds: number): string {
  const time = new Date(milliseconds);
  return `${clockText(milliseconds)}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

/** 12:04:05, local time. */
export function clockText(milliseconds: number): string {
  const time = new Date(milliseconds);
  return [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** "2025-06-02 12:04:05 UTC", from seconds since the epoch as decimal text; the text itself where it is no such time. */
export function secondText(seconds: string): string {
  const milliseconds = Number(seconds) * 1000;
  if (!(milliseconds >= 0 && milliseconds < 253_402_300_800_000)) return seconds;
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** 340/s, 0.5/s */
export function rateText(rate: number): string {
  return `${rate > 0 && rate < 10 ? rate.toFixed(1) : countText(Math.round(rate))}/s`;
}
