/** Years beyond these are not what any clock says. */
const furthestSeconds = 253_402_300_799n;

/** ISO 8601 in UTC with as many digits of the second as were sent; `undefined` outside the years 1 to 9999. */
export function instantText(seconds: bigint, nanoseconds: number): string | undefined {
  if (seconds > furthestSeconds || seconds < -62_135_596_800n || nanoseconds > 999_999_999) return undefined;
  const whole = new Date(Number(seconds) * 1000).toISOString().replace(/\.000Z$/, '');
  const fraction = String(nanoseconds)
    .padStart(9, '0')
    .replace(/(?:000){1,2}$/, '');
  return nanoseconds === 0 ? `${whole}Z` : `${whole}.${fraction}Z`;
}
