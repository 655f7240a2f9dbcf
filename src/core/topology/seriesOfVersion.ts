import type { BrokerSeries } from './queueArguments';

/** The series that a RabbitMQ version such as `3.12.4` behaves like: import changed with 3.11, 4.0 and 4.3 (DOMAIN 5.1, 5.2). */
export function seriesOfVersion(version: string): BrokerSeries | undefined {
  const parts = /^\D{0,20}?(\d+)\.(\d+)/.exec(version);
  if (!parts) return undefined;
  const major = Number(parts[1]);
  const minor = Number(parts[2]);
  if (major < 3 || (major === 3 && minor < 11)) return '3.10';
  if (major === 3) return '3.13';
  return major === 4 && minor < 3 ? '4.0' : '4.3';
}
