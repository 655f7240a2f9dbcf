/** From the first millisecond that is meant to the first one after it; the same twice for a moment. */
interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;
const unitsAgo: Readonly<Record<string, number>> = { s: second, m: minute, h: 60 * minute, d: day };

/**
 * What a person means by a time: "12:04" is that whole minute of today, "2026-01-31" that whole day, local time where
 * no Z follows, "-5m" the moment five minutes before `now`. A timestamp (`seconds`) may also be its number.
 */
export function timeSpan(type: 'time' | 'seconds', text: string, now: number): TimeSpan | 'none' {
  if (type === 'seconds' && /^\d{1,15}$/.test(text)) {
    return { from: Number(text) * second, to: (Number(text) + 1) * second };
  }
  const [, count, unit = ''] = /^-(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (count !== undefined) {
    const at = now - Number(count) * (unitsAgo[unit] ?? 0);
    return { from: at, to: at };
  }
  const [, date, time, zulu] =
    /^(\d{4}-\d\d-\d\d)?(?:(?<=\d)T)?(\d\d?:\d\d(?::\d\d(?:\.\d{1,3})?)?)?(Z)?$/.exec(text) ?? [];
  if (date === undefined && (time === undefined || zulu !== undefined)) return 'none';
  if (time === undefined && date !== text) return 'none';
  const from = moment(date, time, zulu !== undefined, now);
  return from === undefined ? 'none' : { from, to: from + precision(time) };
}

function moment(date: string | undefined, time = '0:0', isUtc: boolean, now: number): number | undefined {
  const today = new Date(now);
  const [year = 0, month = 0, dayOfMonth = 0] = date
    ? date.split('-').map(Number)
    : [today.getFullYear(), today.getMonth() + 1, today.getDate()];
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > 31) return undefined;
  if (hours > 23 || minutes > 59 || seconds >= 60) return undefined;
  const parts = [year, month - 1, dayOfMonth, hours, minutes, 0, Math.round(seconds * second)] as const;
  return isUtc ? Date.UTC(...parts) : new Date(...parts).getTime();
}

function precision(time: string | undefined): number {
  if (time === undefined) return day;
  if (time.includes('.')) return 1;
  return time.split(':').length === 3 ? second : minute;
}
