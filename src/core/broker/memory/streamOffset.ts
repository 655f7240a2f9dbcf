import type { FieldValue } from '../../base/fieldValue';
import type { StoredMessage } from './storedMessage';

export interface StreamRecord {
  readonly offset: number;
  /** When it was written, milliseconds since the epoch. */
  readonly at: number;
  readonly message: StoredMessage;
}

const units: Readonly<Record<string, number>> = {
  Y: 31_536_000_000,
  M: 2_592_000_000,
  D: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
};

/** `1h`, `30m`, `7D` (DOMAIN 2.3); `undefined` for other texts. */
export function ageInMs(text: string): number | undefined {
  const match = /^(\d+)([YMDhms])$/.exec(text);
  const unit = units[match?.[2] ?? ''];
  return match && unit !== undefined ? Number(match[1]) * unit : undefined;
}

/**
 * The offset where a consumer with that `x-stream-offset` begins; `undefined` where the broker refuses the value.
 * `end` is the offset of the next message to come.
 */
export function startOf(
  wanted: FieldValue | undefined,
  log: readonly StreamRecord[],
  end: number,
  now: number,
): number | undefined {
  const since = (time: number): number => log.find((record) => record.at >= time)?.offset ?? end;
  switch (wanted?.type) {
    case undefined:
      return end;
    case 'longstr': {
      if (wanted.value === 'first') return log[0]?.offset ?? end;
      if (wanted.value === 'last') return log.at(-1)?.offset ?? end;
      if (wanted.value === 'next') return end;
      const age = typeof wanted.value === 'string' ? ageInMs(wanted.value) : undefined;
      return age === undefined ? undefined : since(now - age);
    }
    case 'timestamp':
      return since(Number(wanted.value) * 1_000);
    case 'byte':
    case 'unsignedbyte':
    case 'short':
    case 'unsignedshort':
    case 'int':
    case 'unsignedint':
    case 'long':
      return Math.max(0, Number(wanted.value));
    default:
      return undefined;
  }
}
