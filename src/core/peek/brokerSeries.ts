/** A broker's series as one comparable number: 4.3.6 is 403, 3.10.8 is 310. `undefined` where it cannot be told. */
export function seriesOf(version: string | undefined): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})(?:\.|$|[^\d])/.exec(version ?? '');
  return match ? Number(match[1]) * 100 + Number(match[2]) : undefined;
}
